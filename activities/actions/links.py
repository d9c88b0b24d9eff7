"""What an activity is about: a deal, a company, a person, and what follows from the one named."""

from dataclasses import dataclass
from typing import TypedDict

from contacts.models import Company, Person
from pipeline.models import Deal


class Links(TypedDict):
    """The three foreign keys of an activity and of a follow-up."""

    deal: Deal | None
    company: Company | None
    person: Person | None


@dataclass(frozen=True)
class About:
    """What the user named; at least one of the three."""

    deal: Deal | None = None
    company: Company | None = None
    person: Person | None = None

    def links(self) -> Links:
        """All three: company and person of the deal filled in, and the only company a person works for."""
        deal, company, person = self.deal, self.company, self.person
        if deal is not None:
            company, person = company or deal.company, person or deal.person
        if company is None and deal is None and person is not None:
            company = _only_employer(person)
        return Links(deal=deal, company=company, person=person)


def _only_employer(person: Person) -> Company | None:
    running = list(person.employments.filter(until=None).select_related("company")[:2])
    return running[0].company if len(running) == 1 else None


def locked_deal(deal_id: int | None) -> Deal | None:
    """The deal as it stands now, locked before anything that hangs on it: its next step stays true."""
    if deal_id is None:
        return None
    return Deal.objects.select_for_update(of=("self",)).select_related("owner").get(pk=deal_id)
