"""The demo company: loading it, replacing it, and what it must hold."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Cover, Role, User
from activities.invariants import repair_next_steps
from activities.models import Activity, FollowUp
from contacts.models import Company, CustomerStatus
from core.models import Event
from demo.management.commands.load_demo import empty_tables
from demo.world import create_world
from lists.models import SavedView, ViewPage
from lists.saved_views import Question
from offers.invariants import check_purchases
from pipeline.models import Criterion, CriterionMet, Deal, Outcome, Stage, StageChange
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def load(**options: object) -> None:
    call_command("load_demo", **{"deals": 150, "verbosity": 0, **options})


def finish_transaction() -> None:
    """Check what is checked at the end of a transaction, so that tables can be emptied in the same one."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_it_brings_people_of_every_role_who_can_log_in():
    load()

    for login in ("lena.sommer", "mara.richter", "admin"):
        user = User.objects.get(email=f"{login}@trichter.example")
        assert user.is_active
        assert user.check_password("trichter-demo")
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)


def test_it_holds_every_stage_and_outcome_and_both_kinds_of_customers():
    load(deals=700)

    assert set(Deal.objects.open().values_list("stage", flat=True)) == set(Stage.values)
    assert set(Deal.objects.values_list("outcome", flat=True)) == set(Outcome.values)
    assert Deal.objects.filter(company=None).exists()
    assert Deal.objects.exclude(company=None).exists()
    assert set(Activity.objects.values_list("kind", flat=True)) == set(Activity.Kind.values)
    assert Cover.objects.running().exists()


def test_its_saved_views_keep_what_their_pages_would_keep():
    load()

    for view in SavedView.objects.select_related("owner"):
        question = Question.of(ViewPage(view.page), QueryDict(view.query), view.owner)
        assert question.kept == view.query


def test_histories_end_in_the_present_and_never_in_the_future():
    load()

    finish_transaction()
    assert StageChange.objects.latest("at").at < timezone.now()
    assert not StageChange.objects.exclude(at=F("recorded_at")).exists()


def test_moments_of_a_history_are_in_order():
    load()

    moments: dict[int, list[object]] = {}
    for deal, at in StageChange.objects.order_by("deal", "seq").values_list("deal", "at"):
        moments.setdefault(deal, []).append(at)
    assert all(in_order == sorted(in_order) for in_order in moments.values())


def test_the_next_step_of_a_deal_is_its_open_follow_up():
    load()

    assert repair_next_steps() == []
    assert Deal.objects.exclude(next_step="").exists()
    assert FollowUp.objects.open().exclude(appointment=None).exists()


def test_whoever_bought_has_a_decision_maker_and_a_confirmed_order():
    load()

    won = set(Deal.objects.filter(outcome=Outcome.WON).values_list("pk", flat=True))
    for code in (Criterion.DECISION_MAKER_KNOWN, Criterion.ORDER_CONFIRMED):
        met = set(
            CriterionMet.objects.filter(criterion__code=code, deal__in=won).values_list("deal", flat=True)
        )
        assert len(met) > 0.7 * len(won)


def test_one_event_tells_the_figures_of_all_deals_and_entries_only_their_own():
    load()

    told = Event.objects.filter(deliveries__task__startswith="reporting.").distinct()
    kinds = list(told.values_list("kind", flat=True))
    assert kinds.count("deals.imported") == 1
    assert set(kinds) <= {"deals.imported", "appointment.held", "activity.edited"}


def test_the_same_seed_and_day_give_the_same_world():
    day = date(2026, 3, 11)
    facts = ("title", "stage", "outcome", "value", "owner__email", "opened_at", "next_step_on")

    create_world(day, deals=60, seed=9)
    first = list(Deal.objects.order_by("pk").values_list(*facts))
    finish_transaction()
    empty_tables()
    create_world(day, deals=60, seed=9)

    assert list(Deal.objects.order_by("pk").values_list(*facts)) == first


def test_a_database_with_people_in_it_is_left_alone():
    UserFactory(email="chefin@firma.example")

    with pytest.raises(CommandError):
        load()
    with pytest.raises(CommandError):
        load(reset=True)
    load(if_empty=True)

    assert User.objects.count() == 1


def test_reset_puts_a_fresh_demo_in_place_of_the_old_one():
    load()
    before = Deal.objects.order_by("pk").first().pk

    finish_transaction()
    load(reset=True)

    assert Deal.objects.count() == 150
    assert Deal.objects.order_by("pk").first().pk > before


def test_its_customers_are_of_every_status_and_their_purchases_add_up():
    load(deals=300)

    statuses = set(Company.objects.with_customer_status().values_list("customer_status", flat=True))
    assert statuses == set(CustomerStatus.values)
    assert check_purchases() == ([], [])
    assert not Deal.objects.filter(outcome=Outcome.WON, orders__isnull=False).exclude(
        orders__lines__product=F("product")
    )
