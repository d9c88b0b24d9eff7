"""Many deals of the list at once: lost, given away; whatever keys are sent, one changes what one may."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.models import Event
from lists import choices
from pipeline.actions import lose_deals, reopen_deal
from pipeline.actions.moving import UNDO_WINDOW
from pipeline.errors import LossNoteMissing
from pipeline.models import Deal, DealChange, LossReason, Outcome, Stage
from tests.conftest import log_in
from tests.factories import DealFactory, lost, won

pytestmark = pytest.mark.django_db

LIST = reverse("pipeline:deal_list")
LOSE = reverse("pipeline:deals_lose")
HAND_OVER = reverse("pipeline:deals_hand_over")
HTMX = {"HX-Request": "true"}


def price() -> int:
    return LossReason.objects.get(code="price").pk


def keys(*deals: Deal) -> str:
    return ",".join(str(deal.pk) for deal in deals)


def said(response) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)


def outcome(deal: Deal) -> str:
    return Deal.objects.get(pk=deal.pk).outcome


def test_lost_deals_leave_history_and_event_each_as_if_lost_alone(people):
    deals = [DealFactory(owner=people.owner, stage=stage) for stage in (Stage.KONTAKT, Stage.ANGEBOT)]
    reason = LossReason.objects.get(code="price")

    assert lose_deals(deals, reason, note="zu teuer", actor=people.manager) == deals

    for deal in deals:
        row = deal.stage_changes.latest("seq")
        assert (row.to_outcome, row.to_stage, row.loss_reason) == (Outcome.LOST, deal.stage, reason)
        assert (row.actor, row.loss_note) == (people.manager, "zu teuer")
    assert Event.objects.filter(kind="deal.lost").count() == 2


def test_a_reason_that_asks_for_words_loses_none_without_them(people):
    deals = [DealFactory(owner=people.owner) for _ in range(2)]
    reason = LossReason.objects.filter(needs_note=True).first()

    with pytest.raises(LossNoteMissing):
        lose_deals(deals, reason, actor=people.owner)

    assert {outcome(deal) for deal in deals} == {Outcome.OPEN}


def test_the_dialog_says_how_many_and_which(client, people):
    deals = [DealFactory(owner=people.owner, title=f"Anlage {number}") for number in range(7)]
    foreign = DealFactory(owner=people.stranger, title="fremd")
    log_in(client, people, "owner")

    page = client.get(LOSE, {"pick": [deal.pk for deal in [*deals, foreign]]}, headers=HTMX).content.decode()

    assert "7 ausgewählt" in page
    assert "Anlage 0" in page
    assert "und 2 weitere" in page
    assert "1 der ausgewählten dürfen Sie nicht ändern" in page
    assert f'value="{keys(*deals, foreign)}"' in page


def test_deals_are_lost_and_the_report_says_what_stayed_as_it_is(client, people):
    own = [DealFactory(owner=people.owner) for _ in range(2)]
    closed = won(DealFactory(owner=people.owner))
    foreign = DealFactory(owner=people.stranger)
    log_in(client, people, "owner")

    response = client.post(
        LOSE, {"rows": keys(*own, closed, foreign), "reason": price(), "next": f"{LIST}?stage=1"}
    )

    assert response.url == f"{LIST}?stage=1"
    assert [outcome(deal) for deal in (*own, closed, foreign)] == ["lost", "lost", "won", "open"]
    assert said(response) == (
        "2 Verkaufschancen sind als verloren vermerkt. 1 dürfen Sie nicht ändern. 1 war schon abgeschlossen."
    )


def test_the_same_form_twice_loses_nothing_twice(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    for _ in range(2):
        client.post(LOSE, {"rows": keys(deal), "reason": price()})

    assert deal.stage_changes.filter(to_outcome=Outcome.LOST).count() == 1


def way_back(response) -> str:
    return next(message.extra_tags for message in response.wsgi_request._messages)


def test_losses_are_taken_back_together_except_what_went_on_since(client, people):
    deals = [DealFactory(owner=people.owner) for _ in range(3)]
    log_in(client, people, "owner")
    answer = client.post(LOSE, {"rows": keys(*deals), "reason": price()})
    reopen_deal(deals[1], actor=people.owner)

    response = client.post(way_back(answer), headers=HTMX)

    assert {outcome(deal) for deal in deals} == {"open"}
    assert [deal.stage_changes.effective().count() for deal in deals] == [1, 3, 1]
    assert said(response).endswith("2 Verkaufschancen sind wieder offen.")
    assert response["HX-Refresh"] == "true"


def test_nobody_takes_back_what_others_lost_nor_after_a_while(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "manager")
    undo_url = way_back(client.post(LOSE, {"rows": keys(deal), "reason": price()}))
    log_in(client, people, "owner")

    assert client.post(undo_url).status_code == 404
    log_in(client, people, "manager")
    with time_machine.travel(timezone.now() + UNDO_WINDOW + timedelta(seconds=1), tick=False):
        assert client.post(undo_url).status_code == 404
    assert outcome(deal) == "lost"


@pytest.mark.parametrize("moment", ["0", "1", "9" * 17, "9" * 40, "9" * 4000])
def test_a_moment_at_which_nothing_was_lost_is_not_there(client, people, moment):
    log_in(client, people, "owner")

    assert client.post(f"{LOSE}undo/{moment}/").status_code == 404


def test_a_fragment_reloads_the_list(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = client.post(LOSE, {"rows": keys(deal), "reason": price()}, headers=HTMX)

    assert response["HX-Refresh"] == "true"


def test_without_a_reason_the_form_comes_back_with_the_same_deals(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = client.post(LOSE, {"rows": keys(deal)})

    assert response.status_code == 422
    assert f'value="{deal.pk}"' in response.content.decode()
    assert outcome(deal) == "open"


def test_the_new_owner_gets_the_deals_with_their_history(client, people):
    deals = [DealFactory(owner=people.owner) for _ in range(2)]
    already = DealFactory(owner=people.colleague)
    log_in(client, people, "manager")

    response = client.post(HAND_OVER, {"rows": keys(*deals, already), "owner": people.colleague.pk})

    assert set(Deal.objects.values_list("owner", flat=True)) == {people.colleague.pk}
    assert DealChange.objects.filter(owner=people.colleague, actor=people.manager).count() == 2
    assert "Für 2 Verkaufschancen ist jetzt" in said(response)
    assert "1 gehörte bereits dieser Person." in said(response)


@pytest.mark.parametrize("owner", ["deactivated", "nobody"])
def test_only_someone_who_can_log_in_gets_deals(client, people, owner):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    key = getattr(people, owner).pk if owner == "deactivated" else "9" * 30

    assert client.post(HAND_OVER, {"rows": keys(deal), "owner": key}).status_code == 422
    assert Deal.objects.get().owner == people.owner


def test_all_of_the_filter_are_those_of_the_filter_and_of_the_moment_of_asking(client, people):
    asked = [DealFactory(owner=people.owner, stage=Stage.ANGEBOT) for _ in range(3)]
    DealFactory(owner=people.owner, stage=Stage.KONTAKT)
    log_in(client, people, "owner")

    response = client.get(LOSE, {"whole": "on", "query": "stage=3&owner=me", "pick": asked[0].pk})
    late = DealFactory(owner=people.owner, stage=Stage.ANGEBOT)
    client.post(LOSE, {"rows": response.context["choice"].frozen, "reason": price()})

    assert [outcome(deal) for deal in (*asked, late)] == ["lost", "lost", "lost", "open"]


def test_more_than_can_be_done_at_once_are_refused(client, people, monkeypatch):
    monkeypatch.setattr(choices, "MOST_CHOSEN", 2)
    deals = [DealFactory(owner=people.owner) for _ in range(3)]
    log_in(client, people, "owner")

    answers = [
        client.get(LOSE, {"whole": "on", "query": ""}),
        client.get(LOSE, {"pick": [deal.pk for deal in deals]}),
        client.post(LOSE, {"rows": keys(*deals), "reason": price()}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert {outcome(deal) for deal in deals} == {"open"}


@pytest.mark.parametrize("url", [LOSE, HAND_OVER, reverse("activities:deals_follow_up")])
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"pick": ["x", "-1", "\0", "٣", "9" * 40]}, 422),
        ({"rows": "x," * 5000}, 422),
        ({"rows": "999999999"}, 404),
        ({"whole": "on", "query": "stage=9&owner=me"}, 422),
        ({"whole": "on", "query": "%00=%FF&&&;"}, 403),
    ],
)
def test_keys_no_list_sends_change_nothing(client, people, url, sent, status):
    deal = DealFactory(owner=people.stranger)
    log_in(client, people, "owner")

    for method in (client.get, client.post):
        assert method(url, sent).status_code == status
    assert outcome(deal) == "open"


def test_deals_of_an_undone_import_are_not_changed(client, people):
    deal = DealFactory(owner=people.owner)
    Deal.objects.filter(pk=deal.pk).update(voided_at=deal.opened_at)
    log_in(client, people, "owner")

    assert client.post(LOSE, {"rows": keys(deal), "reason": price()}).status_code == 404


def test_deals_one_may_not_change_cannot_be_ticked(client, people):
    DealFactory(owner=people.owner, title="eigen")
    lost(DealFactory(owner=people.stranger, title="fremd"))
    log_in(client, people, "owner")

    rows = client.get(LIST).context["page"].rows

    assert {deal.title: deal.is_editable for deal in rows} == {"eigen": True, "fremd": False}


def test_asking_costs_as_many_queries_for_twenty_deals_as_for_two(client, people, count_queries):
    deals = [DealFactory(owner=people.owner) for _ in range(20)]
    log_in(client, people, "owner")
    client.get(LOSE, {"pick": deals[0].pk})

    counts = []
    for number in (2, 20):
        with count_queries() as counted:
            client.get(LOSE, {"pick": [deal.pk for deal in deals[:number]]})
        counts.append(len(counted))

    assert counts[0] == counts[1]
