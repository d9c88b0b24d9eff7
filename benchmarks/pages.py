"""Which pages are measured, as whom, and how fast they are to be."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from benchmarks.browser import Answer, Browser
from benchmarks.histories import NAME
from benchmarks.offers import offer_secret, offer_sent, offer_written
from benchmarks.staff import ADMIN_EMAIL, REP_EMAIL
from contacts.models import Company, Person
from core.pagination import keyset_page
from pipeline.models import Deal, Stage

CHANGES = "subject=changes&period=all&rows=month&split=team&columns=to_stage"
REGIONS = "subject=deals&period=all&rows=region&columns=year&measure=value"
PIVOT = "period=all&rows=region&columns=group"
NEWEST_FIRST = ("-opened_at", "-id")


@dataclass
class Page:
    """One thing people do, how it is asked for in a given round, and its goal in empty views."""

    name: str
    email: str
    goal: int | None
    ask: Callable[[Browser, int, bool], Answer]


def measured_pages() -> list[Page]:
    """All of them, for the company that is loaded."""
    owner = User.objects.get(email=REP_EMAIL)
    own = Deal.objects.filter(owner=owner, outcome="open", stage=Stage.ANGEBOT).exclude(company=None)
    moved, shown = own.order_by("pk")[:2]
    board, deals, search = (
        reverse("pipeline:deal_board"),
        reverse("pipeline:deal_list"),
        reverse("search:results"),
    )
    box, companies = reverse("search:suggestions"), reverse("contacts:company_list")
    explorer = reverse("explorer:explorer")
    busy = Person.objects.get(last_name=NAME)
    timeline = reverse("activities:timeline", args=["persons", busy.pk])
    draft, lying, secret = offer_written(), offer_sent(), offer_secret()
    customer = " ".join(shown.customer_name.split()[:2])
    pages = [
        Page("board of a rep", REP_EMAIL, 25, _get(f"{board}?owner=me")),
        Page("board of everyone", ADMIN_EMAIL, 30, _get(f"{board}?owner=all")),
        Page("totals of everyone", ADMIN_EMAIL, 40, _get(_totals())),
        Page("list of 50", ADMIN_EMAIL, 15, _get(deals)),
        Page("filtered list", ADMIN_EMAIL, 15, _get(f"{deals}?outcome=lost&stage=3&value_from=5000")),
        Page("deep page of the list", ADMIN_EMAIL, 15, _get(f"{deals}?cursor={_middle()}")),
        Page("deal", REP_EMAIL, 25, _get(reverse("pipeline:deal_detail", args=[shown.pk]))),
        Page("dashboard", ADMIN_EMAIL, 20, _get(reverse("reporting:dashboard"))),
        Page(
            "stage quotas of everyone", ADMIN_EMAIL, None, _get(f"{reverse('reporting:evaluation')}?of=all")
        ),
        Page("stage quotas of a rep", REP_EMAIL, None, _get(reverse("reporting:evaluation"))),
        Page("funnel calculator", ADMIN_EMAIL, None, _get(reverse("reporting:calculator"))),
        Page("purchases of a year", ADMIN_EMAIL, None, _get(reverse("reporting:purchases"))),
        Page("purchases of all time", ADMIN_EMAIL, None, _get(f"{reverse('reporting:purchases')}?{PIVOT}")),
        Page("explorer: stage changes", ADMIN_EMAIL, None, _get(f"{explorer}?{CHANGES}")),
        Page("explorer: deals by region", ADMIN_EMAIL, None, _get(f"{explorer}?{REGIONS}")),
        Page("data quality of a rep", REP_EMAIL, None, _get(reverse("quality:overview"))),
        Page("queue of a rep", REP_EMAIL, None, _get(reverse("quality:queue"))),
        Page("editor, 100 lines", REP_EMAIL, None, _get(reverse("offers:version_edit", args=[draft.pk]))),
        Page("offer, 100 lines", REP_EMAIL, None, _get(reverse("offers:version_detail", args=[lying.pk]))),
        Page("PDF of 100 lines", REP_EMAIL, None, _get(reverse("offers:version_document", args=[draft.pk]))),
        Page("page of the customer", REP_EMAIL, None, _get(reverse("offers:customer_offer", args=[secret]))),
        Page("changes since Monday", ADMIN_EMAIL, None, _get(reverse("reporting:changes"))),
        Page("move", REP_EMAIL, 10, _move(moved)),
        Page("search", REP_EMAIL, 20, _get(f"{search}?{urlencode({'q': customer})}")),
        *(
            Page(f"box: {text}", REP_EMAIL, None, _get(f"{box}?{urlencode({'q': text})}"))
            for text in ("müller", "Schnieder Maschinenbau", "0897123", "post1234", "Weber Kiel")
        ),
        Page("person, 5,000 entries", REP_EMAIL, 25, _get(busy.get_absolute_url())),
        Page("timeline of 5,000", REP_EMAIL, 15, _get(timeline)),
        Page("inbox of leads", REP_EMAIL, 25, _get(f"{reverse('leads:lead_list')}?owner=me&state=open")),
        Page("leads of everyone", ADMIN_EMAIL, 25, _get(reverse("leads:lead_list"))),
        Page("leads measured", ADMIN_EMAIL, None, _get(reverse("reporting:leads"))),
        Page("companies", REP_EMAIL, 15, _get(companies)),
        Page("filtered companies", REP_EMAIL, 15, _get(f"{companies}?q=bau&postal=2&sort=-created")),
        Page("deep page of companies", REP_EMAIL, 15, _get(f"{companies}?cursor={_middle_company()}")),
    ]
    return [page for page in pages if page.name != "totals of everyone" or _totals()]


def _get(path: str) -> Callable[[Browser, int, bool], Answer]:
    return lambda browser, number, tells: browser.get(path, tells=tells)


def _move(deal: Deal) -> Callable[[Browser, int, bool], Answer]:
    """There and back again."""
    path = reverse("pipeline:deal_move", args=[deal.pk])
    ways = [(Stage.ANGEBOT, Stage.VERHANDLUNG), (Stage.VERHANDLUNG, Stage.ANGEBOT)]

    def ask(browser: Browser, number: int, tells: bool) -> Answer:
        seen_in, to = ways[number % 2]
        fields = {"seen_in": int(seen_in), "to": int(to), "confirmed": "on"}
        return browser.post(path, fields, page=f"{reverse('pipeline:deal_board')}?owner=me", tells=tells)

    return ask


def _totals() -> str:
    """The totals of a board, where they come as a fragment of their own."""
    try:
        return f"{reverse('pipeline:deal_totals')}?owner=all"
    except NoReverseMatch:
        return ""


def _middle_company() -> str:
    """What the list of companies calls the page in its middle."""
    by_name = Company.objects.current().order_by("sort_key", "id")
    middle = by_name[by_name.count() // 2]
    return keyset_page(Company.objects.filter(sort_key__gte=middle.sort_key), ("sort_key", "id")).next_cursor


def _middle() -> str:
    """What the list calls the page in its middle."""
    newest = Deal.objects.order_by(*NEWEST_FIRST)
    middle = newest[newest.count() // 2]
    return keyset_page(Deal.objects.filter(opened_at__lte=middle.opened_at), NEWEST_FIRST).next_cursor
