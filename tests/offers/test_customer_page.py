"""The customer's page: the secret opens it, nothing but POST changes anything, each answer has one effect."""

import hashlib
from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.models import Event
from offers.actions import mark_sent, new_version, revoke_links, withdraw_version
from offers.models import Acceptance, OfferLink, OfferState, SentDocument
from pipeline.models import Stage
from tests.offers.offered import linked, sent

pytestmark = pytest.mark.django_db

SIGNED = {"name": "Petra Weiß", "email": "petra@weiss.example", "agree": "on"}


def url(name: str, token: str) -> str:
    return reverse(f"offers:customer_{name}", args=[token])


def test_the_page_shows_the_offer_and_the_very_file_that_was_sent(client):
    version, token = linked()

    page = client.get(url("offer", token))
    file = client.get(url("document", token))

    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    for words in (version.offer.number, "Pumpe", "Wartung", "2.975,00\xa0€"):
        assert words in page.content.decode()
    kept = SentDocument.objects.get()
    assert hashlib.sha256(file.content).hexdigest() == kept.sha256
    assert version.offer.number in pypdfium2.PdfDocument(file.content)[0].get_textpage().get_text_range()


def test_looking_changes_nothing_and_the_first_look_is_noted_once(client):
    _version, token = linked()
    before = Event.objects.count()

    for name in ("offer", "sums", "document"):
        client.get(url(name, token))
    assert Event.objects.count() == before
    assert client.get(url("accept", token)).status_code == 405
    client.post(url("opened", token))
    client.post(url("opened", token))

    assert Event.objects.filter(kind="offer.opened").count() == 1
    assert OfferLink.objects.get().opened_at is not None


def test_only_the_hash_of_the_secret_is_kept():
    _version, token = linked()

    assert len(token) == 43
    assert token not in str(list(OfferLink.objects.values()))


@pytest.mark.parametrize("what", ["wrong", "revoked", "old", "hostile"])
def test_what_opens_nothing_is_not_found(client, what):
    version, token = linked()
    if what == "wrong":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    elif what == "revoked":
        revoke_links(version, actor=version.offer.deal.owner)
    elif what == "hostile":
        token = "\x00'ẞ" * 300
    later = timezone.now() + timedelta(days=400 if what == "old" else 0)

    with time_machine.travel(later):
        answers = {client.get(url("offer", token)).status_code, client.post(url("accept", token)).status_code}

    assert answers == {404}


def test_ticked_items_change_the_sum_and_are_bought(client):
    version, token = linked()

    seen = client.get(url("sums", token), {"chosen": "3"})
    client.post(url("accept", token), {**SIGNED, "chosen": ["3", "99", "-1", "x"]})

    assert "3.332,00\xa0€" in seen.content.decode()
    version.refresh_from_db()
    deal = version.offer.deal
    deal.refresh_from_db()
    assert version.state == OfferState.ACCEPTED
    assert version.lines.get(position=3).is_chosen
    assert (deal.stage, deal.value, deal.accepted_directly) == (Stage.ABSCHLUSS, 2800, True)
    evidence = Acceptance.objects.get()
    assert (evidence.name, evidence.address) == ("Petra Weiß", "127.0.0.1")
    assert evidence.sha256 == version.document.sha256


def test_accepting_twice_accepts_once(client):
    _version, token = linked()

    answers = [client.post(url("accept", token), SIGNED).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert Event.objects.filter(kind="offer.accepted").count() == 1


def test_without_name_or_tick_nothing_is_accepted(client):
    version, token = linked()

    answer = client.post(url("accept", token), {"name": "\x00", "email": "x", "chosen": "3"})

    assert answer.status_code == 422
    version.refresh_from_db()
    assert version.state == OfferState.SENT


def test_a_demand_moves_the_deal_to_negotiation_and_acceptance_is_no_longer_direct(client):
    version, token = linked()
    deal = version.offer.deal

    wish = {"name": "Petra Weiß", "kind": "price", "text": "10 % weniger", "amount": "250"}
    assert client.post(url("counter", token), wish).status_code == 302
    deal.refresh_from_db()
    assert deal.stage == Stage.VERHANDLUNG
    client.post(url("accept", token), SIGNED)

    deal.refresh_from_db()
    assert (deal.stage, deal.accepted_directly) == (Stage.ABSCHLUSS, False)


def test_a_question_is_asked_once_and_its_answer_is_shown(client):
    version, token = linked()

    for _time in range(2):
        client.post(url("ask", token), {"name": "Petra", "text": "Wann liefern Sie?"})
    question = version.offer.questions.get()
    question.answer, question.answered_at = "Im Mai", timezone.now()
    question.save()

    assert "Im Mai" in client.get(url("offer", token)).content.decode()


def close(version, how: str) -> None:
    owner = version.offer.deal.owner
    if how == "superseded":
        newer = new_version(version, actor=owner)
        mark_sent(newer, seen_revision=newer.revision, actor=owner)
    elif how == "withdrawn":
        withdraw_version(version, actor=owner)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("superseded", "neuere Fassung"),
        ("withdrawn", "zurückgezogen"),
        ("expired", "abgelaufen"),
        ("declined", "abgelehnt"),
    ],
)
def test_what_is_over_says_so_kindly_and_cannot_be_accepted(client, how, words):
    version, token = linked()
    close(version, how)
    if how == "declined":
        client.post(url("decline", token), {"reason": "Zu teuer"})
    later = timezone.now() + timedelta(days=21 if how == "expired" else 0)

    with time_machine.travel(later):
        page = client.get(url("offer", token))
        answer = client.post(url("accept", token), SIGNED)

    assert words in page.content.decode()
    assert answer.status_code == 422
    assert not Acceptance.objects.exists()


def test_a_link_is_not_used_more_often_than_people_do(client):
    _version, token = linked()
    OfferLink.objects.update(uses=60, minute_at=timezone.now())

    assert client.get(url("offer", token)).status_code == 429


def test_private_customers_read_prices_with_vat(client):
    _version, token = linked(sent(shows_gross=True))

    page = client.get(url("offer", token)).content.decode()

    assert "1.487,50\xa0€" in page
    assert "2.975,00\xa0€" in page
