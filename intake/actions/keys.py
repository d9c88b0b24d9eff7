"""Secrets with which other programs hand in leads: made, used, revoked."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.expressions import Case, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from intake.errors import KeyUsedTooOften
from intake.models import SourceKey
from leads.models import Campaign, Source

LONGEST_TOKEN = 100
MOST_PER_MINUTE = 600
MINUTE = timedelta(minutes=1)


@transaction.atomic
def make_key(
    name: str, source: Source, campaign: Campaign | None = None, *, actor: User
) -> tuple[SourceKey, str]:
    """A new secret for a source; it is answered this once, only its hash is kept."""
    token = secrets.token_urlsafe(32)
    key = SourceKey.objects.create(
        name=name, source=source, campaign=campaign, digest=_digest(token), made_by=actor
    )
    events.record("source_key.made", key, actor=actor)
    return key, token


@transaction.atomic
def revoke_key(key: SourceKey, *, actor: User) -> SourceKey:
    """Let it open nothing any more; twice is a no-op."""
    if SourceKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        events.record("source_key.revoked", key, actor=actor)
    key.refresh_from_db()
    return key


def use_key(token: str) -> SourceKey | None:
    """The key of a secret, None when it opens nothing (any more).

    KeyUsedTooOften above 600 uses in a minute, counted in the database for all processes together.
    """
    keys = SourceKey.objects.valid().filter(digest=_digest(token[:LONGEST_TOKEN]))
    key = keys.select_related("source", "campaign").first()
    if key is None:
        return None
    is_new_minute = Q(minute_at=None) | Q(minute_at__lt=Now() - MINUTE)
    counted = SourceKey.objects.filter(is_new_minute | Q(uses__lt=MOST_PER_MINUTE), pk=key.pk).update(
        last_used_at=Now(),
        uses=Case(When(is_new_minute, then=Value(1)), default=F("uses") + 1),
        minute_at=Case(When(is_new_minute, then=Now()), default=F("minute_at")),
    )
    if not counted:
        raise KeyUsedTooOften(_("Too many requests with this key. Please wait a minute."))
    return key


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
