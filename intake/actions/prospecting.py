"""Starting to prospect: companies nobody asked become leads with the direction outbound."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.models import Address, Channel, Company
from leads.actions import LeadFacts, TouchFacts, receive_lead
from leads.models import Campaign, Direction, Lead, LeadOrigin, Source, TouchChannel

PHONES = (Channel.Kind.PHONE, Channel.Kind.MOBILE)


@transaction.atomic
def start_prospecting(
    companies: Sequence[Company],
    *,
    source: Source | None,
    campaign: Campaign | None,
    owner: User | None,
    actor: User,
) -> list[Lead]:
    """Make an outbound lead of each company that has no open one; without an owner the rules give them.

    The companies are locked: of two colleagues who begin at once one gets them.
    """
    keys = [company.pk for company in companies]
    rows = Company.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    locked = list(rows)
    present = Lead.objects.current().open().filter(company__in=keys)
    busy = set(present.values_list("company", flat=True))
    return [
        receive_lead(
            _facts(company),
            touch=TouchFacts(
                channel=TouchChannel.OTHER,
                direction=Direction.OUTBOUND,
                source=source,
                campaign=campaign,
                content=_("Prospecting begun"),
            ),
            actor=actor,
            origin=LeadOrigin.TYPED,
            owner=owner,
            why=_("Prospecting begun by %(name)s.") % {"name": actor} if owner else "",
            company=company,
        )
        for company in locked
        if company.pk not in busy
    ]


def _facts(company: Company) -> LeadFacts:
    """What we know of the company already."""
    channels = list(company.channels.order_by("pk"))
    address = company.addresses.order_by("pk").first() or Address(country="DE")
    return LeadFacts(
        company_name=company.name,
        industry=company.industry,
        phone=_first(channels, *PHONES)[:60],
        email=_first(channels, Channel.Kind.EMAIL),
        website=_first(channels, Channel.Kind.WEB),
        street=address.street,
        postal_code=address.postal_code,
        city=address.city,
        country=address.country,
    )


def _first(channels: Sequence[Channel], *kinds: Channel.Kind) -> str:
    return next((channel.value for channel in channels if channel.kind in kinds), "")
