"""A web form on a page of another origin, in a real browser: as plain HTML, and in a frame."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.test import RequestFactory
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Delivery
from intake.models import LeadForm, Submission
from intake.snippets import snippets
from intake.tasks import process_received
from leads.models import Lead
from tests.intake.forms import build_form


@contextmanager
def other_site(body: Callable[[], str]) -> Iterator[str]:
    """A web site of somebody else on a port of its own; answers its host."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!DOCTYPE html><title>Firma</title>{body()}".encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"localhost:{server.server_port}"
    finally:
        server.shutdown()


def taken_over(form: LeadForm, live_server: LiveServer, key: str) -> str:
    """What the page of the form offers a web site."""
    request = RequestFactory().get("/", headers={"Host": live_server.url.removeprefix("http://")})
    return next(snippet.text for snippet in snippets(request, form) if snippet.key == key)


def test_a_form_on_another_site_becomes_a_lead_once_though_nothing_runs_behind_it(
    open_page: Callable[..., Page], live_server: LiveServer
):
    form, page = build_form(hosts=[]), open_page()
    with other_site(lambda: taken_over(form, live_server, "html")) as host:
        form.hosts = [host]
        form.save()
        page.goto(f"http://{host}/")
        page.get_by_label("Nachname").fill("Neu")
        page.get_by_label("E-Mail").fill("nora@neu.example")
        page.get_by_label("Nachricht").fill("Was kostet ein Wintergarten?")
        page.get_by_role("button", name="Absenden").click()

        # Neither worker nor relay runs here.
        expect(page.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    assert page.context.cookies() == []
    assert Submission.objects.get().state == "received"
    delivery = Delivery.objects.get(task="intake.tasks.process_received")

    for _message in range(2):
        process_received(delivery.pk)

    assert Lead.objects.get().last_name == "Neu"


def test_a_frame_works_on_allowed_sites_alone(open_page: Callable[..., Page], live_server: LiveServer):
    form, page = build_form(hosts=[]), open_page()
    with other_site(lambda: taken_over(form, live_server, "frame")) as host:
        form.hosts = [host]
        form.save()
        page.goto(f"http://{host}/")
        frame = page.frame_locator("iframe")
        frame.get_by_label("Nachname").fill("Rahmen")
        frame.get_by_label("E-Mail").fill("r@rahmen.example")
        page.wait_for_timeout(3000)
        frame.get_by_role("button", name="Absenden").click()
        expect(frame.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    assert Submission.objects.get().value("last_name") == "Rahmen"
