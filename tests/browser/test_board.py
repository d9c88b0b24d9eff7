"""The board in a real browser: cards moved by hand, by finger, by key; refused, overtaken, undone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from contacts.models import BuyingRole
from pipeline.actions import move_deal, name_person, set_next_step
from pipeline.models import Criterion, Deal, Outcome, Stage
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import CompanyFactory, DealFactory, PersonFactory


def settled_deal(owner, name="Nordlicht Logistik AG", **facts) -> Deal:
    """A deal of Akquise that may move on without a question."""
    deal = DealFactory(owner=owner, company=CompanyFactory(name=name), **facts)
    name_person(deal, PersonFactory(), BuyingRole.DECISION_MAKER, actor=owner)
    return deal


def card(page: Page, deal: Deal) -> Locator:
    return page.locator(f"#deal-{deal.pk}")


def column(page: Page, stage: Stage) -> Locator:
    return page.locator(f".col[data-stage='{int(stage)}']")


def carry(page: Page, what: Locator, onto: Locator) -> None:
    """Drag with the mouse, in steps as a hand does."""
    start, end = what.bounding_box(), onto.bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + min(end["height"] / 2, 200), steps=6)


def reloaded(deal: Deal) -> Deal:
    return Deal.objects.get(pk=deal.pk)


def test_a_card_is_dragged_to_the_next_column(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    page.mouse.up()

    expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_visible()
    expect(column(page, Stage.KONTAKT).locator(".cnt")).to_have_text("1")
    expect(column(page, Stage.AKQUISE).locator(".cnt")).to_have_text("0")
    expect(page.locator(".toast")).to_contain_text("Nordlicht Logistik AG")
    assert reloaded(deal).stage == Stage.KONTAKT


def test_escape_puts_a_carried_card_back(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    carry(page, card(page, deal), column(page, Stage.ANGEBOT))
    expect(column(page, Stage.ANGEBOT)).to_have_class(re.compile("is-target"))
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".is-dragged")).to_have_count(0)
    expect(column(page, Stage.AKQUISE).locator(f"#deal-{deal.pk}")).to_be_visible()
    assert reloaded(deal).stage == Stage.AKQUISE


def test_a_card_moves_by_keyboard_and_keeps_the_focus(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    page.keyboard.press("ArrowDown")
    expect(card(page, deal)).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("2")

    expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel").get_by_role("heading", name="Nordlicht Logistik AG")).to_be_visible()


def test_arrows_walk_the_cards(log_in: LogIn, people: People):
    first, second = (settled_deal(people.owner, name=name) for name in ("A", "B"))
    right = DealFactory(owner=people.owner, stage=Stage.ANGEBOT)
    page = log_in(people.owner)

    for key, focused in (
        ("ArrowDown", first),
        ("ArrowDown", second),
        ("ArrowRight", right),
        ("ArrowLeft", first),
    ):
        page.keyboard.press(key)
        expect(card(page, focused)).to_be_focused()


def test_the_first_criterion_is_asked_for_in_place_and_one_may_move_all_the_same(
    log_in: LogIn, people: People
):
    deal = DealFactory(owner=people.owner)
    page = log_in(people.owner)

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    page.mouse.up()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Entscheider bekannt")
    expect(column(page, Stage.AKQUISE).locator(f"#deal-{deal.pk}")).to_be_visible()
    dialog.locator("button[type=submit].btn-primary").click()

    expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_visible()
    expect(dialog).not_to_be_visible()
    assert reloaded(deal).stage == Stage.KONTAKT


def test_a_mandatory_criterion_is_settled_with_a_note(log_in: LogIn, people: People):
    Criterion.objects.filter(code=Criterion.DECISION_MAKER_KNOWN).update(is_mandatory=True)
    deal = DealFactory(owner=people.owner)
    page = log_in(people.owner)

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    expect(column(page, Stage.KONTAKT)).to_have_class(re.compile("is-refused"))
    page.mouse.up()
    page.locator("#dialog input[type=text]").fill("Frau Groß entscheidet")
    page.locator("#dialog .btn-primary").click()

    expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_visible()
    assert deal.criteria_met.get().evidence == "Frau Groß entscheidet"


def test_a_card_dropped_on_lost_asks_for_the_reason_and_leaves_the_board(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    carry(page, card(page, deal), page.locator(".col[data-stage='3']"))
    zone = page.locator(".drop .l")
    expect(zone).to_be_visible()
    box = zone.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    dialog = page.locator("#dialog")
    dialog.get_by_text("anderer Grund").click()
    dialog.locator(".btn-danger").click()
    expect(dialog.locator(".invalid-feedback")).to_be_visible()
    dialog.locator("textarea").fill("Umzug ins Ausland")
    dialog.locator(".btn-danger").click()

    expect(card(page, deal)).to_have_count(0)
    lost = reloaded(deal)
    assert (lost.outcome, lost.loss_note) == (Outcome.LOST, "Umzug ins Ausland")


def test_a_win_is_undone_and_the_card_comes_back(log_in: LogIn, people: People):
    deal = DealFactory(owner=people.owner, stage=Stage.ABSCHLUSS)
    page = log_in(people.owner)

    card(page, deal).focus()
    page.keyboard.press("m")
    page.keyboard.press("6")
    expect(card(page, deal)).to_have_count(0)
    page.keyboard.press("u")

    expect(column(page, Stage.ABSCHLUSS).locator(f"#deal-{deal.pk}")).to_be_visible()
    assert reloaded(deal).outcome == Outcome.OPEN


def test_a_move_is_undone_by_the_button_of_its_message(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    page.mouse.up()
    page.locator(".toast [data-undo]").click()

    expect(column(page, Stage.AKQUISE).locator(f"#deal-{deal.pk}")).to_be_visible()
    expect(column(page, Stage.AKQUISE).locator(".cnt")).to_have_text("1")
    assert reloaded(deal).stage == Stage.AKQUISE


def test_who_comes_second_is_told_and_sees_where_the_card_is(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)
    move_deal(deal, Stage.VERHANDLUNG, seen_in=Stage.AKQUISE, actor=people.manager, confirmed=True)

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    page.mouse.up()

    expect(page.locator(".toast.is-error")).to_contain_text(people.manager.last_name)
    expect(column(page, Stage.VERHANDLUNG).locator(f"#deal-{deal.pk}")).to_be_visible()
    assert reloaded(deal).stage == Stage.VERHANDLUNG


def test_a_card_whose_server_is_gone_goes_back(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)
    page.route("**/move/", lambda route: route.abort())

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    page.mouse.up()

    expect(page.locator(".toast.is-error")).to_be_visible()
    expect(column(page, Stage.AKQUISE).locator(f"#deal-{deal.pk}")).to_be_visible()


def test_a_card_stands_where_the_order_of_the_column_wants_it(log_in: LogIn, people: People):
    from datetime import date

    early, late = (DealFactory(owner=people.owner, stage=Stage.KONTAKT) for _ in range(2))
    deal = settled_deal(people.owner)
    for one, day in ((early, 1), (deal, 5), (late, 9)):
        set_next_step(one, "Anruf", date(2030, 1, day))
    page = log_in(people.owner)

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    page.mouse.up()

    expect(page.locator(".toast")).to_be_visible()
    ids = [one.get_attribute("id") for one in column(page, Stage.KONTAKT).locator(".card").all()]
    assert ids == [f"deal-{one.pk}" for one in (early, deal, late)]


def test_more_cards_come_on_scrolling_and_none_stands_twice(log_in: LogIn, people: People):
    for _ in range(30):
        DealFactory(owner=people.owner)
    page = log_in(people.owner)
    cards = column(page, Stage.AKQUISE).locator(".card")
    expect(cards).to_have_count(25)

    column(page, Stage.AKQUISE).locator(".more").scroll_into_view_if_needed()

    expect(cards).to_have_count(30)
    expect(column(page, Stage.AKQUISE).locator(".more")).to_have_count(0)


def test_others_cards_are_seen_but_not_lifted(log_in: LogIn, people: People):
    deal = settled_deal(people.stranger)
    page = log_in(people.owner, to=f"{reverse('pipeline:deal_board')}?owner=all")

    carry(page, card(page, deal), column(page, Stage.KONTAKT))

    expect(page.locator(".is-dragged")).to_have_count(0)
    expect(card(page, deal).locator(".card-menu")).to_have_count(0)


def test_a_finger_that_rests_lifts_a_card_on_a_phone(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner, phone=True)
    box = card(page, deal).bounding_box()
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    x, y = box["x"] + 40, box["y"] + 20
    send("touchStart", (x, y))
    page.wait_for_timeout(400)
    send("touchMove", (x + 20, y + 5))
    expect(page.locator(".is-dragged")).to_be_visible()
    zone = page.locator(".drop .l").bounding_box()
    send("touchMove", (zone["x"] + 40, zone["y"] + 20))
    send("touchEnd")

    expect(page.locator("#dialog")).to_contain_text("Preis")


def test_the_menu_moves_a_card_on_a_phone(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner, phone=True)

    card(page, deal).locator(".card-menu").tap()
    page.locator("#step-menu [data-to='2']").tap()

    expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_deal_is_added_in_the_dialog_with_a_new_company(log_in: LogIn, people: People):
    page = log_in(people.owner)

    page.keyboard.press("n")
    dialog = page.locator("#dialog")
    dialog.locator("[name=title]").fill("Erstausstattung Halle 3")
    dialog.locator("[name=company_text]").fill("Tischlerei Öztürk")
    dialog.locator("[role=option]").last.click()
    dialog.locator("[name=value]").fill("18.900,50")
    dialog.locator(".btn-primary").click()

    expect(column(page, Stage.AKQUISE)).to_contain_text("Tischlerei Öztürk")
    expect(column(page, Stage.AKQUISE)).to_contain_text("18.900,50")
    assert Deal.objects.get().company.name == "Tischlerei Öztürk"


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", ("Mein Trichter", "Akquise")), ("en", ("My funnel", "Prospecting"))],
)
def test_the_board_speaks_the_language_of_its_user(log_in: LogIn, people: People, language, words):
    people.owner.language = language
    people.owner.save()
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    carry(page, card(page, deal), column(page, Stage.KONTAKT))
    page.mouse.up()

    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    expect(page.locator(".toast")).to_contain_text({"de": "steht jetzt in", "en": "is now in"}[language])


def test_without_script_a_card_moves_by_the_link_of_its_menu(log_in: LogIn, browser, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)
    context = browser.new_context(
        base_url=page.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(page.url)

    plain.locator(f"#deal-{deal.pk} .card-menu").click()
    plain.get_by_role("button", name="Kontakt").click()

    plain.wait_for_url(f"**{reverse('pipeline:deal_detail', args=[deal.pk])}")
    context.close()
    assert reloaded(deal).stage == Stage.KONTAKT
