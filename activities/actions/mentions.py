"""Colleagues named in an entry: noted once each, and seen."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.errors import MentionBlind
from activities.mentioning import mentioned_in
from activities.models import Activity, Mention
from core import events


def note_mentions(activity: Activity, *, actor: User) -> None:
    """Note whom the text names and who was not named yet; the caller's transaction.

    Who may not see the entry cannot be named: MentionBlind, and nothing is saved.
    """
    named = [user for user in mentioned_in(activity.text) if user != actor]
    if not named:
        return
    for user in named:
        if not Activity.objects.visible_to(user).filter(pk=activity.pk).exists():
            text = _("%(name)s may not see this deal and cannot be mentioned here.")
            raise MentionBlind(text % {"name": user})
    known = set(activity.mentions.values_list("user_id", flat=True))
    new = [Mention(activity=activity, user=user, by=actor) for user in named if user.pk not in known]
    for mention in Mention.objects.bulk_create(new, ignore_conflicts=True):
        events.record("colleague.mentioned", activity, actor=actor, user=mention.user_id)


@transaction.atomic
def see_mention(mention: Mention, *, actor: User) -> Mention:
    """Note that it was seen; twice is a no-op."""
    Mention.objects.filter(pk=mention.pk, seen_at=None).update(seen_at=timezone.now())
    return mention


@transaction.atomic
def unsee_mention(mention: Mention, *, actor: User) -> Mention:
    """Take "seen" back."""
    Mention.objects.filter(pk=mention.pk).update(seen_at=None)
    return mention
