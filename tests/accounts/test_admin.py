"""The Django admin: for admins alone, complete, and never a way around the rules."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Cover, Role, Team, User
from activities.models import Activity, FollowUp
from core import deliveries, events
from core.models import Delivery, Event, Heartbeat
from pipeline.models import Criterion, Deal, DealChange, LossReason, StageChange, StageSetting
from tests.conftest import log_in
from tests.factories import (
    ChannelFactory,
    DealFactory,
    EmploymentFactory,
    ProductFactory,
    ProductGroupFactory,
    SourceFactory,
    lost,
)

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
READ_ONLY = [Deal, StageChange, DealChange, Activity, FollowUp, Event, Delivery, Heartbeat]
NOT_DELETED = [User, Team, StageSetting]


def page(model, verb: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}", args=args)


@pytest.fixture
def world(people):
    """A row of everything the admin shows."""
    deal = DealFactory(owner=people.owner)
    lost(DealFactory(owner=people.owner))
    ChannelFactory(company=EmploymentFactory().company)
    ProductFactory(group=ProductGroupFactory())
    SourceFactory()
    Heartbeat.objects.create(name="worker", at=timezone.now())
    today = timezone.localdate()
    Cover.objects.create(owner=people.owner, stand_in=people.colleague, starts_on=today, ends_on=today)
    Activity.objects.create(kind="note", author=people.owner, deal=deal, company=deal.company, text="Notiz")
    FollowUp.objects.create(owner=people.owner, deal=deal, company=deal.company, text="Anruf", due_on=today)
    return people


@pytest.fixture
def boss(client, world):
    """The admin, logged in."""
    log_in(client, world, "admin")
    return client


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_admins_see_the_list_of(boss, model):
    answer = boss.get(page(model, "changelist"))

    assert answer.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_admins_see_one_row_of(boss, model):
    row = model._default_manager.first()
    if row is None:
        pytest.skip("there are none without somebody knocking at the door")

    assert boss.get(page(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_admins_add_what_is_to_be_added(boss, model):
    try:
        url = page(model, "add")
    except NoReverseMatch:
        return
    may_add = admin.site._registry[model].has_add_permission(boss.get("/admin/").wsgi_request)

    assert boss.get(url).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("who", ["owner", "manager", "anonymous", "deactivated"])
def test_nobody_else_comes_in(client, world, who):
    log_in(client, world, who)
    answers = set()

    for model in MODELS:
        answers |= {client.get(page(model, verb)).status_code for verb in ("changelist", "add")}
        answers |= {client.get(page(model, verb, 1)).status_code for verb in ("change", "delete", "history")}

    assert answers == {302 if who in ("anonymous", "deactivated") else 403}


def test_outsiders_are_sent_to_the_log_in_of_the_product(client):
    answer = client.get(reverse("admin:index"), follow=True)

    assert answer.request["PATH_INFO"] == reverse("accounts:login")
    assert (
        "next=%2Fadmin%2F" in answer.request["QUERY_STRING"]
        or "next=/admin/" in answer.request["QUERY_STRING"]
    )


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model._meta.label)
def test_no_one_adds_changes_or_deletes(boss, model):
    row = model._default_manager.first()
    before = list(model._default_manager.order_by("pk").values())

    answers = [
        boss.post(page(model, "add"), {}),
        boss.post(page(model, "change", row.pk), {"title": "anders", "_save": "1"}),
        boss.post(page(model, "delete", row.pk), {"post": "yes"}),
        boss.post(
            page(model, "changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        ),
    ]

    assert [answer.status_code for answer in answers[:3]] == [403, 403, 403]
    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("model", NOT_DELETED, ids=lambda model: model._meta.label)
def test_what_history_names_is_not_deleted(boss, model):
    row = model._default_manager.first()

    assert boss.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model not in (Heartbeat,)], ids=lambda m: m._meta.label
)
def test_lists_take_as_many_queries_for_many_rows_as_for_few(boss, count_queries, world, model):
    url = page(model, "changelist")
    boss.get(url)

    with count_queries() as few:
        boss.get(url)
    for _ in range(4):
        EmploymentFactory()
        ProductFactory(group=ProductGroupFactory())
        deal = DealFactory()
        Activity.objects.create(kind="note", author=deal.owner, deal=deal, company=deal.company, text="x")
        FollowUp.objects.create(
            owner=deal.owner, deal=deal, company=deal.company, due_on=timezone.localdate()
        )
    with count_queries() as many:
        boss.get(url)

    assert len(many) <= len(few)


# Users


def user_data(user: User, **changes: object) -> dict[str, object]:
    fields = ("email", "first_name", "last_name", "role", "language", "theme")
    data = {name: getattr(user, name) for name in fields}
    return {**data, "team": user.team_id, "is_active": "on", **changes}


def test_a_new_colleague_gets_a_mail_to_choose_a_password(boss, world):
    boss.post(
        page(User, "add"),
        {
            "email": "Neu@Trichter.example",
            "first_name": "Nele",
            "last_name": "Neu",
            "role": "rep",
            "team": world.owner.team_id,
            "language": "de",
        },
    )

    user = User.objects.get(email="neu@trichter.example")
    assert not user.has_usable_password()
    assert Event.objects.filter(kind="user.password_link_requested", subject_id=user.pk).count() == 1


def test_a_new_role_goes_through_the_action_and_ends_the_sessions(boss, world):
    version = world.owner.session_version

    boss.post(page(User, "change", world.owner.pk), user_data(world.owner, role="manager"))

    world.owner.refresh_from_db()
    assert world.owner.role == Role.MANAGER
    assert world.owner.session_version > version
    assert Event.objects.filter(kind="user.changed", actor=world.admin, subject_id=world.owner.pk).exists()


def test_a_new_name_ends_no_session(boss, world):
    boss.post(page(User, "change", world.owner.pk), user_data(world.owner, first_name="Lena"))

    version = world.owner.session_version
    world.owner.refresh_from_db()
    assert (world.owner.first_name, world.owner.session_version) == ("Lena", version)


def test_the_last_admin_cannot_be_demoted_and_the_form_says_so(boss, world):
    answer = boss.post(page(User, "change", world.admin.pk), user_data(world.admin, role="rep"))

    world.admin.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["adminform"].errors
    assert world.admin.role == Role.ADMIN


@pytest.mark.parametrize(
    ("action", "is_active", "sessions_end"),
    [("deactivate", False, True), ("end_sessions", True, True), ("send_password_link", True, False)],
)
def test_actions_on_chosen_users(boss, world, action, is_active, sessions_end):
    version = world.owner.session_version

    boss.post(page(User, "changelist"), {"action": action, "_selected_action": [world.owner.pk]})

    world.owner.refresh_from_db()
    assert world.owner.is_active == is_active
    assert (world.owner.session_version > version) == sessions_end


def test_admins_do_not_shut_themselves_out_with_the_others(boss, world):
    boss.post(
        page(User, "changelist"),
        {"action": "deactivate", "_selected_action": [world.admin.pk, world.owner.pk]},
    )

    world.admin.refresh_from_db()
    world.owner.refresh_from_db()
    assert (world.admin.is_active, world.owner.is_active) == (True, False)


def test_a_users_page_shows_who_changed_what(boss, world):
    before = world.owner.first_name
    boss.post(page(User, "change", world.owner.pk), user_data(world.owner, first_name="Leonore"))

    trail = boss.get(page(User, "change", world.owner.pk)).content.decode().split("field-audit_trail")[1]
    assert f"{before} → Leonore" in trail
    assert str(world.admin) in trail


def test_a_user_row_leads_to_the_hand_over(boss, world):
    text = boss.get(page(User, "change", world.owner.pk)).content.decode()

    assert reverse("activities:hand_over", args=[world.owner.pk]) in text


def test_a_stand_in_for_oneself_is_refused_with_a_sentence(boss, world):
    today = timezone.localdate()

    answer = boss.post(
        page(Cover, "add"),
        {"owner": world.owner.pk, "stand_in": world.owner.pk, "starts_on": today, "ends_on": today},
    )

    assert answer.status_code == 200
    assert answer.context["adminform"].errors


# The process and the outbox


def test_criteria_and_reasons_of_the_system_stay(boss):
    criterion = Criterion.objects.get(code=Criterion.DECISION_MAKER_KNOWN)
    reason = LossReason.objects.get(code="other")

    boss.post(page(Criterion, "delete", criterion.pk), {"post": "yes"})
    boss.post(page(LossReason, "delete", reason.pk), {"post": "yes"})
    boss.post(
        page(Criterion, "change", criterion.pk),
        {
            "code": "anders",
            "stage": 5,
            "label_de": "Entscheider",
            "position": 1,
            "is_active": "on",
            "is_mandatory": "on",
        },
    )

    criterion.refresh_from_db()
    assert (criterion.code, criterion.stage, criterion.is_mandatory) == ("decision_maker_known", 1, True)
    assert LossReason.objects.filter(pk=reason.pk).exists()


def test_parked_deliveries_are_tried_again(boss, world):
    event = events.record("deal.opened", Deal.objects.first(), actor=None)
    delivery = event.deliveries.earliest("pk")
    for _ in range(deliveries.ATTEMPTS):
        deliveries.note_failure(delivery.pk, ValueError("kaputt"))

    listed = boss.get(page(Delivery, "changelist") + "?state=parked").content.decode()
    boss.post(page(Delivery, "changelist"), {"action": "try_again", "_selected_action": [delivery.pk]})

    delivery.refresh_from_db()
    assert "kaputt" in listed
    assert (delivery.parked_at, delivery.attempts) == (None, 0)


def test_every_page_of_the_admin_keeps_the_strict_policy(boss):
    answer = boss.get(page(User, "changelist"))

    assert "unsafe" not in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert " style=" not in text
    assert "<script>" not in text
