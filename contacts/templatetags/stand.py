"""The stand of each field beside its value, and the panels that say it."""

from collections.abc import Mapping

from django.template import Library
from django.urls import reverse

from contacts.facts import Fact, company_facts, person_facts
from contacts.models import Address, Channel, Company, FieldStand, Person
from contacts.places import doubts
from contacts.proposals import Proposal
from contacts.stand import Subject, stands_of
from contacts.stand_words import stand_in_words

register = Library()
LOADED = "_loaded_stands"


@register.inclusion_tag("contacts/_stand.html")
def stand(row: Subject, field: str, label: str = "") -> dict[str, object]:
    """When the field was last confirmed, folded away behind its day, with a button that confirms it."""
    said = _stands(row).get(field)
    entered_at = getattr(row, "created_at", None)
    kind = row._meta.model_name
    return {
        "said": said,
        "day": said.confirmed_at if said else entered_at,
        "words": stand_in_words(said, entered_at),
        "label": label,
        "field": field,
        "id": f"stand-{kind}-{row.pk}-{field}".replace(":", "-"),
        "url": reverse("contacts:stand_confirm", args=[kind, row.pk]),
    }


@register.simple_tag
def facts_of(row: Company | Person) -> list[Fact]:
    """What the panel says of a company or person."""
    return company_facts(row) if isinstance(row, Company) else person_facts(row)


@register.simple_tag
def channels_of(row: Company | Person) -> list[Channel]:
    """The channels of a contact with their stands, in few queries."""
    return list(row.channels.prefetch_related("stands__by"))


@register.simple_tag
def addresses_of(row: Company | Person) -> list[Address]:
    """The addresses of a contact with their stands; `doubt` says what does not fit."""
    addresses = list(row.addresses.prefetch_related("stands__by"))
    said = doubts(addresses)
    for address in addresses:
        address.doubt = said.get(address.pk, "")  # type: ignore[attr-defined]
    return addresses


@register.inclusion_tag("contacts/_proposal_stand.html")
def proposal_stand(proposal: Proposal) -> dict[str, object]:
    """Since when the present value stands: the day as the panel of facts says it, and the words."""
    said = proposal.stand
    return {
        "day": said.confirmed_at if said else proposal.entered_at,
        "words": stand_in_words(said, proposal.entered_at),
    }


def _stands(row: Subject) -> Mapping[str, FieldStand]:
    if "stands" in getattr(row, "_prefetched_objects_cache", {}):
        return {said.field: said for said in row.stands.all()}
    # Asked once per page, however many fields it shows.
    if LOADED not in row.__dict__:
        row.__dict__[LOADED] = stands_of(row)
    loaded: Mapping[str, FieldStand] = row.__dict__[LOADED]
    return loaded
