"""What a user reads of the rows found: name, what tells it from others of the same name, where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from contacts.models import Company, Employment, Person
from offers.models import Order
from pipeline.models import Deal, StageSetting
from search.finding import Found

MOST_HINTS = 2
_DEALS = reverse_lazy("pipeline:deal_list")
_COMPANIES = reverse_lazy("contacts:company_list")
_PERSONS = reverse_lazy("contacts:person_list")
_ORDERS = reverse_lazy("offers:order_list")


@dataclass(frozen=True)
class Hit:
    """One row; a deal brings itself along for its stage and value."""

    name: str
    hint: str
    url: str
    deal: Deal | None = None


@dataclass(frozen=True)
class Group:
    """The hits of one kind; where there are more, `more_url` leads to the list of all."""

    label: str | Promise
    symbol: str
    hits: list[Hit]
    more_url: str


def read_groups(found: Found, text: str, *, size: int) -> list[Group]:
    """The kinds with hits, up to `size` of each; `found` has one more of a kind where there are more."""
    _load(found)
    name = urlencode({"q": text})
    groups = [
        Group(
            _("Deals"),
            "funnel",
            [_of_deal(deal) for deal in found.deals[:size]],
            f"{_DEALS}?{name}&owner=all",
        ),
        Group(
            _("Companies"),
            "building-2",
            [_of_company(row) for row in found.companies[:size]],
            f"{_COMPANIES}?{name}",
        ),
        Group(_("People"), "users", [_of_person(row) for row in found.persons[:size]], f"{_PERSONS}?{name}"),
    ]
    orders = [_of_order(order) for order in found.orders[:size]]
    groups.append(Group(_("Orders"), "receipt-text", orders, f"{_ORDERS}?{name}"))
    kinds: tuple[Sequence[object], ...] = (found.deals, found.companies, found.persons, found.orders)
    has_more = [len(rows) > size for rows in kinds]
    return [
        group if more else replace(group, more_url="")
        for group, more in zip(groups, has_more, strict=True)
        if group.hits
    ]


def _load(found: Found) -> None:
    present = Employment.objects.present().select_related("company").order_by("pk")
    prefetch_related_objects(found.companies, "addresses")
    prefetch_related_objects(found.persons, Prefetch("employments", present, to_attr="present_employments"))


def _of_deal(deal: Deal) -> Hit:
    return Hit(deal.customer_name, deal.title, reverse("pipeline:deal_detail", args=[deal.pk]), deal)


def _of_order(order: Order) -> Hit:
    customer = str(order.company or order.person or "")
    return Hit(order.number, customer, reverse("offers:order_detail", args=[order.pk]))


def _of_company(company: Company) -> Hit:
    places = [address.city for address in company.addresses.all() if address.city]
    return _hit(company, "contacts:company_detail", [company.industry, *places[:MOST_HINTS]])


def _of_person(person: Person) -> Hit:
    jobs: list[Employment] = person.present_employments  # type: ignore[attr-defined]
    employers = [str(job.company) for job in jobs]
    return _hit(person, "contacts:person_detail", employers[:MOST_HINTS])


def _hit(row: Company | Person, page: str, hints: list[str]) -> Hit:
    return Hit(str(row), " · ".join(hint for hint in hints if hint), reverse(page, args=[row.pk]))


def settings_by_stage() -> dict[int, StageSetting]:
    """What the badges of deals say."""
    return {setting.stage: setting for setting in StageSetting.objects.all()}
