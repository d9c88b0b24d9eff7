"""What steers on the page of figures: Ist beside Soll, what is stuck, days, the funnel beside others."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from activities.models import FollowUp
from pipeline.models import Deal, StageSetting
from planning.models import Line, Measure, SalesTarget
from reporting import actions
from reporting.dashboard import Dashboard
from reporting.durations import stage_durations
from reporting.models import StageConversion
from reporting.periods import day_start, month_of, quarter_of, rolling_year
from reporting.scopes import visible_scopes
from reporting.selection import Selection
from reporting.stuck import StuckTable
from reporting.target_status import TargetTable
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, UserFactory, lost
from tests.reporting.world import tell, write

URL = reverse("reporting:dashboard")
REST = reverse("reporting:dashboard_part", args=["rest"])
# A Wednesday: the 18th of the 21 working days of its month.
NOW = datetime(2026, 11, 25, 9, tzinfo=timezone.get_default_timezone())
NOVEMBER = month_of(NOW.date())


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(NOW, tick=False):
        yield


def ago(month: int, day: int, year: int = 2026) -> float:
    return (timezone.now() - day_start(date(year, month, day))) / timedelta(days=1) - 0.4


def computed(*stories) -> list[Deal]:
    deals = write(*stories)
    actions.mark_all_stale()
    actions.refresh_stale()
    return deals


def target(amount: object, month: int = 11, measure: str = "won", **whose: object) -> SalesTarget:
    currency = "EUR" if measure == "revenue" else ""
    return SalesTarget.objects.create(
        amount=amount, measure=measure, month=date(2026, month, 1), currency=currency, **whose
    )


def table(user, period=NOVEMBER, **whose: object) -> TargetTable:
    return TargetTable(Selection(period, **whose), visible_scopes(user))


def won_in(month: int, owner, value: int = 1000):
    return tell(owner, (ago(month, 10), "won"), opened=ago(month, 2), stage=5, value=value)


def test_what_is_reached_stands_beside_the_target_and_what_is_expected_by_today(people):
    computed(won_in(11, people.owner, 40_000), won_in(11, people.colleague, 20_000))
    target(100_000, measure="revenue", team=people.owner.team)
    target(7, team=people.owner.team)

    revenue, won = table(people.manager, team=people.owner.team).statuses

    assert (revenue.line, revenue.reached, revenue.target) == (
        Line(Measure.REVENUE, currency="EUR"),
        60_000,
        100_000,
    )
    assert revenue.share == pytest.approx(0.6)
    assert revenue.expected == Decimal("85714.29")
    assert (won.reached, won.target, won.expected) == (2, 7, 6)
    assert (won.difference, won.is_reached) == (-4, False)
    assert won.expected_at == pytest.approx(18 / 21)


def test_only_months_with_a_target_are_compared(people):
    computed(won_in(10, people.owner), won_in(11, people.owner))
    target(2, month=11, rep=people.owner)

    (status,) = table(people.owner, quarter_of(NOW.date()), rep=people.owner).statuses

    assert (status.reached, status.target, status.months) == (1, 2, 1)


def test_what_is_reached_leads_to_its_deals_only_where_the_list_holds_no_more(client, people):
    computed(won_in(10, people.owner), won_in(11, people.owner), won_in(11, people.stranger))
    target(2, month=11, rep=people.owner)
    target(2, month=11, team=people.owner.team)
    log_in(client, people, "owner")

    (month,) = table(people.owner, rep=people.owner).statuses
    (quarter,) = table(people.owner, quarter_of(NOW.date()), rep=people.owner).statuses
    (everyone,) = table(people.admin).statuses

    assert client.get(month.url).context["behind"].counted == month.reached == 1
    assert (quarter.reached, quarter.url) == (1, "")
    assert (everyone.reached, everyone.url) == (1, "")


def test_a_past_month_is_expected_whole_and_a_coming_one_not_at_all(people):
    for month in (10, 11, 12):
        target(21, month=month, rep=people.owner)

    (status,) = table(people.owner, quarter_of(NOW.date()), rep=people.owner).statuses

    assert (status.target, status.expected) == (63, 21 + 18)


def test_all_teams_are_compared_by_the_teams_that_have_a_target(people):
    computed(won_in(11, people.owner), won_in(11, people.stranger))
    target(4, team=people.owner.team)

    (status,) = table(people.admin).statuses

    assert (status.reached, status.target) == (1, 4)


def test_more_than_the_target_makes_the_bar_longer_and_not_the_truth(people):
    computed(*(won_in(11, people.owner) for _ in range(3)))
    target(2, rep=people.owner)

    (status,) = table(people.owner, rep=people.owner).statuses

    assert (status.share, status.bar) == (1.5, 1.0)
    assert status.goal_at == pytest.approx(2 / 3)
    assert status.is_reached


def test_what_is_made_of_too_few_people_is_not_shown(people, settings):
    settings.PER_REP_FIGURES = "team"
    computed(won_in(11, people.owner))
    target(2, team=people.owner.team)

    (status,) = table(people.manager, team=people.owner.team).statuses

    assert (status.reached, status.share) == (None, None)


def test_a_tile_says_how_much_of_the_target_is_reached_in_german(client, people):
    computed(won_in(11, people.owner, 1_940_000))
    target(2_000_000, measure="revenue", team=people.owner.team)
    log_in(client, people, "manager")

    page = client.get(URL, {"period": "2026-11", "of": f"team-{people.owner.team_id}"}).content.decode()

    assert "97\u00a0% vom Ziel 2,0\u00a0Mio.\u00a0€" in page
    assert "Arbeitstag 18 von 21" in page


def test_a_month_has_no_rates_and_says_where_they_are(client, people):
    computed(won_in(11, people.owner))
    log_in(client, people, "manager")

    page = client.get(REST, {"period": "2026-11"}).content.decode()

    assert "period=2026-q4" in page
    assert "Zum Quartal" in page


def test_the_funnel_stands_beside_what_had_come_as_far_by_then(people):
    """Of three begun in October, two had reached Kontakt by the 25th of it; the win came in November."""
    computed(
        tell(people.owner, opened=ago(9, 1)),
        tell(people.owner, (ago(10, 5), 2), (ago(11, 20), "won"), opened=ago(10, 2)),
        tell(people.owner, (ago(10, 9), 2), (ago(10, 12), "price"), opened=ago(10, 3)),
        tell(people.owner, (ago(10, 28), 2), opened=ago(10, 4)),
        tell(people.owner, (ago(11, 12), 2), opened=ago(11, 3)),
    )
    page = Dashboard(
        Selection(NOVEMBER, team=people.owner.team), people.manager, visible_scopes(people.manager)
    )

    assert [(one.step.reached.deals, one.before.deals) for one in page.beside[:3]] == [(1, 3), (1, 2), (0, 0)]
    assert page.beside[-1].before.deals == 0


def test_without_an_earlier_history_there_is_nothing_beside_the_funnel(people):
    computed(tell(people.owner, opened=ago(11, 3)))
    page = Dashboard(Selection(NOVEMBER), people.admin, visible_scopes(people.admin))

    assert not page.has_period_beside


def test_a_rep_sees_the_own_funnel_beside_that_of_the_team(people):
    computed(
        tell(people.owner, (30, 2), opened=40),
        tell(people.owner, opened=40),
        *(tell(people.colleague, opened=40) for _ in range(2)),
    )
    selection = Selection(rolling_year(NOW.date()), rep=people.owner)
    page = Dashboard(selection, people.owner, visible_scopes(people.owner))

    assert [(one.share, one.team_share) for one in page.beside[:2]] == [(1.0, 1.0), (0.5, 0.25)]
    assert page.has_team_beside


def plan(deal: Deal, days: int) -> None:
    """Give it a next step so many days from now."""
    step_on = NOW.date() + timedelta(days=days)
    Deal.objects.filter(pk=deal.pk).update(next_step="Anruf", next_step_on=step_on)


def test_a_rep_is_told_what_is_to_be_done_today_and_nobody_else_is(people):
    for days, done_at in ((-1, None), (0, None), (1, None), (0, timezone.now())):
        FollowUp.objects.create(
            owner=people.owner,
            company=CompanyFactory(),
            due_on=NOW.date() + timedelta(days=days),
            done_at=done_at,
        )
    selection = Selection(NOVEMBER, rep=people.owner)

    own = Dashboard(selection, people.owner, visible_scopes(people.owner)).tiles[-1]
    managers = Dashboard(selection, people.manager, visible_scopes(people.manager)).tiles[-1]

    assert (own.value, own.url) == ("2", reverse("activities:today"))
    assert managers.url != reverse("activities:today")


def stuck(user, **whose: object) -> StuckTable:
    return StuckTable(Selection(NOVEMBER, **whose), user, visible_scopes(user))


@pytest.fixture
def stuck_deals(people):
    """One too long in Akquise and overdue, one without a step, one fine; one of another team."""
    limit = StageSetting.objects.get(stage=1).usual_days
    old = DealFactory(owner=people.owner, value=500, at=timezone.now() - timedelta(days=limit + 1))
    fine = DealFactory(owner=people.owner, value=30)
    DealFactory(owner=people.colleague, value=7)
    DealFactory(owner=people.stranger, value=1)
    plan(old, -1)
    plan(fine, 0)
    return people


def numbers(line) -> list[tuple[int, Decimal]]:
    return [(cell.deals, cell.value) for cell in (line.open, *line.cells)]


def test_what_is_stuck_is_counted_by_hand(stuck_deals):
    people = stuck_deals
    found = stuck(people.manager, team=people.owner.team)

    lines = {line.user: numbers(line) for line in found.lines}
    assert lines == {
        people.owner: [(2, 530), (1, 500), (0, 0), (1, 500)],
        people.colleague: [(1, 7), (0, 0), (1, 7), (0, 0)],
    }
    assert numbers(found.foot) == [(3, 537), (1, 500), (1, 7), (1, 500)]


@pytest.mark.parametrize("whose", ["team", "rep", "all"])
def test_each_figure_of_what_is_stuck_opens_a_list_as_long(client, stuck_deals, whose):
    people = stuck_deals
    chosen = {"team": {"team": people.owner.team}, "rep": {"rep": people.owner}, "all": {}}[whose]
    found = stuck(people.manager, **chosen)
    log_in(client, people, "manager")

    for line in (*found.lines, found.foot):
        for cell in (line.open, *line.cells):
            deals = client.get(cell.url).context["table"]
            assert deals.count == cell.deals, cell.url


def test_what_is_stuck_tells_of_persons_only_where_that_is_allowed(stuck_deals, settings):
    people = stuck_deals
    assert stuck(people.owner, team=people.owner.team).lines[0].user == people.owner
    assert len(stuck(people.owner, team=people.owner.team).lines) == 1

    settings.PER_REP_FIGURES = "team"

    found = stuck(people.manager, team=people.owner.team)
    assert (found.lines, found.foot) == ([], None)


def test_the_days_in_a_stage_are_those_of_the_stays_that_ended(people):
    """Akquise: 2, 4 and 10 days; one still runs, one ended before the period."""
    computed(
        tell(people.owner, (8, 2), opened=10),
        tell(people.owner, (6, "no_need"), opened=10),
        tell(people.colleague, (2, 3), opened=12),
        tell(people.owner, opened=20),
        tell(people.owner, (60, 2), opened=90),
    )
    selection = Selection(NOVEMBER, team=people.owner.team)

    (akquise,) = stage_durations(selection, visible_scopes(people.manager))

    assert (akquise.stage, akquise.stays, akquise.is_few) == (1, 3, True)
    assert (akquise.low, akquise.median, akquise.high) == pytest.approx((3, 4, 7))
    assert akquise.bar["high"] == pytest.approx(7 / max(7, akquise.usual_days))


def test_the_last_quarters_of_a_rate_are_coloured_only_where_they_can_be_told_apart(people):
    second = [tell(people.owner, (ago(5, 20), 2), opened=ago(5, 2)) for _ in range(20)]
    third = [tell(people.owner, (ago(8, 20), "no_need"), opened=ago(8, 2)) for _ in range(20)]
    computed(*second, *third)
    selection = Selection(rolling_year(NOW.date()), team=people.owner.team)
    page = Dashboard(selection, people.manager, visible_scopes(people.manager))

    (line,) = page.table.lines
    trend = line.cells[0].trend

    assert trend.direction == "down"
    quarters = line.cells[0].quarters
    assert [(one.label, one.figure.rate) for one in quarters] == [("Q2 2026", 1.0), ("Q3 2026", 0.0)]
    StageConversion.objects.update(low=0.2, high=0.8)
    page = Dashboard(selection, people.manager, visible_scopes(people.manager))
    assert page.table.lines[0].cells[0].trend.direction == ""


def test_a_quarter_that_is_not_decided_yet_is_never_coloured(people):
    before = [tell(people.owner, (ago(8, 20), 2), opened=ago(8, 2)) for _ in range(20)]
    running = [tell(people.owner, (ago(10, 20), "no_need"), opened=ago(10, 2)) for _ in range(20)]
    young = [tell(people.owner, opened=ago(10, 1))]
    computed(*before, *running, *young)
    scopes = visible_scopes(people.manager)

    def trend():
        page = Dashboard(Selection(quarter_of(NOW.date()), team=people.owner.team), people.manager, scopes)
        return page.table.lines[0].cells[0].trend

    assert trend().direction == "down"
    StageConversion.objects.filter(starts_on=date(2026, 10, 1)).update(undecided_share=0.11)
    assert trend().direction == ""
    assert [is_vague for _x, _y, is_vague in trend().points] == [False, True]


def test_the_page_asks_as_often_for_many_reps_as_for_few(client, people, count_queries):
    log_in(client, people, "manager")
    query = {"of": f"team-{people.owner.team_id}", "period": "12m"}

    def queries() -> int:
        with count_queries() as counted:
            assert client.get(URL, query).status_code == 200
            assert client.get(REST, query).status_code == 200
        return len(counted)

    computed(won_in(10, people.owner), won_in(11, people.colleague))
    target(2, team=people.owner.team)
    few = queries()
    reps = [UserFactory(team=people.owner.team) for _ in range(10)]
    computed(*(won_in(11, rep) for rep in reps), *(tell(rep, opened=20) for rep in reps))
    for month in range(1, 11):
        target(2, month=month, team=people.owner.team)

    assert queries() == few


def test_the_wall_shows_no_persons_and_fetches_itself(client, people):
    computed(won_in(11, people.owner), tell(people.owner, (0.5, "won"), opened=40, stage=5, value=3000))
    target(4, team=people.owner.team)
    target(99, rep=people.owner)
    log_in(client, people, "owner")

    page = client.get(reverse("reporting:wall")).content.decode()

    assert people.owner.team.name in page
    assert str(people.owner) not in page
    assert page.count('class="wall-target"') == 1
    assert "50\u00a0%" in page
    address = urlsplit(page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&"))
    assert address.path == reverse("reporting:wall_figures")
    assert parse_qs(address.query)["of"] == [f"team-{people.owner.team_id}"]
    fragment = client.get(f"{address.path}?{address.query}", headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith("<div") or 'id="wall"' in fragment
    assert client.get(reverse("reporting:wall"), {"of": f"rep-{people.owner.pk}"}).status_code == 404


@pytest.mark.parametrize("setting", ["team", "off"])
def test_the_wall_of_a_small_team_says_that_it_is_too_small(client, people, settings, setting):
    settings.PER_REP_FIGURES = setting
    computed(won_in(11, people.owner))
    target(4, team=people.owner.team)
    log_in(client, people, "manager")

    page = client.get(reverse("reporting:wall")).content.decode()

    assert "zu wenige Personen" in page
    assert "25\u00a0%" not in page


def test_an_overdue_step_is_one_of_before_today_on_an_open_deal(people):
    late, today, closed = (DealFactory(owner=people.owner) for _ in range(3))
    plan(late, -1)
    plan(closed, -1)
    plan(today, 0)
    lost(closed)

    assert set(Deal.objects.overdue()) == {late}
