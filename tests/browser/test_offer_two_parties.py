"""An offer between two parties: a rep writes, a manager approves, the customer answers, an order comes."""

import re
from collections.abc import Callable
from decimal import Decimal

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from activities.models import FollowUp
from activities.offer_news import tell_owner_of
from core.models import Event
from mailbox.sending import send_due
from offers.actions import make_approval_links
from offers.approval_mail import mail_asked
from offers.models import Acceptance, ApprovalRequest, ApprovalRule, OfferState, Order
from pipeline.models import Outcome, Stage
from reporting.actions import mark_deal_stale, refresh_stale
from reporting.models import StageConversion
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import ChannelFactory, CompanyFactory, DealFactory, ProductFactory


def way_of_the_last_mail() -> str:
    """The mails that wait leave; the path of the link in the last one."""
    send_due()
    message = mail.outbox[-1]
    assert message.attachments[0][1].startswith(b"%PDF")
    found = re.search(r"/offers/view/[\w-]{43}/", message.body)
    assert found is not None
    return found[0]


def send(page: Page) -> str:
    """The rep sends the version they look at; the customer's link."""
    page.get_by_role("link", name="Per E-Mail senden").click()
    page.get_by_role("button", name="Senden", exact=True).click()
    expect(page.get_by_text("Das Angebot wird gesendet.")).to_be_visible()
    return way_of_the_last_mail()


def approve(rep: Page, manager: Page) -> None:
    """The rep may not send so much discount; the manager says yes from the mail, without logging in."""
    expect(rep.get_by_role("link", name="Per E-Mail senden")).to_have_count(0)
    rep.get_by_label("Warum es freigegeben werden soll").fill("Großkunde")
    rep.get_by_role("button", name="Freigabe anfragen").click()
    expect(rep.get_by_text("Die Freigabe ist angefragt.")).to_be_visible()
    make_approval_links(ApprovalRequest.objects.get())
    for event in Event.objects.filter(kind="offer.approval_link_made"):
        mail_asked(event.pk)
    manager.goto(re.search(r"/offers/approve/[\w-]{43}/", mail.outbox[-1].body)[0])  # type: ignore[index]
    expect(manager.get_by_text("Großkunde")).to_be_visible()
    manager.get_by_role("button", name="Freigeben", exact=True).click()
    expect(manager.get_by_text("Freigegeben.")).to_be_visible()


def test_written_asked_countered_sent_anew_accepted_and_won(
    log_in: LogIn, open_page: Callable[..., Page], people: People
):
    company = CompanyFactory(name="Nordlicht Logistik AG")
    ChannelFactory(company=company, kind="email", value="einkauf@nordlicht.example")
    pump = ProductFactory(name="Pumpe", unit="Stück", price=Decimal("1000.00"))
    deal = DealFactory(owner=people.owner, company=company, stage=Stage.KONTAKT, product=pump, title="Pumpen")

    ApprovalRule.objects.create(name="Mehr als 3 %", discount_above=Decimal("0.03"))
    deal_page = reverse("pipeline:deal_detail", args=[deal.pk])
    # The rep writes what is known already, and sends it.
    rep = log_in(people.owner, to=deal_page)
    rep.get_by_role("button", name="Angebot schreiben").click()
    rep.get_by_role("button", name="Speichern und ansehen").click()
    first = send(rep)

    # The customer asks and wants something else.
    customer = open_page(phone=True)
    customer.goto(first)
    expect(customer.get_by_role("heading", level=1)).to_contain_text("Angebot AN-")
    assert customer.evaluate("document.documentElement.scrollWidth") <= 390
    customer.get_by_text("Frage stellen").click()
    asking = customer.locator(".offer-questions form")
    asking.get_by_label("Ihr Name").fill("Petra Weiß")
    asking.get_by_label("Ihre Frage").fill("Wann liefern Sie?")
    asking.get_by_role("button").click()
    expect(customer.get_by_text("Wir kümmern uns darum.")).to_be_visible()
    customer.get_by_text("Anderen Vorschlag machen").click()
    proposing = customer.locator(".offer-otherwise form").first
    proposing.get_by_label("Ihr Name").fill("Petra Weiß")
    proposing.get_by_label("Was wünschen Sie sich?").fill("10 % weniger")
    proposing.get_by_role("button").click()
    expect(customer.get_by_text("Ihr Vorschlag ist angekommen", exact=False)).to_be_visible()

    # The deal is in Verhandlung; the rep sees what was asked, and answers with version 2.
    deal.refresh_from_db()
    assert deal.stage == Stage.VERHANDLUNG
    rep.goto(deal_page)
    expect(rep.get_by_text("Vom Kunden geöffnet")).to_be_visible()
    rep.goto(reverse("offers:negotiation", args=[deal.pk]))
    expect(rep.get_by_text("10 % weniger").first).to_be_visible()
    rep.goto(deal.offers.get().current.get_absolute_url())
    rep.get_by_role("button", name="Neue Version", exact=False).click()
    rep.locator("[name$=-discount]").first.fill("5")
    rep.get_by_role("button", name="Speichern und ansehen").click()
    approve(rep, open_page())
    rep.reload()
    second = send(rep)

    # The first version says kindly that there is another one; the customer accepts the second.
    customer.goto(first)
    expect(customer.get_by_text("neuere Fassung", exact=False)).to_be_visible()
    expect(customer.get_by_role("button", name="Verbindlich annehmen")).to_have_count(0)
    customer.goto(second)
    accepting = customer.locator(".offer-accept")
    accepting.get_by_label("Ihr Name").fill("Petra Weiß")
    accepting.get_by_label("Ihre E-Mail").fill("petra@nordlicht.example")
    accepting.get_by_role("checkbox").check()
    accepting.get_by_role("button").click()
    expect(customer.get_by_text("Angenommen von Petra Weiß", exact=False)).to_be_visible()

    # The owner hears of it, confirms the order, and the deal is won: a new customer, after negotiating.
    tell_owner_of(Event.objects.get(kind="offer.accepted").pk)
    assert FollowUp.objects.filter(owner=people.owner, text__contains="angenommen").count() == 1
    assert Acceptance.objects.get().version.state == OfferState.ACCEPTED
    rep.goto(deal.offers.get().current.get_absolute_url())
    rep.get_by_role("button", name="Auftrag bestätigen").click()
    expect(rep.locator("main")).to_contain_text("AB-")
    deal.refresh_from_db()
    assert (deal.outcome, deal.is_new_customer, deal.accepted_directly) == (Outcome.WON, True, False)
    assert Order.objects.get().lines.get().net == Decimal("950.00")

    # The quota of the rep follows: one negotiation begun, one come through, one deal won.
    mark_deal_stale(deal.pk)
    refresh_stale()
    figures = StageConversion.objects.filter(rep=people.owner, team=None, period="rolling12")
    through = figures.get(stage=Stage.VERHANDLUNG, target=Stage.ABSCHLUSS)
    assert (through.entered, through.moved_on, through.rate) == (1, 1, 1.0)
    rep.goto(reverse("reporting:dashboard") + f"?of=rep-{people.owner.pk}")
    expect(rep.locator("main")).to_contain_text("1 von 1")
