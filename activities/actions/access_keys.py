"""Secrets that open the calendar feed or the look-up of callers: made, used, revoked."""

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
from activities.errors import TooManyKeys, UsedTooOften
from activities.models import AccessKey
from core import events

LONGEST_TOKEN = 100
MOST_KEYS = 5
MOST_PER_MINUTE = 60
MINUTE = timedelta(minutes=1)


@transaction.atomic
def make_key(purpose: AccessKey.Purpose, *, actor: User) -> tuple[AccessKey, str]:
    """A new secret for the actor; it is answered this once, only its hash is kept."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if AccessKey.objects.valid().filter(user=actor, purpose=purpose).count() >= MOST_KEYS:
        raise TooManyKeys(_("You have enough keys of this kind. Please revoke one first."))
    token = secrets.token_urlsafe(32)
    key = AccessKey.objects.create(user=actor, purpose=purpose, digest=_digest(token))
    events.record("access_key.made", key, actor=actor, purpose=str(purpose))
    return key, token


@transaction.atomic
def revoke_key(key: AccessKey, *, actor: User) -> AccessKey:
    """Let it open nothing any more; twice is a no-op."""
    if AccessKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        events.record("access_key.revoked", key, actor=actor)
    key.refresh_from_db()
    return key


def use_key(token: str, purpose: AccessKey.Purpose) -> User | None:
    """Whom the secret belongs to, None when it opens nothing (any more).

    UsedTooOften above 60 uses in a minute, counted in the database for all processes together.
    """
    keys = AccessKey.objects.valid().filter(purpose=purpose, digest=_digest(token[:LONGEST_TOKEN]))
    key = keys.select_related("user").first()
    if key is None:
        return None
    is_new_minute = Q(minute_at=None) | Q(minute_at__lt=Now() - MINUTE)
    may = is_new_minute | Q(uses__lt=MOST_PER_MINUTE)
    counted = AccessKey.objects.filter(may, pk=key.pk).update(
        last_used_at=Now(),
        uses=Case(When(is_new_minute, then=Value(1)), default=F("uses") + 1),
        minute_at=Case(When(is_new_minute, then=Now()), default=F("minute_at")),
    )
    if not counted:
        raise UsedTooOften(_("Too many requests with this key. Please wait a minute."))
    return key.user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
