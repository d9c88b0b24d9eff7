"""The board: which cards it shows, what its heads say, and what a step answers."""

import json
from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import timezone

from pipeline.actions import meet_criterion, move_deal, set_next_step, undo_move
from pipeline.filters import BoardFilter
from pipeline.models import Criterion, Deal, Outcome, Stage, StageSetting
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, ProductFactory, SourceFactory, lost, won

pytestmark = pytest.mark.django_db

BOARD = "/pipeline/board/"


def shown(response) -> set[str]:
    """The titles on the cards."""
    columns = response.context["columns"]
    return {card.deal.title for column in columns for card in column.cards}


def as_board(query: str = "owner=all") -> dict[str, str]:
    """The headers of a fragment request of the board under a filter."""
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver{BOARD}?{query}"}


def triggered(response) -> dict[str, dict[str, str]]:
    return json.loads(response.headers["HX-Trigger"])


def move(client, deal, to, *, seen_in=None, query="owner=all", **data):
    url = reverse("pipeline:deal_move", args=[deal.pk])
    data = {"to": int(to), "seen_in": int(seen_in or deal.stage), **data}
    return client.post(url, data, headers=as_board(query))


def test_a_rep_sees_their_own_deals_first_and_a_manager_everyones(client, people):
    for owner in (people.owner, people.stranger):
        DealFactory(owner=owner, title=f"von {owner.email}")
    mine, everyones = f"von {people.owner.email}", f"von {people.stranger.email}"

    log_in(client, people, "owner")
    assert shown(client.get(BOARD)) == {mine}
    assert shown(client.get(f"{BOARD}?owner=all")) == {mine, everyones}
    log_in(client, people, "manager")
    assert shown(client.get(BOARD)) == {mine, everyones}
    assert shown(client.get(f"{BOARD}?owner=me")) == set()


def test_everyones_deals_are_chosen_in_the_filter_too(client, people):
    log_in(client, people, "owner")

    page = client.get(BOARD).content.decode()
    choices = client.get(BOARD).context["board"].filter.form.fields["owner"].choices

    assert 'value="me" selected' in page
    assert "" not in dict(choices)


@pytest.mark.parametrize(
    "query",
    [
        "q=OEZTURK+tischlerei",
        "q=halle",
        "team={team}",
        "owner={owner}",
        "source={source}",
        "product={product}",
        "value_from=5000,50",
        "value_to=6000&value_from=1000,01",
    ],
)
def test_each_filter_finds_its_deals_alone(client, people, query):
    source, product = SourceFactory(), ProductFactory()
    wanted = DealFactory(
        owner=people.owner,
        title="Halle 3",
        company=CompanyFactory(name="Oeztürk Tischlerei"),
        source=source,
        product=product,
        value=6000,
    )
    DealFactory(owner=people.stranger, title="anderes")
    log_in(client, people, "admin")
    values = {
        "team": people.owner.team_id,
        "owner": people.owner.pk,
        "source": source.pk,
        "product": product.pk,
    }

    response = client.get(f"{BOARD}?{query.format(**values)}")

    assert shown(response) == {wanted.title}


def test_deals_without_next_step_and_those_too_long_in_their_stage_are_counted_and_found(client, people):
    StageSetting.objects.update(time_limit_days=20)
    long_ago = timezone.now() - timedelta(days=21, minutes=1)
    old = DealFactory(owner=people.owner, title="alt", at=long_ago)
    set_next_step(old, "Anruf", date(2030, 1, 1))
    DealFactory(owner=people.owner, title="neu")
    log_in(client, people, "owner")

    response = client.get(BOARD)
    stepless, late = client.get(f"{BOARD}?no_step=on"), client.get(f"{BOARD}?too_long=on")

    assert [view.count for view in response.context["views"]][-2:] == [1, 1]
    assert (shown(stepless), shown(late)) == ({"neu"}, {"alt"})
    assert [view.count for view in late.context["views"]][-2:] == [1, 1]
    assert "old" in late.content.decode().split('class="age ')[1][:10]


def test_a_deal_is_too_long_in_its_stage_exactly_when_its_card_warns(client, people):
    StageSetting.objects.update(time_limit_days=20)
    almost = timezone.now() - timedelta(days=21) + timedelta(minutes=5)
    DealFactory(owner=people.owner, at=almost)
    log_in(client, people, "owner")

    response = client.get(BOARD)

    assert response.context["views"][-1].count == 0
    assert not response.context["columns"][0].cards[0].look.is_too_long


def test_heads_count_the_whole_filter_and_keep_currencies_apart(client, people):
    for _ in range(27):
        DealFactory(owner=people.owner, value=100)
    DealFactory(owner=people.owner, value=70, currency="CHF")
    DealFactory(owner=people.owner, stage=Stage.ANGEBOT, value=5)
    lost(DealFactory(owner=people.owner))
    log_in(client, people, "owner")

    columns = client.get(BOARD).context["columns"]

    assert [column.head.count for column in columns] == [28, 0, 1, 0, 0]
    assert columns[0].head.totals == [("EUR", 2700), ("CHF", 70)]
    assert (len(columns[0].cards), columns[0].rest) == (25, 3)


def test_the_next_cards_of_a_column_follow_the_first_without_gap_or_double(client, people):
    for _ in range(60):
        DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    column = client.get(BOARD).context["columns"][0]
    seen = [card.deal.pk for card in column.cards]
    while column.next_cursor:
        url = reverse("pipeline:deal_column", args=[1])
        query = {"cursor": column.next_cursor, "shown": column.shown}
        column = client.get(url, query).context["column"]
        seen += [card.deal.pk for card in column.cards]

    assert seen == sorted(Deal.objects.values_list("pk", flat=True))
    assert column.rest == 0


def test_deals_without_next_step_stand_on_top_then_the_earliest(client, people):
    days = {"später": date(2030, 2, 1), "zuerst": None, "bald": date(2030, 1, 1)}
    for title, day in days.items():
        deal = DealFactory(owner=people.owner, title=title)
        if day:
            set_next_step(deal, "Anruf", day)
    log_in(client, people, "owner")

    cards = client.get(BOARD).context["columns"][0].cards

    assert [card.deal.title for card in cards] == ["zuerst", "bald", "später"]


def test_a_card_shows_what_is_missing_in_its_stage_else_what_is_met(client, people):

    missing = DealFactory(owner=people.owner, stage=Stage.ANGEBOT, title="fehlt")
    met = DealFactory(owner=people.owner, stage=Stage.ANGEBOT, title="erfüllt")
    meet_criterion(met, Criterion.OFFER_DELIVERED, actor=people.owner, text="gültig bis 10.12.")
    log_in(client, people, "owner")

    cards = {card.deal.pk: card for card in client.get(BOARD).context["columns"][2].cards}

    assert (cards[missing.pk].fact.text, cards[missing.pk].fact.is_met) == ("Angebot nicht übergeben", False)
    assert (cards[met.pk].fact.text, cards[met.pk].fact.is_met) == ("gültig bis 10.12.", True)


def test_only_cards_one_may_move_can_be_lifted(client, people):
    mine, others = DealFactory(owner=people.owner), DealFactory(owner=people.stranger)
    log_in(client, people, "owner")

    page = client.get(f"{BOARD}?owner=all").content.decode()

    assert reverse("pipeline:deal_move", args=[mine.pk]) in page
    assert reverse("pipeline:deal_detail", args=[others.pk]) in page
    assert reverse("pipeline:deal_move", args=[others.pk]) not in page


def test_the_board_asks_the_database_as_often_for_twenty_deals_as_for_two(client, people, count_queries):
    def fill(number):
        for _ in range(number):
            for stage in Stage:
                DealFactory(owner=people.stranger, stage=stage)

    log_in(client, people, "manager")
    fill(2)
    client.get(BOARD)
    with count_queries() as few:
        client.get(BOARD)
    fill(18)
    with count_queries() as many:
        client.get(BOARD)

    assert len(many) == len(few)


def test_a_step_answers_with_the_card_two_heads_and_the_way_back(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = move(client, deal, Stage.KONTAKT, confirmed="on")

    page = response.content.decode()
    assert response.status_code == 200
    assert response.headers["HX-Retarget"] == f"#deal-{deal.pk}"
    assert page.count("<article") == 1
    assert 'data-stage="2"' in page
    assert [f'id="stage-{stage}-head"' in page for stage in Stage] == [True, True, False, False, False]
    assert triggered(response)["toast"]["undo_url"] == reverse("pipeline:deal_undo", args=[deal.pk, 2])


def test_a_step_out_of_the_filter_answers_without_a_card(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = move(client, deal, Stage.KONTAKT, confirmed="on", query="q=kommt-nicht-vor")

    assert (response.status_code, "<article" in response.content.decode()) == (200, False)


def test_unmet_criteria_are_asked_about_and_confirmed_it_moves(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    asked = move(client, deal, Stage.KONTAKT)
    moved = move(client, deal, Stage.KONTAKT, confirmed="on")

    assert (asked.status_code, asked.headers["HX-Retarget"]) == (422, "#dialog")
    assert "Entscheider bekannt" in asked.content.decode()
    assert moved.status_code == 200


def test_a_mandatory_criterion_holds_until_a_note_settles_it(client, people):
    criterion = Criterion.objects.get(code=Criterion.DECISION_MAKER_KNOWN)
    Criterion.objects.filter(pk=criterion.pk).update(is_mandatory=True)
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    refused = move(client, deal, Stage.KONTAKT, confirmed="on")
    moved = move(
        client, deal, Stage.KONTAKT, confirmed="on", **{f"settled_{criterion.pk}": "Frau Groß, am Telefon"}
    )

    assert (refused.status_code, moved.status_code) == (422, 200)
    assert deal.criteria_met.get().evidence == "Frau Groß, am Telefon"


def test_who_comes_second_is_refused_and_can_look_at_the_card_again(client, people):
    deal = DealFactory(owner=people.owner)
    move_deal(deal, Stage.ANGEBOT, seen_in=Stage.AKQUISE, actor=people.manager, confirmed=True)
    log_in(client, people, "owner")

    refused = move(client, deal, Stage.KONTAKT, seen_in=Stage.AKQUISE)
    card = client.get(reverse("pipeline:deal_card", args=[deal.pk]), headers=as_board())

    assert (refused.status_code, refused.headers["HX-Reswap"]) == (409, "none")
    assert people.manager.last_name in refused.content.decode()
    assert 'data-stage="3"' in card.content.decode()


def test_a_won_deal_leaves_the_board_and_undo_brings_it_back(client, people, transactional_db):
    deal = DealFactory(owner=people.owner, stage=Stage.ABSCHLUSS)
    log_in(client, people, "owner")
    url = reverse("pipeline:deal_win", args=[deal.pk])

    won_answer = client.post(url, {"seen_in": 5}, headers=as_board())
    undo_url = triggered(won_answer)["toast"]["undo_url"]
    undone = client.post(undo_url, headers=as_board())
    card = client.get(triggered(undone)["deal-changed"]["card"], headers=as_board())

    assert "<article" not in won_answer.content.decode()
    assert undone.status_code == 204
    assert f'id="deal-{deal.pk}"' in card.content.decode()
    # The order that the win confirmed is outstanding again.
    assert not deal.criteria_met.exists()
    assert Deal.objects.get(pk=deal.pk).outcome == Outcome.OPEN


def test_a_deal_without_customer_is_not_won(client, people):
    deal = DealFactory(owner=people.owner, company=None, stage=Stage.ABSCHLUSS)
    log_in(client, people, "owner")

    response = client.post(reverse("pipeline:deal_win", args=[deal.pk]), {"seen_in": 5}, headers=as_board())

    assert response.status_code == 422
    assert "Nennen Sie zuerst den Kunden" in response.content.decode()


def test_without_script_a_step_leads_back_to_where_one_was(client, people):
    deal = DealFactory(owner=people.owner, stage=Stage.KONTAKT)
    log_in(client, people, "owner")
    url = reverse("pipeline:deal_move", args=[deal.pk])
    data = {"to": 1, "seen_in": 2}

    page = client.post(url, data)
    elsewhere = client.post(url, {"to": 2, "seen_in": 1, "confirmed": "on", "next": "https://evil.example/"})

    assert page.headers["Location"] == reverse("pipeline:deal_detail", args=[deal.pk])
    assert elsewhere.headers["Location"] == reverse("pipeline:deal_detail", args=[deal.pk])


@pytest.mark.parametrize("data", [{}, {"to": 6, "seen_in": 1}, {"to": "x", "seen_in": 1}, {"to": 2}])
def test_stages_that_are_none_are_refused(client, people, data):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = client.post(reverse("pipeline:deal_move", args=[deal.pk]), data)

    assert response.status_code == 400
    assert deal.stage_changes.count() == 1


WILD = [
    "\0",
    "9" * 40,
    "-1",
    "NaN",
    "1e999999",
    "<b>",
    "%" * 5000,
    "ä" * 3000,
    "٣",
    "' OR 1=1 --",
    "2026-99-99",
]


@pytest.mark.parametrize("value", WILD, ids=range(len(WILD)))
def test_wild_questions_get_an_answer(client, people, value):
    won(DealFactory(owner=people.owner, stage=Stage.ABSCHLUSS))
    log_in(client, people, "owner")

    answers = [
        client.get(url, {name: value}).status_code
        for name in (*BoardFilter.base_filters, "cursor", "shown")
        for url in (BOARD, reverse("pipeline:deal_column", args=[1]))
    ]

    assert set(answers) == {200}


def test_a_column_that_is_none_is_not_found(client, people):
    log_in(client, people, "owner")

    assert client.get(reverse("pipeline:deal_column", args=[6])).status_code == 404


def test_the_board_keeps_counting_its_funnel_by_value_under_another_filter(client, people):
    log_in(client, people, "owner")

    board = client.get(BOARD, {"by": "value", "owner": "all"}).context["board"]

    assert parse_qs(board.ribbon_query[1:]) == {"by": ["value"], "board": ["?owner=all&by=value"]}
    assert "by=value" in board.url(owner="me")
    assert "by=value" not in board.units["number"]


def test_a_part_of_the_funnel_narrows_the_board_to_what_came_as_far(client, people):
    back = move_deal(
        DealFactory(owner=people.owner, title="zurück", stage=Stage.ANGEBOT),
        Stage.KONTAKT,
        seen_in=Stage.ANGEBOT,
        actor=people.owner,
    )
    DealFactory(owner=people.owner, title="weiter", stage=Stage.VERHANDLUNG)
    DealFactory(owner=people.owner, title="am Anfang")
    old = timezone.now() - timedelta(days=400)
    DealFactory(owner=people.owner, title="lange her", stage=Stage.ANGEBOT, at=old)
    undone = DealFactory(owner=people.owner, title="versehentlich")
    moved = move_deal(undone, Stage.ANGEBOT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    undo_move(moved, seen_seq=2, actor=people.owner)
    log_in(client, people, "owner")

    board = client.get(BOARD, {"came_to": Stage.ANGEBOT})

    assert shown(board) == {back.title, "weiter"}
    assert shown(client.get(BOARD, {"came_to": "17"})) >= {"am Anfang", "lange her"}


def test_a_card_that_is_kept_shows_what_changed_elsewhere(client, people):
    deal = DealFactory(owner=people.owner, company=CompanyFactory(name="Nordlicht"))
    log_in(client, people, "owner")
    assert "Nordlicht" in client.get(BOARD).content.decode()

    deal.company.name = "Südlicht"
    deal.company.save()
    people.owner.language = "en"
    people.owner.save()

    page = client.get(BOARD).content.decode()
    assert "Südlicht" in page
    assert "Nordlicht" not in page
    assert "no next step" in page
    assert "Move Südlicht" in page


def test_the_value_counts_behind_the_filter_button_and_goes_along(client, people):
    for _ in range(26):
        DealFactory(owner=people.owner, value=6000)
    DealFactory(owner=people.owner, value=10)
    log_in(client, people, "owner")

    response = client.get(BOARD, {"value_from": "5.000"})
    board = response.context["board"]

    assert response.context["columns"][0].head.count == 26
    assert (board.narrow_count, board.wide_url) == (1, "?owner=me")
    assert "owner=me&amp;value_from=5.000&amp;stage=1&amp;outcome=open" in response.content.decode()
