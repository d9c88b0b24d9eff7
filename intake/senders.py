"""How often an address may send: counted in the database, for all processes and without the broker.

The address itself is not kept, only a keyed hash of it, and the counts for a day.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from intake.errors import SentTooOften
from intake.models import SenderCount

WINDOW = timedelta(minutes=10)
KEPT = timedelta(days=1)
_COUNT = """
    INSERT INTO intake_sendercount (digest, since, count) VALUES (%s, %s, 1)
    ON CONFLICT (digest, since) DO UPDATE SET count = intake_sendercount.count + 1
    RETURNING count
"""


def digest_of(address: str | None) -> str:
    """What is kept of a network address."""
    return salted_hmac("intake.sender", address or "", algorithm="sha256").hexdigest()


def count_sender(digest: str, *, most: int | None = None) -> None:
    """Count one more; SentTooOften above INTAKE_MOST_PER_ADDRESS in ten minutes."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [digest, _window(timezone.now())])
        (count,) = cursor.fetchone()
    if count > (most or settings.INTAKE_MOST_PER_ADDRESS):
        raise SentTooOften(
            _("Too much was sent from your network just now. Please try again in ten minutes.")
        )


def forget_senders() -> int:
    """Remove the counts of the days before; answer how many."""
    return SenderCount.objects.filter(since__lt=timezone.now() - KEPT).delete()[0]


def _window(moment: datetime) -> datetime:
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, tz=moment.tzinfo)
