"""Keeping the guide to negotiating."""

from dataclasses import dataclass, fields

from django.db import transaction

from accounts.models import User
from catalog.models import ProductGroup
from core import events
from offers.errors import GuideEditedMeanwhile
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
def add_guide_entry(facts: GuideFacts, *, actor: User) -> GuideEntry:
    """Add an entry."""
    return _write(GuideEntry(), facts, actor)


@transaction.atomic
def edit_guide_entry(entry: GuideEntry, facts: GuideFacts, *, seen_version: int, actor: User) -> GuideEntry:
    """Change an entry; GuideEditedMeanwhile when `seen_version` is not the present one."""
    entry = GuideEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.version != seen_version:
        raise GuideEditedMeanwhile
    entry.version += 1
    return _write(entry, facts, actor)


@transaction.atomic
def archive_guide_entry(entry: GuideEntry, *, actor: User) -> GuideEntry:
    """Let it be shown no more; twice is a no-op."""
    if GuideEntry.objects.filter(pk=entry.pk, is_archived=False).update(is_archived=True):
        events.record("guide.archived", entry, actor=actor)
    entry.refresh_from_db()
    return entry


def _write(entry: GuideEntry, facts: GuideFacts, actor: User) -> GuideEntry:
    for field in fields(facts):
        setattr(entry, field.name, getattr(facts, field.name))
    entry.save()
    events.record("guide.written", entry, actor=actor)
    return entry
