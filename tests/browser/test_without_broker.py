"""The board at the real web server, while the broker is away: it moves, undoes, and stays alive."""

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from pipeline.actions import move_deal
from pipeline.models import Stage
from tests.browser.test_board import card, column, reloaded, settled_deal
from tests.conftest import People
from tests.platform.web_server import web_server

# Nothing listens there.
DEAD_BROKER = "redis://127.0.0.1:1/0"


def test_everything_works_while_the_broker_is_away(
    open_page: Callable[..., Page], people: People, client: Client
):
    deal = settled_deal(people.owner)
    page = open_page()
    client.force_login(people.owner, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with web_server(REDIS_URL=DEAD_BROKER) as port:
        site = f"http://127.0.0.1:{port}"
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        page.goto(f"{site}/pipeline/board/")
        expect(page.locator("#live")).to_have_text("live")

        card(page, deal).focus()
        page.keyboard.press("m")
        page.keyboard.press("2")
        expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_visible()
        expect(page.locator(".toast")).to_be_visible()
        assert reloaded(deal).stage == Stage.KONTAKT
        page.keyboard.press("u")
        expect(column(page, Stage.AKQUISE).locator(f"#deal-{deal.pk}")).to_be_visible()
        assert reloaded(deal).stage == Stage.AKQUISE

        move_deal(deal, Stage.VERHANDLUNG, seen_in=Stage.AKQUISE, actor=people.manager, confirmed=True)
        expect(column(page, Stage.VERHANDLUNG).locator(f"#deal-{deal.pk}.is-news")).to_be_visible(
            timeout=3000
        )
        page.goto("about:blank")
