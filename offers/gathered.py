"""What was gathered on the way to an offer: criteria with their evidence, what matters to whom, questions."""

from dataclasses import dataclass

from contacts.models import Person, PersonInterest, PersonValue
from offers.models import OfferQuestion
from pipeline.models import CriterionMet, Deal, DealPerson

MOST = 20


@dataclass(frozen=True)
class Someone:
    """A person of the buying centre: their part in it, what matters to them, what interests them."""

    person: Person
    role: str
    values: list[PersonValue]
    interests: list[PersonInterest]


@dataclass(frozen=True)
class Gathered:
    """Everything at hand while one writes."""

    criteria: list[CriterionMet]
    people: list[Someone]
    questions: list[OfferQuestion]


def read_gathered(deal: Deal) -> Gathered:
    """Of one deal, with the questions about any of its offers."""
    met = deal.criteria_met.select_related("criterion").order_by("criterion__stage", "criterion__position")
    questions = OfferQuestion.objects.filter(offer__deal=deal).order_by("-asked_at")
    return Gathered(list(met[:MOST]), _people(deal), list(questions[:MOST]))


def _people(deal: Deal) -> list[Someone]:
    named = deal.people.filter(person__restricted_at=None).select_related("person")
    roles = {one.person_id: one for one in named.order_by("pk")[:MOST]}
    keys = [*roles, *([deal.person_id] if deal.person_id and deal.person_id not in roles else [])]
    persons = Person.objects.filter(pk__in=keys, restricted_at=None)
    known = {one.pk: one for one in persons.prefetch_related("values", "interests")}
    return [_someone(known[key], roles.get(key)) for key in keys if key in known]


def _someone(person: Person, named: DealPerson | None) -> Someone:
    role = named.get_role_display() if named else ""
    return Someone(person, role, list(person.values.all()), list(person.interests.all()))
