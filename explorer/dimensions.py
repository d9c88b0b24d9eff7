"""The dimensions that several subjects share: time, customer, deal."""

from django.db.models import DateField, F, OuterRef, Subquery, Value
from django.db.models.functions import (
    Coalesce,
    Concat,
    Left,
    NullIf,
    TruncDay,
    TruncMonth,
    TruncQuarter,
    TruncWeek,
    TruncYear,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Product, ProductGroup
from contacts.models import Address, Company
from explorer.kinds import Key, People, RowsOf, Stages, Teams, Texts, Times, Words
from explorer.words import Dimension
from leads.models import Campaign, Source
from pipeline.models import DealKind, LossReason, Outcome

GRAINS = {
    "year": (pgettext_lazy("span of time", "Year"), TruncYear, "quarter"),
    "quarter": (pgettext_lazy("span of time", "Quarter"), TruncQuarter, "month"),
    "month": (pgettext_lazy("span of time", "Month"), TruncMonth, "week"),
    "week": (pgettext_lazy("span of time", "Calendar week"), TruncWeek, "day"),
    "day": (pgettext_lazy("span of time", "Day"), TruncDay, ""),
}
# How many digits of a postal code make an area: two are a region, one is a zone.
REGION_DIGITS, ZONE_DIGITS = 2, 1

CUSTOMER_STATUS: dict[Key, str | Promise] = {True: _("new customer"), False: _("repeat customer")}
DIRECT: dict[Key, str | Promise] = {True: _("accepted as offered"), False: _("negotiated")}


def times(moment: str) -> dict[str, Dimension]:
    """Spans of the calendar of Berlin, from years to days."""
    return {
        name: Dimension(label, cut(moment, output_field=DateField()), Times(name), finer, moment=moment)
        for name, (label, cut, finer) in GRAINS.items()
    }


def people(rep: str, team: str) -> dict[str, Dimension]:
    """Who and which team."""
    return {
        "team": Dimension(_("Team"), F(team), Teams(), "rep", guard="team"),
        "rep": Dimension(
            pgettext_lazy("person in charge", "Owner"), F(rep), People(), guard="rep", unknown=_("nobody")
        ),
    }


def customers(path: str = "") -> dict[str, Dimension]:
    """What is known of the company; where it lies also of a person without one."""
    zone, region = _place(path, ZONE_DIGITS), _place(path, REGION_DIGITS)
    return {
        "industry": Dimension(_("Industry"), filled(f"{path}company__industry"), Texts()),
        "size": Dimension(
            pgettext_lazy("of a company", "Size"),
            filled(f"{path}company__size_class"),
            Words(dict(Company.Size.choices)),
        ),
        "zone": Dimension(_("Postal zone (one digit)"), zone, Texts(), "region"),
        "region": Dimension(_("Region (postal code)"), region, Texts()),
    }


def origins(source: str, campaign: str) -> dict[str, Dimension]:
    """Where it came from."""
    return {
        "source": Dimension(_("Source"), F(source), RowsOf(Source), "campaign"),
        "campaign": Dimension(_("Campaign"), F(campaign), RowsOf(Campaign)),
    }


def products(product: str) -> dict[str, Dimension]:
    """What it is about."""
    return {
        "group": Dimension(_("Product group"), F(f"{product}__group"), RowsOf(ProductGroup), "product"),
        "product": Dimension(_("Product"), F(product), RowsOf(Product)),
    }


def deal_facts(path: str = "") -> dict[str, Dimension]:
    """What is known of a deal, beside its owner and its times."""
    return {
        "kind": Dimension(_("Kind of business"), F(f"{path}kind"), Words(dict(DealKind.choices))),
        "outcome": Dimension(
            pgettext_lazy("of a deal", "Outcome"), F(f"{path}outcome"), Words(dict(Outcome.choices)), "stage"
        ),
        "stage": Dimension(_("Stage (now)"), F(f"{path}stage"), Stages()),
        "reason": Dimension(
            _("Loss reason"), F(f"{path}loss_reason"), RowsOf(LossReason), unknown=_("not lost")
        ),
        "customer": Dimension(
            _("Customer status"),
            F(f"{path}is_new_customer"),
            Words(CUSTOMER_STATUS),
            unknown=_("not won"),
        ),
        "direct": Dimension(
            _("Acceptance"),
            F(f"{path}accepted_directly"),
            Words(DIRECT),
            unknown=_("no offer accepted"),
        ),
        **origins(f"{path}source", f"{path}lead__campaign"),
        **products(f"{path}product"),
        **customers(path),
    }


def filled(path: str) -> NullIf:
    """A text, or nothing: an empty one is not known."""
    return NullIf(F(path), Value(""))


def _place(path: str, digits: int) -> Coalesce:
    """The country and the first digits of the postal code of the main address: the first one entered."""
    return Coalesce(
        _of_first(f"{path}company", "company", digits), _of_first(f"{path}person", "person", digits)
    )


def _of_first(path: str, owner: str, digits: int) -> Subquery:
    addresses = Address.objects.filter(**{owner: OuterRef(path)}).exclude(postal_code="").order_by("pk")
    area = Concat(F("country"), Value(" "), Left("postal_code", digits))
    return Subquery(addresses.annotate(area=area).values("area")[:1])
