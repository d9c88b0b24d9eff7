"""Keeping the guide to negotiating."""

from dataclasses import dataclass, fields

from django.db import transaction

from accounts.models import User
from catalog.models import ProductGroup
from core import events
from offers.models import GuideEntry


@dataclass(frozen=True)
class GuideFacts:
    """What an entry advises, and when."""

    kind: str
    text: str
    answer: str = ""
    motive: str = ""
    stage: int | None = None
    group: ProductGroup | None = None


@transaction.atomic
def write_guide_entry(facts: GuideFacts, *, actor: User, entry: GuideEntry | None = None) -> GuideEntry:
    """Add an entry, or change one."""
    entry = entry or GuideEntry()
    for field in fields(facts):
        setattr(entry, field.name, getattr(facts, field.name))
    entry.save()
    events.record("guide.written", entry, actor=actor)
    return entry


@transaction.atomic
def archive_guide_entry(entry: GuideEntry, *, actor: User) -> GuideEntry:
    """Let it be shown no more; twice is a no-op."""
    if GuideEntry.objects.filter(pk=entry.pk, is_archived=False).update(is_archived=True):
        events.record("guide.archived", entry, actor=actor)
    entry.refresh_from_db()
    return entry
