"""The customer's links: made, opened, revoked; only the hash of the secret is kept."""

import base64
import hashlib
import secrets
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Model, Q, Value
from django.db.models.expressions import Case, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from offers.actions.documents import keep_document
from offers.errors import LinkUsedTooOften, NotWithCustomer
from offers.models import OfferLink, OfferVersion

LONGEST_TOKEN = 100
MOST_PER_MINUTE = 60
MINUTE = timedelta(minutes=1)
# Beyond its last day an offer can still be read, and a new one be asked for.
READABLE_AFTER = timedelta(days=90)


@transaction.atomic
def make_link(version: OfferVersion, *, actor: User, mail: str = "") -> tuple[OfferLink, str]:
    """A new secret that opens a sent version; it is answered this once. Raises NotWithCustomer.

    `mail` names the mail it stands in: made again for the same mail it is the same, unless it was revoked.
    """
    if version.sent_at is None or version.valid_until is None:
        raise NotWithCustomer
    keep_document(version)
    token = secret_of_mail(mail) if mail else secrets.token_urlsafe(32)
    if mail and (known := OfferLink.objects.filter(digest=digest_of(token)).first()) is not None:
        if known.revoked_at is None:
            return known, token
        token = secrets.token_urlsafe(32)
    last = max(version.valid_until, timezone.localdate()) + READABLE_AFTER
    link = OfferLink.objects.create(
        version=version,
        digest=digest_of(token),
        made_by=actor,
        expires_at=timezone.make_aware(datetime.combine(last, time.min)),
    )
    events.record("offer.link_made", link, actor=actor, version=version.pk)
    return link, token


@transaction.atomic
def revoke_links(version: OfferVersion, *, actor: User | None) -> int:
    """Let every link of a version open nothing any more; answer how many did."""
    revoked = OfferLink.objects.filter(version=version, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        events.record("offer.links_revoked", version, actor=actor, count=revoked)
    return revoked


def find_link(token: str) -> OfferLink | None:
    """What a secret opens; None for one that is wrong, revoked or too old.

    LinkUsedTooOften above 60 uses in a minute, counted in the database for all processes together.
    """
    links = OfferLink.objects.valid().filter(digest=digest_of(token[:LONGEST_TOKEN]))
    link = links.select_related("version__offer__deal__owner__team").first()
    if link is None:
        return None
    count_use(OfferLink, link.pk)
    return link


def count_use(links: type[Model], pk: int) -> None:
    """Count one use of a link of this table; LinkUsedTooOften above 60 in a minute."""
    is_new_minute = Q(minute_at=None) | Q(minute_at__lt=Now() - MINUTE)
    rows = links._default_manager.filter(is_new_minute | Q(uses__lt=MOST_PER_MINUTE), pk=pk)
    counted = rows.update(
        uses=Case(When(is_new_minute, then=Value(1)), default=F("uses") + 1),
        minute_at=Case(When(is_new_minute, then=Now()), default=F("minute_at")),
    )
    if not counted:
        raise LinkUsedTooOften(_("Too many requests. Please wait a minute."))


@transaction.atomic
def note_opened(link: OfferLink) -> bool:
    """Note the first time the customer looked at the page; answer whether it was the first."""
    is_first = bool(OfferLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now()))
    if is_first:
        events.record("offer.opened", link.version, actor=None, offer=link.version.offer_id)
    return is_first


def secret_of_mail(mail: str) -> str:
    """The secret in a mail of this name: 256 bits that nobody derives who does not know our SECRET_KEY."""
    made = salted_hmac("offers.links", mail, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
