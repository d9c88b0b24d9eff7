"""An offer leaves by mail once, with its file and the link that only the mail knows."""

import re
from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse

from activities.models import Activity
from mailbox.models import SentMail
from mailbox.sending import send_due
from offers.actions import mark_sent, withdraw_version
from offers.models import OfferLink, OfferState
from pipeline.models import Stage
from tests.conftest import log_in
from tests.factories import ChannelFactory, CompanyFactory, DealFactory
from tests.offers.offered import draft

pytestmark = pytest.mark.django_db

KEY = UUID("3f0c9a5e-5a4b-4a4e-9d62-0a4f0c0e7a12")


@pytest.fixture
def version(people):
    company = CompanyFactory()
    ChannelFactory(company=company, kind="email", value="einkauf@kunde.example")
    return draft(DealFactory(owner=people.owner, company=company, stage=Stage.KONTAKT))


def posted(version, client) -> dict[str, object]:
    """The form as it is offered."""
    form = client.get(reverse("mailbox:offer_send", args=[version.pk])).context["form"]
    return {
        "form_key": KEY,
        "to": form["to"].value(),
        "subject": form["subject"].value(),
        "text": form["text"].value(),
        "revision": version.revision,
    }


def test_sent_twice_leaves_once_with_file_and_link(client, people, version):
    log_in(client, people, "owner")
    url, said = reverse("mailbox:offer_send", args=[version.pk]), posted(version, client)

    assert [client.post(url, said).status_code for _time in range(2)] == [302, 302]
    assert (send_due(), send_due()) == (1, 0)

    version.refresh_from_db()
    (message,) = mail.outbox
    name, content, kind = message.attachments[0]
    assert (name, kind) == (f"{version.offer.number}.pdf", "application/pdf")
    assert content == bytes(version.document.content)
    assert version.offer.number in message.subject
    token = re.search(r"/offers/view/([\w-]{43})/", message.body)[1]
    assert client.get(reverse("offers:customer_offer", args=[token])).status_code == 200
    assert token not in SentMail.objects.get().text
    assert token not in Activity.objects.get(kind="mail").text
    assert OfferLink.objects.count() == 1
    assert (version.state, version.offer.deal.stage) == (OfferState.SENT, Stage.ANGEBOT)


def test_what_was_withdrawn_before_the_mail_left_stays_here(client, people, version):
    log_in(client, people, "owner")
    client.post(reverse("mailbox:offer_send", args=[version.pk]), posted(version, client))
    withdraw_version(version, actor=people.owner)

    assert send_due() == 0
    assert (mail.outbox, SentMail.objects.get().state) == ([], SentMail.State.FAILED)


def test_a_link_has_no_place_in_any_other_mail(client, people, version):
    log_in(client, people, "owner")
    deal = version.offer.deal
    url = reverse("mailbox:mail_write", args=["deals", deal.pk])
    to = deal.company.channels.get().pk

    answer = client.post(
        url, {"form_key": KEY, "to": to, "subject": "Hallo", "text": "{Angebotslink}", "purpose": "contract"}
    )

    assert answer.status_code == 422
    assert not SentMail.objects.exists()


def test_file_links_and_sending_follow_the_deal(client, people, version, settings):
    mark_sent(version, seen_revision=version.revision, actor=people.owner)
    links = [reverse(f"offers:{name}", args=[version.pk]) for name in ("link_make", "links_revoke")]
    shown = [reverse(f"offers:version_{name}", args=[version.pk]) for name in ("dispatch", "document")]
    sending = reverse("mailbox:offer_send", args=[version.pk])

    log_in(client, people, "owner")
    assert [client.get(url).status_code for url in (*shown, sending)] == [200, 200, 200]
    assert [client.post(url).status_code for url in links] == [200, 302]
    log_in(client, people, "colleague")
    assert [client.get(url).status_code for url in (*shown, sending)] == [200, 200, 403]
    assert [client.post(url).status_code for url in (*links, sending)] == [403, 403, 403]
    settings.DEAL_VISIBILITY = "own"
    assert [client.get(url).status_code for url in (*shown, sending)] == [404, 404, 404]
    assert [client.post(url).status_code for url in (*links, sending)] == [404, 404, 404]
