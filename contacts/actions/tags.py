"""Tags of companies and persons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from accounts.models import User
from contacts.models import Company, Person, Tag, Tagging
from contacts.stand import Told, record_told
from core.keys import folded

MOST_TAGS = 30


def keep_tags(
    contact: Company | Person, names: Sequence[str] | None, told: Told, *, actor: User | None
) -> None:
    """Let a contact carry exactly these tags; unknown words become tags, None leaves all as they are."""
    if names is None:
        return
    wanted = {tag.pk for tag in tags_named(names)}
    present = dict(contact.taggings.values_list("tag_id", "pk"))
    gone = [pk for tag_id, pk in present.items() if tag_id not in wanted]
    added = sorted(wanted - set(present))
    if not gone and not added:
        return
    contact.taggings.filter(pk__in=gone).delete()
    Tagging.objects.bulk_create([_tagging(contact, tag_id) for tag_id in added], ignore_conflicts=True)
    record_told(contact, ["tags"], told, by=actor)


def tags_named(names: Sequence[str]) -> list[Tag]:
    """The tags of these names, made where there are none yet; case and accents are folded."""
    spoken = list(dict.fromkeys(" ".join(name.split()) for name in names))[:MOST_TAGS]
    words = sorted(word for word in spoken if word)
    if not words:
        return []
    # In order of the alphabet, so that two who invent the same words at once wait and never deadlock.
    Tag.objects.bulk_create([Tag(name=word) for word in words], ignore_conflicts=True)
    same = Q()
    for word in words:
        same |= Q(sort_key=folded(word))
    return list(Tag.objects.filter(same))


@dataclass(frozen=True)
class ManyTags:
    """The tags of many names, by name, and those of them that were made."""

    found: dict[str, Tag]
    new: list[Tag]


def tags_of_many(names: Collection[str]) -> ManyTags:
    """The tags of these names, however many; unknown words become tags, case and accents are folded."""
    if not names:
        return ManyTags({}, [])
    words = sorted(names)
    known = _by_name(words)
    missing = [word for word in words if word not in known]
    Tag.objects.bulk_create([Tag(name=word) for word in missing], ignore_conflicts=True)
    found = _by_name(words) if missing else known
    return ManyTags(found, list({found[word].pk: found[word] for word in missing}.values()))


def _by_name(names: Sequence[str]) -> dict[str, Tag]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.name, tag.id FROM unnest(%s::text[]) AS asked (name)"
            " JOIN contacts_tag tag ON tag.sort_key = public.sort_key(asked.name)",
            [list(names)],
        )
        pairs = cursor.fetchall()
    tags = Tag.objects.in_bulk([pk for _name, pk in pairs])
    return {name: tags[pk] for name, pk in pairs}


def _tagging(contact: Company | Person, tag_id: int) -> Tagging:
    if isinstance(contact, Company):
        return Tagging(tag_id=tag_id, company=contact)
    return Tagging(tag_id=tag_id, person=contact)
