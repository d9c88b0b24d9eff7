"""The answers of the explorer: hand-counted, and the sum of their parts whatever is asked."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from explorer.asked import AXES, SHOWN
from explorer.cells import Sums
from explorer.page import ExplorerPage
from explorer.records import read_records
from explorer.subjects_of_work import SUBJECTS
from explorer.table import build_table
from offers.actions import LineFacts
from pipeline.models import Deal
from reporting.scopes import visible_scopes
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    DealFactory,
    LeadFactory,
    OfferFactory,
    OrderFactory,
    ProductFactory,
    SourceFactory,
    lost,
    sent,
    won,
    write,
)

pytestmark = pytest.mark.django_db


def ask(user, query: str) -> ExplorerPage:
    return ExplorerPage(QueryDict(query), user, visible_scopes(user))


@pytest.fixture
def business(people):
    """A bit of everything, of several persons, sources, days and two currencies."""
    chance = random.Random(7)
    sources, product = [SourceFactory(), SourceFactory(), None], ProductFactory()
    firms = [CompanyFactory(industry=name) for name in ("Bau", "", "Handel, Logistik")]
    for place in range(16):
        deal = DealFactory(
            owner=chance.choice([people.owner, people.colleague, people.stranger]),
            source=chance.choice(sources),
            company=chance.choice(firms),
            product=chance.choice([product, None]),
            value=Decimal(100 + place),
            currency="CHF" if place % 6 == 0 else "EUR",
            at=timezone.now() - timedelta(days=chance.randrange(5, 200)),
        )
        {0: won, 1: lost}.get(place % 4, lambda one: one)(deal)
        LeadFactory(owner=deal.owner, source=chance.choice(sources))
        ActivityFactory(author=deal.owner, deal=deal)
    for _each in range(3):
        lines = [
            LineFacts("A", Decimal(2), Decimal(10), product=product),
            LineFacts("B", Decimal(1), Decimal(5)),
        ]
        OrderFactory(company=chance.choice(firms), lines=lines)
        sent(write(OfferFactory().current))


def test_a_table_is_counted_by_hand(people):
    source = SourceFactory(name="Messe")
    won(DealFactory(source=source, value=100, owner=people.owner))
    lost(DealFactory(source=source, value=50, owner=people.owner))
    DealFactory(source=None, value=7, owner=people.colleague)

    page = ask(people.admin, "rows=source&columns=outcome&measure=value&period=all")

    assert [(row.label, [cell.text for cell in row.cells], row.whole.text) for row in page.lines] == [
        ("Messe", ["0\xa0€", "100\xa0€", "50\xa0€"], "150\xa0€"),
        ("unbekannt", ["7\xa0€", "0\xa0€", "0\xa0€"], "7\xa0€"),
    ]
    assert page.total.whole.text == "157\xa0€"


def every_question():
    """Each measure of each subject by three dimensions that chance chooses."""
    chance = random.Random(3)
    for name, subject in SUBJECTS.items():
        for measure in subject.measures:
            axes = zip(AXES, chance.sample(list(subject.dimensions), 3), strict=True)
            yield f"subject={name}&measure={measure}&period=all&" + "&".join(f"{a}={d}" for a, d in axes)


def test_sums_are_the_sums_of_their_parts(people, business):
    for query in every_question():
        page = ask(people.admin, query)
        table = build_table(page.cells, page.asked, {"rows": 3, "split": 2, "columns": 2})

        whole = sum((line.whole for line in table.main_lines), Sums())
        assert close(whole, table.total.whole), query
        for line in [*table.lines, table.total]:
            assert close(sum(line.sums, Sums()), line.whole), query
        for line in table.main_lines:
            parts = [one.whole for one in table.lines if one.is_part and one.within == line.key]
            assert close(sum(parts, Sums()), line.whole), query
        measure = page.measure
        direct = ask(people.admin, f"{query}&split=&columns=").cells.sums.values()
        assert close(sum(direct, Sums()), table.total.whole), (query, measure)


def close(one: Sums, other: Sums) -> bool:
    return float(one.top) == pytest.approx(float(other.top)) and one.bottom == other.bottom


def test_each_number_opens_as_many_rows_as_it_counts(people, business):
    chance = random.Random(5)
    for name, subject in SUBJECTS.items():
        for dimension in chance.sample(list(subject.dimensions), 4):
            page = ask(people.admin, f"subject={name}&measure=count&rows={dimension}&period=all")
            for row in page.lines:
                query = row.whole.url.partition("?")[2]
                behind = read_records(ask(people.admin, query), QueryDict(query))
                assert behind.count == row.line.whole.top, (name, dimension, row.label)
                assert len(behind.rows) == behind.count


def test_currencies_are_never_mixed(people, business):
    euro = ask(people.admin, "measure=value&period=all")
    franc = ask(people.admin, "measure=value&period=all&currency=CHF")

    assert euro.other_currencies == ["CHF"]
    assert franc.total.whole.text == "318\xa0CHF"
    both = euro.total.line.whole.top + franc.total.line.whole.top
    assert both == sum(Deal.objects.values_list("value", flat=True))


def test_one_is_shown_as_far_as_one_may_see(people, business, settings):
    settings.DEAL_VISIBILITY = "team"
    everyone, own = (ask(who, "rows=rep&period=all") for who in (people.admin, people.owner))

    assert own.total.line.whole.top < everyone.total.line.whole.top
    # Colleagues are one row, and lead to nobody.
    assert [row.label for row in own.lines] == [str(people.owner), "Kollegen"]
    assert (own.lines[1].url, own.lines[1].whole.url) == ("", "")
    assert {row.label for row in everyone.lines} >= {
        str(one) for one in (people.owner, people.colleague, people.stranger)
    }
    assert "rep" not in ask(people.owner, f"rep={people.colleague.pk}").asked.filters


def test_without_figures_of_persons_nobody_is_told_apart(people, business, settings):
    settings.PER_REP_FIGURES, settings.MINIMUM_GROUP_SIZE = "team", 20

    page = ask(people.manager, "rows=rep&period=all")

    assert page.asked.axes == {"rows": "month"}
    assert page.is_of_too_few
    assert page.lines == []


def test_every_picture_is_drawn(client, people, business):
    client.force_login(people.admin)

    for shown in SHOWN:
        for subject in SUBJECTS:
            answer = client.get(f"/explorer/?subject={subject}&show={shown}&columns=rep&period=all")
            assert answer.status_code == 200
