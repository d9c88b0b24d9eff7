"""The list of numbers and addresses that must not be used, kept as keyed hashes.

Keys that were used once stay in SUPPRESSION_KEYS behind the new one: a hash cannot be made anew without the
number, so the old ones are asked by their old key.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contacts.models import Means, Suppression

PURPOSE = "funnel_crm.suppression"

Place = tuple[str, str]


def normal(means: str, value: str) -> str:
    """A number or address so that every way of writing it becomes the same."""
    text = unicodedata.normalize("NFKC", value).strip().casefold()
    if means == Means.PHONE:
        return re.sub(r"[^\d+]", "", text)
    return re.sub(r"\s+", "", text) if means == Means.EMAIL else re.sub(r"[\W_]+", " ", text).strip()


def is_suppressed(kind: str, value: str) -> bool:
    """Whether advertising must not use this number or address: means `phone`, `email` or `letter`.

    Numbers are given as E.164, as channels keep them; a mobile is a telephone.
    """
    means = Means.PHONE.value if kind == "mobile" else kind
    return (means, value) in suppressed([(means, value)])


def suppressed(places: Iterable[Place]) -> dict[Place, Suppression]:
    """Which of these (means, value) are on the list, in one query; those of everything before advertising."""
    wanted: dict[Place, Place] = {}
    for means, value in set(places):
        for digest in _digests(means, value).values():
            wanted[means, digest] = (means, value)
    if not wanted:
        return {}
    rows = Suppression.objects.filter(digest__in={digest for _means, digest in wanted}, lifted_at=None)
    found: dict[Place, Suppression] = {}
    for row in rows.order_by("is_total", "pk"):
        place = wanted.get((row.means, row.digest))
        if place is not None:
            found[place] = row
    return found


@transaction.atomic
def suppress(
    means: str, value: str, *, origin: str, is_total: bool = False, since: datetime | None = None
) -> Suppression:
    """Put a number or address on the list; there already, it stays and becomes no weaker."""
    key_name, digest = next(iter(_digests(means, value).items()))
    return keep_digest(
        means, digest, key_name=key_name, origin=origin, is_total=is_total, since=since or timezone.now()
    )


@transaction.atomic
def keep_digest(
    means: str, digest: str, *, key_name: str, origin: str, is_total: bool, since: datetime
) -> Suppression:
    """The row of this digest, made when it is missing."""
    row, is_new = Suppression.objects.select_for_update().get_or_create(
        means=means,
        digest=digest,
        lifted_at=None,
        defaults={"key_name": key_name, "origin": origin, "is_total": is_total, "since": since},
    )
    if not is_new and is_total and not row.is_total:
        row.is_total = True
        row.save(update_fields=["is_total"])
    return row


def lift(means: str, value: str) -> list[Suppression]:
    """Take a number or address off the list: its owner has consented since; answers what was lifted."""
    digests = _digests(means, value).values()
    rows = list(
        Suppression.objects.select_for_update().filter(Q(digest__in=digests), means=means, lifted_at=None)
    )
    for row in rows:
        row.lifted_at = timezone.now()
        row.save(update_fields=["lifted_at"])
    return rows


def _digests(means: str, value: str) -> dict[str, str]:
    """The digest under each key by the name of the key, the present key first."""
    message = f"{means}:{normal(means, value)}".encode()
    return {
        hashlib.sha256(key).hexdigest()[:12]: hmac.new(key, message, hashlib.sha256).hexdigest()
        for key in _keys()
    }


def _keys() -> list[bytes]:
    """Keys made for this purpose alone; without own ones they are derived from the secret keys."""
    own = [key.encode() for key in settings.SUPPRESSION_KEYS]
    sources = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        *own,
        *(salted_hmac(PURPOSE, "key", secret=source, algorithm="sha256").digest() for source in sources),
    ]
