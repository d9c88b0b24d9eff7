"""What an activity is about: a deal, a lead, a company, a person, and what follows from the one named."""

from dataclasses import dataclass
from typing import TypedDict

from contacts.models import Company, Person
from leads.models import Lead
from pipeline.models import Deal


class Links(TypedDict):
    """The foreign keys of an activity and of a follow-up."""

    deal: Deal | None
    lead: Lead | None
    company: Company | None
    person: Person | None


@dataclass(frozen=True)
class About:
    """What the user named; at least one of the four."""

    deal: Deal | None = None
    company: Company | None = None
    person: Person | None = None
    lead: Lead | None = None

    def links(self) -> Links:
        """All of them: company and person of the deal or lead, and the only company a person works for."""
        deal, lead, company, person = self.deal, self.lead, self.company, self.person
        for known in (deal, lead):
            if known is not None:
                company, person = company or known.company, person or known.person
        if company is None and deal is None and person is not None:
            company = _only_employer(person)
        return Links(deal=deal, lead=lead, company=company, person=person)


def _only_employer(person: Person) -> Company | None:
    running = list(person.employments.filter(until=None).select_related("company")[:2])
    return running[0].company if len(running) == 1 else None


def locked_deal(deal_id: int | None) -> Deal | None:
    """The deal as it stands now, locked before anything that hangs on it: its next step stays true."""
    if deal_id is None:
        return None
    return Deal.objects.select_for_update(of=("self",)).select_related("owner").get(pk=deal_id)
