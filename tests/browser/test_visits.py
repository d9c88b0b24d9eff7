"""Visits told by a page of another origin, in a real browser: nothing before the consent."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Delivery
from intake.models import PageView, WebSite
from intake.tasks import join_visits_of, process_received
from leads.models import Lead, Touch
from tests.browser.test_web_form import other_site, taken_over
from tests.factories import SourceFactory
from tests.intake.forms import build_form


def test_nothing_is_told_before_the_consent_and_the_form_brings_the_visits_along(
    open_page: Callable[..., Page], live_server: LiveServer
):
    form, page = build_form(hosts=[]), open_page()
    site = WebSite.objects.create(name="Haus", source=SourceFactory(), is_active=True)
    script = f"{live_server.url}/intake/w/{site.address}/visits.js"

    def body() -> str:
        allow = '<button onclick="funnelVisits.allow()">Ja, gern</button>'
        return f'<script defer src="{script}"></script>{allow}{taken_over(form, live_server, "html")}'

    with other_site(body) as host:
        for row in (form, site):
            row.hosts = [host]
            row.save()
        page.goto(f"http://{host}/preise/?utm_campaign=messe")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("localStorage.length") == 0
        assert not PageView.objects.exists()

        objecting = page.context.new_page()
        objecting.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
        objecting.goto(f"http://{host}/preise/")
        objecting.get_by_role("button", name="Ja, gern").click()
        assert objecting.evaluate("localStorage.length") == 0
        objecting.close()

        with page.expect_response("**/view/") as told:
            page.get_by_role("button", name="Ja, gern").click()
        assert told.value.status == 204
        page.get_by_label("Nachname").fill("Neu")
        page.get_by_label("E-Mail").fill("nora@neu.example")
        page.get_by_role("button", name="Absenden").click()
        expect(page.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    assert page.context.cookies() == []

    process_received(Delivery.objects.get(task="intake.tasks.process_received").pk)
    join_visits_of(Delivery.objects.get(task="intake.tasks.join_visits_of").pk)

    visit = Touch.objects.of_lead(Lead.objects.get()).get(channel="web_visit")
    assert visit.details == {"page": "/preise/", "utm_campaign": "messe"}
