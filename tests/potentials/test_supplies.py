"""Sources of supply: noted once each, together at most all of it, and part of the analysis of purchases."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from potentials.errors import SharesAboveWhole, SupplyChangedMeanwhile, SupplyNoted
from potentials.models import Supply
from potentials.supplying import SupplyFacts, archive_supply, edit_supply, note_supply, unarchive_supply
from reporting.purchases.sources import divided, read_sources
from tests.conftest import log_in
from tests.factories import CompanyFactory, PotentialFactory, ProductGroupFactory, UserFactory

pytestmark = pytest.mark.django_db

HALF = Decimal("0.5")


def facts(source="competitor", share=HALF, **more) -> SupplyFacts:
    return SupplyFacts(source, timezone.localdate(), share=share, **more)


def test_each_source_is_noted_once_and_together_they_are_at_most_all():
    company, group, user = CompanyFactory(), ProductGroupFactory(), UserFactory()
    first = note_supply(company, group, facts(supplier="Nordlicht"), actor=user)

    with pytest.raises(SupplyNoted):
        note_supply(company, group, facts(supplier="NORDLICHT", share=None), actor=user)
    with pytest.raises(SharesAboveWhole):
        note_supply(company, group, facts("dealer", Decimal("0.51")), actor=user)
    note_supply(company, ProductGroupFactory(), facts("dealer", Decimal(1)), actor=user)
    archive_supply(first, actor=user)
    second = note_supply(company, group, facts("dealer", Decimal("0.51")), actor=user)

    with pytest.raises(SharesAboveWhole):
        unarchive_supply(first, actor=user)
    with pytest.raises(SupplyChangedMeanwhile):
        edit_supply(second, facts("dealer"), seen_version=7, actor=user)
    edit_supply(second, facts("dealer"), seen_version=1, actor=user)
    assert unarchive_supply(first, actor=user).archived_at is None


@pytest.mark.parametrize(
    ("ours", "dealers", "competitors", "expected"),
    [
        (0, 0, 0, (0, 0, 0, 100)),
        (30, "0.2", "0.4", (30, 20, 40, 10)),
        # What we sold is certain: what was noted of others shrinks.
        (80, "0.2", "0.2", (80, 10, 10, 0)),
        (150, "0.5", 0, (100, 0, 0, 0)),
    ],
)
def test_a_demand_is_divided_and_the_parts_are_the_whole(ours, dealers, competitors, expected):
    shares = divided(Decimal(100), Decimal(ours), Decimal(dealers), Decimal(competitors))

    assert (shares.us, shares.dealers, shares.competitors, shares.unknown) == expected


def test_sources_add_up_by_group_and_by_customer():
    user, group = UserFactory(), ProductGroupFactory(name="Pumpen")
    companies = [CompanyFactory(name=name) for name in ("Alt", "Neu")]
    for company, share in zip(companies, ("0.5", "0.25"), strict=True):
        PotentialFactory(company=company, group=group, demand=Decimal(1000), stated_share=Decimal("0.1"))
        note_supply(company, group, facts(share=Decimal(share)), actor=user)
    note_supply(companies[0], ProductGroupFactory(), facts("dealer"), actor=user)

    by_group = read_sources("group", "EUR", group=None, company=None)
    by_customer = read_sources("customer", "EUR", group=None, company=None)

    ((label, _key, shares),) = by_group.lines
    assert (label, shares.us, shares.competitors, shares.unknown) == ("Pumpen", 200, 750, 1050)
    assert by_customer.total == by_group.total == shares
    assert [line[2].competitors for line in by_customer.lines] == [500, 250]
    assert by_group.without_demand == 1


def test_a_rep_notes_it_on_the_page_of_the_company_and_finds_it_among_the_purchases(client, people):
    company, group = CompanyFactory(), ProductGroupFactory(name="Pumpen")
    PotentialFactory(company=company, group=group, demand=Decimal(2000))
    log_in(client, people, "owner")
    form = client.get(reverse("potentials:supply_add", args=[company.pk])).context["form"]
    said = {"group": group.pk, "source": "competitor", "supplier": "Nordlicht", "share": "40"}
    said |= {"noted_on": timezone.localdate().isoformat(), "form_key": form["form_key"].value()}

    for _twice in range(2):
        client.post(reverse("potentials:supply_add", args=[company.pk]), said)

    supply = Supply.objects.get()
    assert (supply.share, supply.noted_by) == (Decimal("0.4"), people.owner)
    panel = client.get(reverse("potentials:company_panel", args=[company.pk])).content.decode()
    assert "Nordlicht" in panel
    stale = client.post(reverse("potentials:supply_edit", args=[supply.pk]), {**said, "version": 9})
    assert stale.status_code == 409
