"""Tags of companies and persons."""

from collections.abc import Sequence

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


def _tagging(contact: Company | Person, tag_id: int) -> Tagging:
    if isinstance(contact, Company):
        return Tagging(tag_id=tag_id, company=contact)
    return Tagging(tag_id=tag_id, person=contact)
