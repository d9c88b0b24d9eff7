"""Sending a web form: kept at once, processed once, machines and strangers refused."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contacts.models import LegalEntry
from core.models import Delivery, Event
from intake.actions import keep_left_evidence, mail_due_consents, process_submission
from intake.models import Submission, SubmittedConsent
from intake.tasks import process_received
from leads.actions import link_lead
from leads.models import Lead, TouchChannel
from tests.conftest import log_in
from tests.factories import PersonFactory, UserFactory
from tests.intake.forms import ANSWERS, SITE, build_form, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    return build_form()


@pytest.fixture
def browser():
    """A visitor: nobody of ours, without cookies, and checked as a browser would be."""
    return Client(enforce_csrf_checks=True)


def send(browser, form, name="form_page", origin="", **data):
    url = reverse(f"intake:{name}", args=[form.address])
    headers = {"Origin": origin} if origin else {}
    return browser.post(url, {"began": opened(form), **ANSWERS, **data}, headers=headers)


def process():
    for delivery in Delivery.objects.filter(done_at=None, task="intake.tasks.process_received"):
        process_received(delivery.pk)


def test_a_submission_is_kept_with_its_event_and_becomes_a_lead_afterwards(browser, form):
    answer = send(browser, form, utm_source="google", utm_medium="cpc")

    assert answer.status_code == 303
    assert answer["Location"].startswith(reverse("intake:form_thanks", args=[form.address]))
    assert not answer.cookies
    submission = Submission.objects.get()
    assert (submission.state, submission.lead) == ("received", None)
    assert Event.objects.get(kind="submission.received").subject_id == submission.pk

    process()

    lead = Lead.objects.get()
    touch = lead.touches.get()
    assert (lead.last_name, lead.email, lead.source) == ("Neu", "nora@neu.example", form.source)
    assert (touch.channel, touch.medium, touch.content) == (TouchChannel.WEB_FORM, "cpc", ANSWERS["message"])
    assert touch.details["utm_source"] == "google"
    submission.refresh_from_db()
    assert (submission.state, submission.lead) == ("processed", lead)


def test_a_double_click_is_one_submission_and_processing_twice_one_lead(browser, form):
    began = opened(form)

    assert [send(browser, form, began=began).status_code for _click in range(2)] == [303, 303]
    submission = Submission.objects.get()
    process_submission(submission)
    process_submission(submission)

    assert Lead.objects.count() == 1


def test_a_plain_form_on_an_allowed_site_needs_no_time_and_a_script_there_reads_the_answer(browser, form):
    answer = send(browser, form, origin=f"https://{SITE}", began="")
    url = reverse("intake:form_page", args=[form.address])
    headers = {"Origin": f"https://{SITE}", "Accept": "application/json"}
    script = browser.post(url, {"last_name": "Skript", "email": "s@x.example"}, headers=headers)
    asked = browser.options(url, headers=headers)

    assert (answer.status_code, script.status_code, asked.status_code) == (303, 202, 204)
    assert script["Access-Control-Allow-Origin"] == asked["Access-Control-Allow-Origin"] == f"https://{SITE}"
    assert Submission.objects.filter(reference=script.json()["reference"]).exists()


def test_another_site_is_refused_and_may_not_frame(browser, form):
    answer = send(browser, form, origin="https://fremd.example")

    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer
    assert not Submission.objects.exists()


def test_only_the_version_for_frames_may_be_framed_and_only_by_the_forms_sites(browser, form):
    page = browser.get(reverse("intake:form_page", args=[form.address]))
    frame = browser.get(reverse("intake:embedded_form", args=[form.address]))

    assert (page["X-Frame-Options"], "frame-ancestors 'none'" in page["Content-Security-Policy"]) == (
        "DENY",
        True,
    )
    assert "X-Frame-Options" not in frame
    assert f"https://{SITE}" in frame["Content-Security-Policy"].split("frame-ancestors")[1]


def test_the_trap_keeps_what_it_caught_and_says_so(browser, form):
    answer = send(browser, form, website="https://spam.example")

    assert answer.status_code == 422
    submission = Submission.objects.get()
    assert (submission.state, submission.reason) == ("refused", "trap")
    assert not Delivery.objects.filter(task="intake.tasks.process_received").exists()


@pytest.mark.parametrize("seconds", [0, 25 * 3600])
def test_what_no_hand_typed_is_asked_for_once_more_and_loses_no_word(browser, form, seconds):
    answer = send(browser, form, began=opened(form, seconds_ago=seconds))

    assert answer.status_code == 422
    assert ANSWERS["message"] in answer.content.decode()
    assert not Submission.objects.exists()


def test_too_much_is_refused_before_it_is_read(browser, form):
    answer = send(browser, form, message="x" * 70_000)

    assert answer.status_code == 413
    assert not Submission.objects.exists()


def test_an_address_sends_so_often_and_no_oftener_whatever_runs(browser, form, settings):
    settings.INTAKE_MOST_PER_ADDRESS = 2

    statuses = [send(browser, form, message=f"Nr. {number}").status_code for number in range(3)]

    assert statuses == [303, 303, 429]
    assert Submission.objects.count() == 2


def test_errors_stand_at_their_fields_and_for_scripts_in_the_answer(browser, form):
    page = send(browser, form, email="keine")
    url = reverse("intake:form_page", args=[form.address])
    script = browser.post(url, {"email": "x"}, headers={"Accept": "application/json"})

    assert page.status_code == script.status_code == 422
    assert script["Content-Type"] == "application/problem+json"
    assert {error["field"] for error in script.json()["errors"]} == {"email", "last_name"}


def test_files_are_taken_where_the_form_says_so_and_are_what_they_claim(browser):
    form = build_form(takes_files=True)

    good = send(browser, form, files=SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan"))
    bad = send(browser, form, files=SimpleUploadedFile("plan.pdf", b"MZ"))

    assert (good.status_code, bad.status_code) == (303, 422)
    assert [file.name for file in Submission.objects.get().files.all()] == ["plan.pdf"]


def test_a_consent_by_mail_holds_once_it_is_confirmed_and_the_person_known(browser, form):
    send(browser, form, phone="+49 30 1234567", consent_email="on", consent_phone="on")
    submission = Submission.objects.get()
    process_submission(submission)
    person = PersonFactory()
    link_lead(Lead.objects.get(), person=person, company=None, actor=None)
    mail_due_consents()
    mail_due_consents()

    link = next(word for word in mail.outbox[0].body.split() if "/confirm/" in word)
    assert len(mail.outbox) == 1
    assert SubmittedConsent.objects.get(means="email").digest not in link
    path = link[link.index("/intake/") :]
    assert browser.get(path).status_code == 200
    assert not SubmittedConsent.objects.exclude(confirmed_at=None).exists()

    assert browser.post(path).status_code == 200
    assert browser.post(path).status_code == browser.get(path).status_code == 404
    keep_left_evidence()
    assert keep_left_evidence() == 0

    entries = {entry.means: entry for entry in LegalEntry.objects.filter(person=person)}
    assert (entries["email"].proof, entries["email"].value) == ("double_opt_in", "nora@neu.example")
    assert (entries["phone"].proof, entries["phone"].is_proven) == ("", False)


def test_nobodys_mailbox_is_filled_by_typing_their_address_again_and_again(browser, form):
    for number in range(5):
        send(browser, form, message=f"Nr. {number}", consent_email="on")
    for submission in Submission.objects.all():
        process_submission(submission)

    mail_due_consents()

    assert len(mail.outbox) == 3


def test_the_owner_of_the_form_gets_the_lead_and_reads_why(browser):
    owner = UserFactory()
    form = build_form(owner=owner)
    send(browser, form)

    process_submission(Submission.objects.get())

    lead = Lead.objects.get()
    assert lead.owner == owner
    assert "Anfrage" in lead.assignments.get().why


@pytest.mark.parametrize("data", [{"last_name": "a\x00b"}, {"visitor": "kein"}, {"email": "x" * 5000}])
def test_hostile_input_gets_an_answer(browser, form, data):
    assert send(browser, form, **data).status_code in (303, 422)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (rb'{"last_name": "\ud800", "email": "a@b.example"}', 202),
        (rb'{"last_name": ["x"], "email": {"a": 1}}', 422),
        (b"[1]", 400),
        (b"{", 400),
        (b"[" * 20_000, 400),
        (b"\xff\xfe", 400),
    ],
)
def test_hostile_json_gets_an_answer(browser, form, body, status):
    url = reverse("intake:form_page", args=[form.address])
    headers = {"Origin": f"https://{SITE}"}

    assert browser.post(url, body, content_type="application/json", headers=headers).status_code == status


def test_the_list_of_submissions_costs_the_same_for_two_and_twenty(
    browser, form, client, people, count_queries
):
    log_in(client, people, "manager")
    counted = []
    for count in (2, 18):
        for number in range(count):
            send(browser, form, last_name=f"Neu {count}-{number}", email=f"n{count}-{number}@neu.example")
        process()
        with count_queries() as queries:
            answer = client.get(reverse("intake:submission_list"))
        counted.append((len(answer.context["page"].rows), len(queries)))

    assert [rows for rows, _queries in counted] == [2, 20]
    assert counted[0][1] == counted[1][1]
