"""Who a lead may be: persons, companies and other leads that are like it, and why (contacts.duplicates)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Upper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.duplicate_reasons import STRONG
from contacts.duplicates import Twin, draft_of, twins_of
from contacts.matching import Place
from contacts.models import Channel, Company, Person
from contacts.phones import parsed
from leads.actions.receiving import LeadFacts
from leads.models import Lead

# From here on two rows are taken for the same one (as in the work list of duplicates).
CERTAIN = 50
MOST_LEADS = 5
SAME_WAY = {"same_email", "same_phone"}

Said = LeadFacts | Lead


@dataclass(frozen=True)
class LikeLead:
    """Another lead that may be the same, and why."""

    row: Lead
    reasons: list[str | Promise]


@dataclass(frozen=True)
class Known:
    """Everybody a lead may be."""

    persons: list[Twin]
    companies: list[Twin]
    leads: list[LikeLead]
    # What speaks for the company it is linked with, be it by the house itself.
    why_linked: list[str | Promise]

    def __bool__(self) -> bool:
        return bool(self.persons or self.companies or self.leads)


def known_as(lead: Lead) -> Known:
    """Everybody a lead may be, without whom it is linked with already."""
    persons = [twin for twin in persons_like(lead) if twin.row.pk != lead.person_id]
    alike = companies_like(lead)
    companies = [twin for twin in alike if twin.row.pk != lead.company_id]
    linked = [reason for twin in alike if twin.row.pk == lead.company_id for reason in twin.reasons]
    return Known(persons, companies, leads_like(lead), linked)


def persons_like(said: Said) -> list[Twin]:
    """The persons it may be, the likeliest first; without a name those of the same address or number."""
    ways = channels_of(said)
    if said.last_name:
        given, family = said.first_name, said.last_name
        return _current(twins_of(draft_of(Person, ways, given=given, family=family, places=_places(said))))
    return []


def companies_like(said: Said) -> list[Twin]:
    """The companies it may be."""
    if not said.company_name:
        return []
    draft = draft_of(Company, channels_of(said), name=said.company_name, places=_places(said))
    return _current(twins_of(draft))


def certain_person(said: Said) -> tuple[Person, list[str]] | None:
    """The one person it certainly is: reached the same way, and of a name that fits; with the reasons."""
    if said.last_name:
        for twin in persons_like(said):
            if twin.match.score >= CERTAIN and SAME_WAY & {*twin.match.reasons}:
                return twin.row, list(twin.match.reasons)  # type: ignore[return-value]
        return None
    emails = [value for kind, value in channels_of(said) if kind == Channel.Kind.EMAIL]
    free = Person.objects.current().filter(restricted_at=None, erased_at=None)
    found = list(free.filter(channels__kind=Channel.Kind.EMAIL, channels__value__in=emails).distinct()[:2])
    return (found[0], ["same_email"]) if len(found) == 1 else None


def certain_company(said: Said) -> Company | None:
    """The one company it certainly is: much alike, with something that tells it from others."""
    alike = [
        twin
        for twin in companies_like(said)
        if twin.match.score >= CERTAIN and STRONG & {*twin.match.reasons}
    ]
    return alike[0].row if len(alike) == 1 else None  # type: ignore[return-value]


def open_lead_of(said: LeadFacts) -> Lead | None:
    """The open lead that asked from the same e-mail address before, the latest first."""
    if not said.email:
        return None
    leads = Lead.objects.current().open().alias(address=Upper("email")).filter(address=said.email.upper())
    return leads.order_by("-received_at", "-pk").first()


def leads_like(lead: Lead) -> list[LikeLead]:
    """Other leads of the same address, number, or name and company, the latest first."""
    name = Func(Value(lead.full_name), function="public.match_key", output_field=TextField())
    same = Q(pk__in=[])
    if lead.email:
        same |= Q(address=lead.email.upper())
    if lead.phone:
        same |= Q(phone=lead.phone)
    if lead.last_name:
        same |= Q(match_key=F("name"), company_name__iexact=lead.company_name)
    others = Lead.objects.current().alias(address=Upper("email"), name=name).filter(same)
    others = others.exclude(pk=lead.pk).order_by("-received_at", "-pk")[:MOST_LEADS]
    return [LikeLead(other, _why(lead, other)) for other in others]


def channels_of(said: Said) -> list[tuple[str, str]]:
    """The ways to reach it, as channels keep them; a number that is none is left out."""
    found: list[tuple[str, str]] = []
    if said.email:
        found.append((Channel.Kind.EMAIL, said.email.strip().lower()))
    if said.website:
        found.append((Channel.Kind.WEB, said.website.strip()))
    with suppress(ValidationError):
        found.append((Channel.Kind.PHONE, parsed(said.phone)))
    return found


def _current(twins: Iterable[Twin]) -> list[Twin]:
    return [twin for twin in twins if twin.row.archived_at is None]


def _places(said: Said) -> tuple[Place, ...]:
    if not (said.city or said.postal_code):
        return ()
    return (Place.of(said.street, said.postal_code, said.city),)


def _why(lead: Lead, other: Lead) -> list[str | Promise]:
    reasons: list[str | Promise] = []
    if lead.email and lead.email.upper() == other.email.upper():
        reasons.append(_("same e-mail address"))
    if lead.phone and lead.phone == other.phone:
        reasons.append(_("same telephone number"))
    return reasons or [_("same name")]
