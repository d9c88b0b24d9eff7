"""Every page of the product in the states people see it in: what the tests of its looks walk through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from activities.models import Activity
from explorer.actions import add_card, add_dashboard
from leads.models import ScoreRule
from offers.actions.approval_links import approval_secret, make_approval_links
from offers.actions.links import digest_of
from offers.models import OfferLink
from pipeline.models import Stage
from reporting import actions as figures
from tests.conftest import People, log_in
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    DealFactory,
    FollowUpFactory,
    PersonFactory,
    won,
)
from tests.offers.offered import sent
from tests.permissions import world as worlds
from tests.permissions.declare import World
from tests.reporting.world import random_stories, write

# What opens the page of an offer.
SECRET = "s" * 43
LONG_NAME = "Donaudampfschifffahrtsgesellschaft für Klimaanlagenwartungsverträge Süddeutschland GmbH & Co. KG"

# What answers GET without being a page of its own: a part of one, which is looked at there.
PARTS = {
    "privacy:report_file",
    "activities:appointment_clashes",
    "activities:caller_lookup",
    "activities:colleague_options",
    "activities:reminders",
    "activities:appointment_file",
    "activities:calendar_feed",
    "activities:file_download",
    "healthz",
    "intake:api_leads",
    "intake:form_preview",
    "intake:visit_script",
    "intake:visit_view",
    "intake:submission_file",
    "home",
    "core:job_detail",
    "mailbox:mail_raw",
    "mailbox:whole_mail",
    "imports:import_template",
    "contacts:companies_merge",
    "contacts:company_options",
    "contacts:person_options",
    "contacts:person_at_hand",
    "contacts:at_hand",
    "contacts:place_options",
    "contacts:tag_options",
    "catalog:product_options",
    "offers:company_offers",
    "offers:company_orders",
    "offers:deal_offers",
    "offers:gathered",
    "offers:offer_detail",
    "offers:version_price",
    "offers:person_orders",
    "offers:deal_orders",
    "offers:deal_negotiation",
    "offers:customer_sums",
    "offers:version_dispatch",
    "offers:version_document",
    "offers:customer_document",
    "offers:product_buyers",
    "contacts:persons_merge",
    "pipeline:board_news",
    "pipeline:company_deals",
    "pipeline:person_deals",
    "pipeline:deal_card",
    "pipeline:deal_column",
    "pipeline:deal_panel",
    "leads:company_leads",
    "pipeline:lead_outcome",
    "leads:person_leads",
    "activities:lead_panel",
    "partners:company_panel",
    "partners:deal_panel",
    "partners:order_panel",
    "partners:person_panel",
    "potentials:company_panel",
    "reporting:dashboard_part",
    "reporting:funnel_ribbon",
    "reporting:deal_judgement",
    "reporting:company_suggestions",
    "reporting:offer_suggestions",
    "reporting:wall_figures",
    "search:suggestions",
    "privacy:person_panel",
    "automation:deal_panel",
    "automation:company_panel",
    "automation:notices",
}

Key = Callable[[World], tuple[object, ...]]


@dataclass(frozen=True)
class Look:
    """A page in one state: whose, at which address, and what was done there before we look."""

    route: str
    args: Key = lambda world: ()
    query: Callable[[World], str] = lambda world: ""
    who: str = "owner"
    then: Callable[[Page], None] = lambda page: None
    label: str = ""

    def __str__(self) -> str:
        return f"{self.route} {self.label}".strip()


def deal(world: World) -> tuple[object, ...]:
    return (world.deal.pk,)


def beside_deal(world: World) -> tuple[object, ...]:
    return ("deals", world.deal.pk)


def company(world: World) -> tuple[object, ...]:
    return (world.company.pk,)


def person(world: World) -> tuple[object, ...]:
    return (world.person.pk,)


def employment(world: World) -> tuple[object, ...]:
    return (world.employment.pk,)


def potential(world: World) -> tuple[object, ...]:
    return (world.potential.pk,)


def lead(world: World) -> tuple[object, ...]:
    return (world.lead.pk,)


def call_list(world: World) -> tuple[object, ...]:
    return (world.call_entry.call_list_id,)


def picked_lead(world: World) -> str:
    return f"pick={world.lead.pk}"


def draft_import(world: World) -> tuple[object, ...]:
    return (world.brought.pk,)


def done_import(world: World) -> tuple[object, ...]:
    return (world.brought_in.pk,)


def imported_file(world: World) -> tuple[object, ...]:
    return (world.file.pk,)


def order(world: World) -> tuple[object, ...]:
    return (world.order.pk,)


def approval_way(world: World) -> str:
    """The secret in the mail to the manager."""
    make_approval_links(world.approval)
    return approval_secret(world.approval.pk, world.people.manager.pk)


def draft_offer(world: World) -> tuple[object, ...]:
    return (world.offer_draft.pk,)


def sent_offer(world: World) -> tuple[object, ...]:
    return (world.offer_sent.pk,)


def offer(world: World) -> tuple[object, ...]:
    return (world.offer_draft.offer_id,)


def product(world: World) -> tuple[object, ...]:
    return (world.deal.product_id,)


def kept_dashboard(world: World) -> tuple[object, ...]:
    """A dashboard of the reader's with two cards."""
    dashboard = add_dashboard("Woche", actor=world.people.owner)
    for shown in ("lines", "heat"):
        add_card(dashboard, title=shown, query=f"columns=stage&show={shown}")
    return (dashboard.pk,)


PIVOT = "rows=team&split=rep&columns=stage&measure=value&period=all"
WIDE = ("place", "phone", "email", "owner", "status", "purchases", "tags", "industry", "vat_id")


def saved_view(world: World) -> tuple[object, ...]:
    return (world.view.pk,)


def picked(world: World) -> str:
    return f"pick={world.deal.pk}"


def send(page: Page) -> None:
    """Send the form of the page as it is, and wait for what is wrong with it."""
    page.locator("main form[method=post] [type=submit]:not([aria-hidden])").first.click()
    expect(page.locator("main .is-invalid, main .form-errors").first).to_be_attached()


def send_lead(page: Page) -> None:
    """The same of a form whose first button recognises fields."""
    page.locator("main .form-actions [type=submit]").click()
    expect(page.locator("main .is-invalid, main .form-errors").first).to_be_attached()


def open_panel(page: Page) -> None:
    """The deal of a card, beside the board."""
    page.locator(".card .ti").first.click()
    expect(page.locator("#panel .stepper")).to_be_visible()


def open_dialog(page: Page) -> None:
    """A call to log, in the dialog, sent without a result."""
    page.locator("[data-key=a]").first.click()
    page.locator("#dialog .btn-primary").click()
    expect(page.locator("#dialog .form-errors")).to_be_visible()


def open_fact(page: Page) -> None:
    """The little window in which one fact is changed."""
    page.locator(".fact-edit").first.click()
    expect(page.locator("#fact-editor .btn-primary")).to_be_visible()


def open_menu(page: Page) -> None:
    """The menu of a card."""
    page.locator(".card").first.hover()
    page.locator(".card-menu").first.click()
    expect(page.locator(".menu-list:popover-open")).to_be_visible()


def make_key(page: Page) -> None:
    """The secret of a key, which is shown once."""
    page.locator("main form[method=post] [type=submit]:not([aria-hidden])").last.click()
    expect(page.locator("#secret")).to_be_visible()


def make_source_key(page: Page) -> None:
    """The secret of a source's key, which is shown once."""
    page.locator("#id_name").fill("Webshop")
    page.locator("#id_source").select_option(index=1)
    page.locator("main form[method=post] [type=submit]:not([aria-hidden])").last.click()
    expect(page.locator("#secret")).to_be_visible()


def save(page: Page) -> None:
    """Save the form of the page as it is; a toast says so."""
    page.locator("main form[method=post] [type=submit]:not([aria-hidden])").first.click()
    expect(page.locator(".toast")).to_be_visible()


def paste(page: Page) -> None:
    """An imprint, and what is recognised in it."""
    text = "Weltfirma Nord GmbH\nHafenstraße 1\n24103 Kiel\nTel. 0431 123456\nAmtsgericht Kiel HRB 123"
    page.locator("#id_text").fill(text)
    page.locator("main form[method=post] .btn-primary").click()
    expect(page.locator(".proposal-tick").first).to_be_visible()


def unfold(page: Page) -> None:
    """When a field was last confirmed, and the form to note what matters."""
    page.locator(".stand > summary").first.click()
    page.locator(".known-form > summary").first.click()


def open_user_menu(page: Page) -> None:
    """What belongs to the user: below the navigation, which a phone opens first."""
    if page.locator(".menu-opener").is_visible():
        page.locator(".menu-opener").click()
    page.locator(".me-button").click()
    expect(page.locator("#user-menu")).to_be_visible()


def open_keys(page: Page) -> None:
    """The list of keys."""
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def look_for(page: Page) -> None:
    """What the search suggests while one types."""
    page.locator("#search").fill("welt")
    expect(page.locator("#search-found .hit").first).to_be_visible()


EVERYTHING = [
    Look("accounts:login", who="anonymous"),
    Look("accounts:login", who="anonymous", then=send, label="refused"),
    Look("accounts:password_reset", who="anonymous", then=send, label="refused"),
    Look("accounts:password_reset_done", who="anonymous"),
    Look("accounts:password_reset_confirm", lambda world: ("MQ", "abc-def"), who="anonymous"),
    Look("accounts:password_reset_complete", who="anonymous"),
    Look("accounts:password_change", then=send, label="refused"),
    Look("accounts:password_change_done"),
    Look("accounts:profile", then=save, label="saved"),
    Look("accounts:profile", then=open_user_menu, label="user menu"),
    Look("pipeline:deal_board"),
    Look("pipeline:deal_board", then=open_panel, label="panel"),
    Look("pipeline:deal_board", then=open_menu, label="menu of a card"),
    Look("pipeline:deal_board", then=open_keys, label="keys"),
    Look("pipeline:deal_board", query=lambda world: "owner=all&q=nichts", label="nothing found"),
    Look("pipeline:deal_list"),
    Look("pipeline:deal_list", query=lambda world: "q=nichts", label="nothing found"),
    Look("pipeline:deal_add", then=send, label="refused"),
    Look("pipeline:deal_detail", deal),
    Look("pipeline:deal_detail", deal, then=open_dialog, label="dialog"),
    Look("pipeline:deal_detail", deal, then=open_fact, label="a fact"),
    Look("pipeline:deal_detail", lambda world: (world.closed_deal.pk,), label="lost"),
    Look("pipeline:deal_edit", deal),
    Look("leads:lead_list"),
    Look("leads:lead_list", query=lambda world: "q=gibtesnicht", label="empty"),
    Look("leads:lead_detail", lead),
    Look("leads:lead_detail", lambda world: (world.closed_lead.pk,), label="disqualified"),
    Look("leads:lead_edit", lead),
    Look("leads:lead_disqualify", lead),
    Look("leads:lead_assign", lead),
    Look("leads:lead_detail", lambda world: (world.conversion.lead_id,), label="converted"),
    Look("pipeline:lead_convert", lead),
    Look("pipeline:leads_convert", query=picked_lead),
    Look("intake:prospecting_report", lambda world: (world.prospecting_job.pk,)),
    Look("pipeline:conversion_report", lambda world: (world.conversion_job.pk,)),
    Look("reporting:purchases"),
    Look("reporting:purchases", query=lambda world: "rows=region&columns=month&period=all", label="pivot"),
    Look("explorer:explorer"),
    Look("explorer:explorer", query=lambda world: f"{PIVOT}&show=heat", label="heat"),
    Look("explorer:explorer", query=lambda world: f"{PIVOT}&show=bars", label="bars"),
    Look("explorer:explorer", query=lambda world: "columns=rep&show=lines", label="lines"),
    Look("explorer:explorer", query=lambda world: "rows=stage&show=funnel", label="funnel"),
    Look("explorer:explorer", query=lambda world: "period=before", label="empty"),
    Look("explorer:dashboard_list"),
    Look("explorer:dashboard_detail", kept_dashboard),
    Look("explorer:dashboard_detail", kept_dashboard, lambda world: "wall=on", label="wall"),
    Look("explorer:dashboard_edit", kept_dashboard),
    Look("quality:overview"),
    Look("quality:queue"),
    Look("quality:queue", query=lambda world: "place=999", label="end"),
    Look("explorer:records", query=lambda world: "period=all"),
    Look("reporting:leads"),
    Look("reporting:leads", query=lambda world: "by=campaign&period=2020", label="empty"),
    Look("leads:score_rules"),
    Look("leads:score_rule_add", who="admin", then=send, label="refused"),
    Look("leads:score_rule_edit", lambda world: (ScoreRule.objects.earliest("pk").pk,), who="admin"),
    Look("leads:chances"),
    Look("leads:leads_hand_over", query=picked_lead),
    Look("leads:leads_disqualify", query=picked_lead),
    Look("reporting:calls"),
    Look("reporting:calls_behind", query=lambda world: "what=calls"),
    Look("calling:call_lists"),
    Look("calling:desk", call_list),
    Look("calling:desk", call_list, who="colleague", label="nothing in hand"),
    Look("calling:rows_call", lambda world: ("leads",), query=picked_lead),
    Look("pipeline:deal_move", deal, lambda world: f"to={world.deal.stage + 1}"),
    Look("pipeline:deal_lose", deal),
    Look("pipeline:criterion_tick", deal),
    Look("pipeline:person_name", deal),
    Look("pipeline:member_add", deal),
    Look("pipeline:deals_hand_over", query=picked),
    Look("pipeline:deals_lose", query=picked),
    Look("activities:deals_follow_up", query=picked),
    Look("lists:start_page"),
    Look("lists:view_add", lambda world: ("board",), lambda world: "q=welt", then=send, label="refused"),
    Look("lists:view_rename", saved_view),
    Look("lists:view_delete", saved_view),
    Look("activities:today"),
    Look("activities:week"),
    Look("activities:appointment_nearby", lambda world: (world.appointment.pk,)),
    Look("activities:caller", query=lambda world: "number=030+99999999"),
    Look("activities:access_keys"),
    Look("activities:access_keys", then=make_key, label="made"),
    Look("activities:call_log", beside_deal),
    Look("activities:appointment_agree", beside_deal),
    Look("activities:meeting_agree", beside_deal),
    Look("activities:letter_log", beside_deal, then=send, label="refused"),
    Look("activities:activity_versions", lambda world: (world.activity.pk,)),
    Look("activities:note_write", beside_deal, then=send, label="refused"),
    Look("activities:follow_up_plan", beside_deal),
    Look("activities:follow_up_edit", lambda world: (world.follow_up.pk,)),
    Look("activities:appointment_hold", lambda world: (world.appointment.pk,)),
    Look("activities:activity_edit", lambda world: (world.activity.pk,)),
    Look("activities:hand_over", lambda world: (world.people.colleague.pk,), who="admin"),
    Look("mailbox:mail_queue"),
    Look("mailbox:mail_queue", query=lambda world: "state=filed", label="nothing here"),
    Look("mailbox:mail_detail", lambda world: (world.taken_mail.pk,)),
    Look("mailbox:mail_assign", lambda world: (world.taken_mail.pk,)),
    Look("mailbox:mail_reject", lambda world: (world.taken_mail.pk,)),
    Look("mailbox:mail_write", beside_deal),
    Look("mailbox:template_list"),
    Look("mailbox:template_list", who="manager", label="manager"),
    Look("mailbox:template_add", who="manager", then=send, label="refused"),
    Look("mailbox:template_edit", lambda world: (world.mail_template.pk,), who="manager"),
    Look("mailbox:signature"),
    Look("intake:form_page", lambda world: (world.lead_form.address,), who="anonymous"),
    Look(
        "intake:form_page",
        lambda world: (world.lead_form.address,),
        who="anonymous",
        then=send,
        label="refused",
    ),
    Look("intake:embedded_form", lambda world: (world.lead_form.address,), who="anonymous"),
    Look("intake:form_thanks", lambda world: (world.lead_form.address,), who="anonymous"),
    Look("intake:embedded_thanks", lambda world: (world.lead_form.address,), who="anonymous"),
    Look("intake:consent_confirm", lambda world: ("falsch",), who="anonymous"),
    Look("intake:companies_prospect", query=lambda world: f"pick={world.company.pk}"),
    Look("intake:lead_add", then=send_lead, label="refused"),
    Look("intake:form_list"),
    Look("automation:rule_list", who="admin"),
    Look("automation:rule_detail", lambda world: (world.rule.pk,), who="admin"),
    Look("automation:rule_add", who="admin", then=send, label="refused"),
    Look("automation:rule_edit", lambda world: (world.rule.pk,), who="admin"),
    Look("intake:form_detail", lambda world: (world.lead_form.pk,), who="manager"),
    Look("intake:form_add", who="manager", then=send, label="refused"),
    Look("intake:form_edit", lambda world: (world.lead_form.pk,), who="manager"),
    Look("intake:submission_list", who="manager"),
    Look("intake:submission_list", query=lambda world: "state=processed", label="nothing here"),
    Look("intake:submission_detail", lambda world: (world.submission.pk,), who="manager"),
    Look("intake:source_keys", who="manager", then=make_source_key, label="made"),
    Look("contacts:company_list"),
    Look("imports:import_list"),
    Look("imports:import_list", then=send, label="sent without a file"),
    Look("imports:import_detail", draft_import),
    Look("imports:import_detail", done_import, label="done"),
    Look("imports:import_doubts", draft_import),
    Look("imports:file_read", imported_file),
    Look("imports:file_columns", imported_file),
    Look("imports:file_values", imported_file),
    Look("contacts:company_list", query=lambda world: "columns=" + ",".join(WIDE), label="many columns"),
    Look("contacts:company_list", query=lambda world: "q=nichts", label="nothing found"),
    Look("contacts:companies_give", query=lambda world: f"pick={world.company.pk}"),
    Look("contacts:companies_tag", query=lambda world: f"pick={world.company.pk}"),
    Look("contacts:companies_presume", query=lambda world: f"pick={world.company.pk}"),
    Look("contacts:companies_archive", query=lambda world: f"pick={world.company.pk}"),
    Look("contacts:persons_give", query=lambda world: f"pick={world.person.pk}"),
    Look("contacts:persons_tag", query=lambda world: f"pick={world.person.pk}"),
    Look("contacts:persons_presume", query=lambda world: f"pick={world.person.pk}"),
    Look("contacts:persons_archive", query=lambda world: f"pick={world.person.pk}"),
    Look("lists:export_log"),
    Look("contacts:company_detail", company),
    Look("contacts:company_add", then=send, label="refused"),
    Look("contacts:company_edit", company),
    Look("contacts:company_recognise", company, then=paste, label="proposals"),
    Look("contacts:employee_add", company),
    Look("contacts:employee_join", company),
    Look("contacts:person_list"),
    Look("contacts:person_detail", person),
    Look("contacts:person_recognise", person),
    Look("contacts:person_photo", person, then=send, label="refused"),
    Look("contacts:person_detail", person, then=unfold, label="stand unfolded"),
    Look("contacts:person_add", then=send, label="refused"),
    Look("contacts:person_edit", person),
    Look("contacts:company_law", company),
    Look("contacts:person_law", person),
    Look("contacts:company_law_note", lambda world: (world.company.pk, "reason"), then=send, label="refused"),
    Look("contacts:person_law_note", lambda world: (world.person.pk, "consent")),
    Look("contacts:employer_join", person),
    Look("contacts:company_merge_with", company),
    Look("contacts:company_merge", lambda world: (world.pair.low.pk, world.pair.high.pk)),
    Look("contacts:person_merge_with", person),
    Look("contacts:person_merge", lambda world: (world.person.pk, world.other_person.pk)),
    Look("contacts:duplicate_list"),
    Look("contacts:duplicate_list", query=lambda world: "q=nichts", label="nothing found"),
    Look("contacts:employment_edit", employment),
    Look("contacts:employment_end", employment),
    Look("partners:partner_list"),
    Look("partners:partner_list", query=lambda world: "q=nirgends", label="empty"),
    Look("partners:partner_detail", lambda world: (world.partner.pk,)),
    Look("partners:partner_add", then=send, label="refused"),
    Look("partners:partner_edit", lambda world: (world.partner.pk,)),
    Look("partners:deal_partner_add", deal),
    Look("partners:order_partner_add", lambda world: (world.order.pk,)),
    Look("potentials:potential_list"),
    Look("potentials:potential_list", query=lambda world: "by=group", label="sums"),
    Look("potentials:potential_list", query=lambda world: "q=nirgends", label="empty"),
    Look("potentials:potential_add", company, then=send, label="refused"),
    Look("potentials:potential_edit", potential),
    Look("potentials:supply_add", company, then=send, label="refused"),
    Look("potentials:supply_edit", lambda world: (world.supply.pk,)),
    Look("offers:order_list"),
    Look("offers:order_list", query=lambda world: "q=nichts", label="nothing found"),
    Look("offers:order_add", query=lambda world: f"deal={world.deal.pk}"),
    Look("offers:order_add", then=send, label="refused"),
    Look("offers:order_detail", order),
    Look("offers:offer_list"),
    Look("offers:version_edit", draft_offer),
    Look("offers:version_detail", draft_offer, who="manager"),
    Look("offers:version_detail", sent_offer, label="with the customer"),
    Look("offers:offer_compare", offer),
    Look("offers:order_edit", order),
    Look("offers:order_cancel", order),
    Look("offers:customer_offer", lambda world: (SECRET,)),
    Look("offers:approval_page", lambda world: (approval_way(world),)),
    Look("offers:negotiation", deal),
    Look("mailbox:offer_send", sent_offer),
    Look("offers:round_add", deal, then=send, label="refused"),
    Look("offers:ground_edit", deal),
    Look("offers:guide_list"),
    Look("offers:guide_add", who="manager"),
    Look("offers:guide_edit", lambda world: (world.advice.pk,), who="manager"),
    Look("catalog:product_list"),
    Look("catalog:product_detail", product, who="manager"),
    Look("catalog:product_add", who="manager", then=send, label="refused"),
    Look("catalog:product_edit", product, who="manager"),
    Look("reporting:dashboard"),
    Look("reporting:dashboard", who="manager", label="manager"),
    Look("reporting:deals", query=lambda world: "of=all&what=begun"),
    Look("reporting:changes"),
    Look("reporting:forecast"),
    Look("reporting:forecast_review"),
    Look("reporting:evaluation"),
    Look("reporting:evaluation", who="manager", label="manager"),
    Look("reporting:activities", query=lambda world: "of=all&what=calls"),
    Look("reporting:calculator", who="manager"),
    Look("reporting:scenario_detail", lambda world: (world.scenario.pk,), who="manager"),
    Look("reporting:deal_judge", deal, who="manager"),
    Look("reporting:targets"),
    Look("reporting:targets", who="manager", label="manager"),
    Look("reporting:wall"),
    Look("privacy:overview", who="admin"),
    Look("privacy:person_history", person, who="admin"),
    Look("privacy:person_erase", person, who="admin"),
    Look("privacy:report_detail", lambda world: (world.report.pk,), who="admin"),
    Look("privacy:person_restrict", person, who="admin"),
    Look("privacy:request_note", person, then=send, label="refused"),
    Look("privacy:proposal_confirm", lambda world: (world.proposal.pk,), who="admin"),
    Look("search:results", query=lambda world: "q=welt"),
    Look("search:results", query=lambda world: "q=nichts-davon", label="nothing found"),
    Look("search:results", then=look_for, label="suggestions"),
    Look("demo:style_page", who="admin"),
    Look(
        "demo:style_page", query=lambda world: "theme=dark&width=narrow", who="admin", label="dark and narrow"
    ),
    # Pages that say no: what is not there, and what is not allowed.
    Look("pipeline:deal_detail", lambda world: (1,), label="not there"),
    Look("activities:hand_over", lambda world: (world.people.colleague.pk,), label="not allowed"),
]


def furnish(people: People) -> World:
    """The world of the permission matrix, with long names, work of today, and figures worth a picture."""
    world = worlds.build(people)
    owner = people.owner
    OfferLink.objects.create(
        version=sent(DealFactory(owner=owner)),
        digest=digest_of(SECRET),
        made_by=owner,
        expires_at=timezone.now() + timedelta(days=30),
    )
    long_one = CompanyFactory(name=LONG_NAME)
    for stage in Stage:
        DealFactory(owner=owner, stage=stage, company=long_one, title="Wartungsvertrag 2027", value=1234567)
    DealFactory(owner=owner, person=PersonFactory(last_name="von Hohenlohe-Waldenburg"), company=None)
    won(DealFactory(owner=owner, company=long_one, stage=Stage.ABSCHLUSS))
    ActivityFactory(
        author=owner, deal=world.deal, company=world.company, kind=Activity.Kind.NOTE, text=LONG_NAME
    )
    FollowUpFactory(owner=owner, company=long_one, text="Angebot nachfassen")
    write(*random_stories([owner, people.colleague], 60, seed=5))
    figures.mark_all_stale()
    figures.refresh_stale()
    return world


def walk(
    context: BrowserContext, world: World, looks: list[Look] = EVERYTHING
) -> Iterator[tuple[Look, Page]]:
    """Go through the pages one after the other, each as the user it is for, until each is complete."""
    page = context.new_page()
    who = ""
    for look in sorted(looks, key=lambda look: look.who):
        if look.who != who:
            who = look.who
            _become(context, world.people, who)
        page.goto(f"{reverse(look.route, args=look.args(world))}?{look.query(world)}")
        complete(page)
        look.then(page)
        complete(page)
        yield look, page
    page.close()


def complete(page: Page) -> None:
    """Wait until every fragment has come and nothing is being swapped any more."""
    page.wait_for_function(
        """() => !document.querySelector(
            ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added, [hx-get] > .skeleton"
        )"""
    )


def _become(context: BrowserContext, people: People, who: str) -> None:
    context.clear_cookies()
    client = Client()
    if log_in(client, people, who):
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies(
            [{"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}]
        )
