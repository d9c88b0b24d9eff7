"""What the page of a partner shows, and who helps us with one customer."""

from dataclasses import dataclass

from accounts.models import User
from contacts.models import Company, Person
from core.pagination import Page, keyset_page
from offers.models import Order
from partners.figures import CameThrough, came_through
from partners.models import DealPartner, Partner, PartnerQuerySet
from pipeline.models import Deal, StageSetting

NEWEST = ("-opened_at", "-id")
MOST_ORDERS = 30


@dataclass(frozen=True)
class PartnerPage:
    """The figures, one page of deals, and the newest orders that name the partner themselves."""

    through: CameThrough
    deals: Page[Deal]
    settings: dict[int, StageSetting]
    orders: list[Order]
    order_count: int


def read_page(partner: Partner, user: User, cursor: str) -> PartnerPage:
    """What came through a partner, as far as this user may see it."""
    deals = Deal.objects.visible_to(user).filter(pk__in=partner.deal_links.values("deal"))
    shown = deals.select_related("company", "person", "owner", "loss_reason")
    orders = Order.objects.visible_to(user).filter(pk__in=partner.order_links.values("order"))
    return PartnerPage(
        through=came_through([partner], user)[partner.pk],
        deals=keyset_page(shown.order_by(), NEWEST, cursor),
        settings={setting.stage: setting for setting in StageSetting.objects.all()},
        orders=list(orders.for_list().order_by("-ordered_on", "-pk")[:MOST_ORDERS]),
        order_count=orders.count(),
    )


def partner_of(customer: Company | Person, user: User) -> Partner | None:
    """The customer as a partner, where they are one."""
    column = "company" if isinstance(customer, Company) else "person"
    return Partner.objects.visible_to(user).filter(**{column: customer}).first()


def helpers_of(customer: Company | Person, user: User) -> PartnerQuerySet:
    """The partners that have to do with the customer's deals, as far as this user may see those."""
    column = "company" if isinstance(customer, Company) else "person"
    deals = Deal.objects.visible_to(user).filter(**{column: customer})
    links = DealPartner.objects.filter(deal__in=deals.values("pk"))
    return Partner.objects.visible_to(user).filter(pk__in=links.values("partner"))
