"""The places of the product: what stands in the navigation, under which key, and which one we are in."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.template import Context, Library
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

register = Library()


@dataclass(frozen=True)
class Place:
    """A page worth an entry.

    `key` follows `g`; the phone shows the five of the lowest `phone_rank`. A place `within` another one (its
    URL name) is shown while that one, or another within it, is open: the list stays short.
    """

    label: str | Promise
    url_name: str
    icon: str
    key: str = ""
    phone_rank: int = 99
    within: str = ""

    @property
    def section(self) -> str:
        """The URL name of the place this one belongs to."""
        return self.within or self.url_name


@dataclass(frozen=True)
class Entry:
    """A place that exists in this installation, as the navigation draws it."""

    place: Place
    url: str
    is_here: bool
    is_shown: bool


@dataclass(frozen=True)
class Block:
    """Entries that stand together; the first block needs no caption."""

    caption: str | Promise
    entries: list[Entry]


BLOCKS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place(_("Today"), "activities:today", "sun", "h", phone_rank=1),
            Place(pgettext_lazy("navigation", "Week"), "activities:week", "calendar-days", "k"),
            Place(_("Funnel"), "pipeline:deal_board", "funnel", "t", phone_rank=2),
            Place(_("Deals"), "pipeline:deal_list", "list", "v", phone_rank=8),
            Place(_("Leads"), "leads:lead_list", "inbox", "l", phone_rank=5),
            Place(_("Where leads come from"), "reporting:leads", "chart-column", within="leads:lead_list"),
            Place(_("Web forms"), "intake:form_list", "app-window", within="leads:lead_list"),
            Place(_("Call lists"), "calling:call_lists", "phone-call", "r"),
            Place(_("Calls measured"), "reporting:calls", "chart-column", within="calling:call_lists"),
            Place(_("Offers"), "offers:offer_list", "file-text", "a", phone_rank=4),
        ),
    ),
    (
        _("Customer database"),
        (
            Place(_("Companies"), "contacts:company_list", "building-2", "f", phone_rank=3),
            Place(_("People"), "contacts:person_list", "users", "p", phone_rank=7),
            Place(_("Products"), "catalog:product_list", "package", "o"),
            Place(pgettext_lazy("navigation", "Orders"), "offers:order_list", "shopping-cart", "b"),
            Place(_("Partners"), "partners:partner_list", "handshake", "q"),
            Place(_("Potentials"), "potentials:potential_list", "gem", "y"),
            Place(pgettext_lazy("navigation", "Mail"), "mailbox:mail_queue", "mail", "e"),
            Place(_("Duplicates"), "contacts:duplicate_list", "copy", "d"),
            Place(pgettext_lazy("navigation", "Import"), "imports:import_list", "upload", "i"),
        ),
    ),
    (
        _("Steering"),
        (
            Place(pgettext_lazy("navigation", "Reports"), "reporting:dashboard", "chart-column", "w", 6),
            Place(
                pgettext_lazy("navigation", "Explore"),
                "explorer:explorer",
                "table-2",
                "s",
                within="reporting:dashboard",
            ),
            Place(
                _("Dashboards"), "explorer:dashboard_list", "layout-dashboard", within="reporting:dashboard"
            ),
            Place(_("Data quality"), "quality:overview", "gauge", within="reporting:dashboard"),
            Place(
                pgettext_lazy("navigation", "Stage conversion"),
                "reporting:evaluation",
                "gauge",
                within="reporting:dashboard",
            ),
            Place(
                _("Purchases"), "reporting:purchases", "shopping-basket", "u", within="reporting:dashboard"
            ),
            Place(
                pgettext_lazy("navigation", "Changes"),
                "reporting:changes",
                "git-compare",
                "c",
                within="reporting:dashboard",
            ),
            Place(_("Forecast"), "reporting:forecast", "trending-up", "x"),
            Place(_("Planning"), "reporting:calculator", "target", "z"),
            Place(_("Rules"), "automation:rule_list", "workflow", "j"),
        ),
    ),
)
PHONE_PLACES = 5
# Pages reached from the administration or the menu of the user belong to no place.
NOWHERE = ("activities:access_keys", "activities:hand_over", "demo:style_page", "privacy:overview")
# Pages of a place whose names do not tell.
BELONGS = {"reporting:targets": "reporting:calculator", "reporting:scenario_detail": "reporting:calculator"}
SEARCH_PAGES = ("search:results", "contacts:company_list")


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[Block]:
    """Every place that exists, in its block, the present one marked; a block without places is left out."""
    blocks = [
        (caption, [(place, url) for place in places if (url := _address(place.url_name))])
        for caption, places in BLOCKS
    ]
    here = _here([place for _c, existing in blocks for place, _u in existing], context.get("request"))
    return [Block(caption, _entries(existing, here)) for caption, existing in blocks if existing]


@register.simple_tag(takes_context=True)
def phone_navigation(context: Context) -> list[Entry]:
    """The five places used most, for the bar at the bottom of a phone, in the order of the navigation."""
    entries = [entry for block in navigation(context) for entry in block.entries if not entry.place.within]
    chosen = sorted(entries, key=lambda entry: entry.place.phone_rank)[:PHONE_PLACES]
    return [entry for entry in entries if entry in chosen]


@register.simple_tag
def search_url() -> str:
    """Where the search box leads: the global search, or the companies until there is one."""
    return next((url for name in SEARCH_PAGES if (url := _address(name))), "")


@register.filter
def asks(query: QueryDict) -> bool:
    """Whether the address filters a list; its order, its columns and its page are no question."""
    return any(value for name, value in query.items() if name not in ("sort", "columns", "cursor"))


def _entries(existing: list[tuple[Place, str]], here: Place | None) -> list[Entry]:
    return [
        Entry(
            place,
            url,
            place is here,
            not place.within or (here is not None and here.section == place.section),
        )
        for place, url in existing
    ]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _here(places: list[Place], request: HttpRequest | None) -> Place | None:
    """The place of this page: the same page, else the same noun, else the same app."""
    match = getattr(request, "resolver_match", None)
    view_name = match.view_name if match else ""
    view_name = BELONGS.get(view_name, view_name)
    if view_name in NOWHERE:
        return None
    sections_first = sorted(places, key=lambda place: bool(place.within))
    for shorten in (_whole, _noun, _app):
        for place in sections_first:
            if view_name and shorten(place.url_name) == shorten(view_name):
                return place
    return None


def _whole(url_name: str) -> str:
    return url_name


def _noun(url_name: str) -> str:
    return url_name.split("_")[0]


def _app(url_name: str) -> str:
    return url_name.split(":")[0]
