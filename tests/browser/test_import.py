"""A list comes in and goes out again: upload, look, map, check, bring in, undo."""

from django.urls import reverse
from playwright.sync_api import expect

from contacts.models import Company
from core import jobs
from core.models import Job
from tests.browser.conftest import LogIn
from tests.conftest import People

TABLE = "Firma;Wohnt in;Telefon\nHolz Möller GmbH;Ulm;0731 123456\n;Kiel;\n".encode("cp1252")


def do_job() -> None:
    """What a worker would do meanwhile."""
    jobs.run(Job.objects.latest("pk").pk)


def test_a_list_is_brought_in_and_undone(log_in: LogIn, people: People):
    page = log_in(people.owner, to=reverse("imports:import_list"))

    page.set_input_files("[type=file]", {"name": "adressbuch.csv", "mimeType": "text/csv", "buffer": TABLE})
    page.get_by_role("button", name="Hochladen").click()
    expect(page.locator(".job")).to_be_visible()
    do_job()
    page.get_by_role("link", name="Vorschau").click()
    expect(page.get_by_text("CSV · cp1252")).to_be_visible()
    page.get_by_role("link", name="Spalten zuordnen").click()
    page.get_by_label("Wohnt in").select_option("city")
    page.get_by_role("button", name="Speichern und weiter").click()
    page.get_by_role("button", name="Speichern und weiter").click()

    page.get_by_role("button", name="Prüfen").click()
    expect(page.locator(".job")).to_be_visible()
    do_job()
    expect(page.get_by_text("Geschrieben ist noch nichts.")).to_be_visible()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator(".job")).to_be_visible()
    do_job()
    expect(page.get_by_text("Zeile 3")).to_be_visible()
    assert Company.objects.get().addresses.get().city == "Ulm"

    page.get_by_role("button", name="Ganzen Import rückgängig machen").click()
    page.get_by_role("button", name="Alles rückgängig machen").click()
    expect(page.locator(".job")).to_be_visible()
    do_job()
    expect(page.get_by_text("Rückgängig gemacht:")).to_be_visible()
    assert not Company.objects.exists()
