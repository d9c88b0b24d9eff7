"""The subjects of what is done and what comes of it: offers, orders, what was bought, activities."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from activities.models import Activity
from explorer.dimensions import customers, deal_facts, filled, people, products, times
from explorer.kinds import Words
from explorer.subjects import CHANGES, CLOSINGS, DEALS, LEADS, days_between
from explorer.words import Dimension, Measure, Record, Subject
from offers.models import OfferState, OfferVersion, Order, OrderLine

KIND = pgettext_lazy("of an activity", "Kind")
GONE = ("declined", "expired", "withdrawn")
SUCCESS = Q(kind="call", result__in=["decision_maker", "appointment"])
OF_ITS_DEAL = ("kind", "customer", "direct", "source", "campaign")


def _offers(user: User) -> QuerySet[OfferVersion]:
    """The version of each offer that was sent last."""
    later = OfferVersion.objects.filter(
        offer=OuterRef("offer"), sent_at__isnull=False, number__gt=OuterRef("number")
    )
    sent = OfferVersion.objects.visible_to(user).filter(sent_at__isnull=False)
    return sent.filter(~Exists(later), offer__deal__voided_at=None).with_net()


def _orders(user: User) -> QuerySet[Order]:
    return Order.objects.visible_to(user).bought().with_net()


def _lines(user: User) -> QuerySet[OrderLine]:
    orders = Order.objects.visible_to(user).bought()
    return OrderLine.objects.filter(order__in=orders.order_by().values("pk"))


def _activities(user: User) -> QuerySet[Activity]:
    rows: QuerySet[Activity] = Activity.objects.visible_to(user)
    return rows


def _offer_record(version: OfferVersion) -> Record:
    deal = version.offer.deal
    return Record(
        f"{version.offer} · {deal.customer_name}",
        version.get_absolute_url(),
        version.sent_at,
        str(deal.owner),
        version.get_state_display(),
        version.net_total,  # type: ignore[attr-defined]
        version.currency,
    )


def _order_record(order: Order) -> Record:
    return Record(
        f"{order} · {order.customer}",
        order.get_absolute_url(),
        order.ordered_on,
        str(order.owner),
        "",
        order.net_total,  # type: ignore[attr-defined]
        order.currency,
    )


def _line_record(line: OrderLine) -> Record:
    order = line.order
    return Record(
        f"{line.text} · {order.customer}",
        order.get_absolute_url(),
        order.ordered_on,
        str(order.owner),
        str(order),
        line.net,
        order.currency,
    )


def _activity_record(activity: Activity) -> Record:
    about = activity.deal or activity.company or activity.person or activity.lead
    if activity.deal is not None:
        url = reverse("pipeline:deal_detail", args=[activity.deal.pk])
    else:
        url = about.get_absolute_url() if about is not None else ""  # type: ignore[union-attr]
    return Record(
        f"{activity.get_kind_display()} · {about}",
        url,
        activity.at,
        str(activity.author),
        activity.get_result_display() or activity.get_status_display(),
    )


def _of_deal(path: str) -> dict[str, Dimension]:
    """What offers and orders take over from their deal."""
    return {name: one for name, one in deal_facts(path).items() if name in OF_ITS_DEAL}


OFFERS = Subject(
    label=_("Offers"),
    rows=_offers,
    moment="sent_at",
    is_moment=True,
    measures={
        "count": Measure(_("Number of offers"), Count("pk")),
        "value": Measure(_("Value"), Sum("net_total"), unit="money"),
        "conversion": Measure(
            _("Share accepted of those decided"),
            Count("pk", filter=Q(state="accepted")),
            Count("pk", filter=Q(state__in=["accepted", *GONE])),
            "percent",
            _("decided offers"),
        ),
        "duration": Measure(
            _("Duration: sent to decided"),
            *days_between("sent_at", "decided_at"),
            "days",
            _("decided offers"),
        ),
    },
    dimensions={
        **times("sent_at"),
        **people("offer__deal__owner", "offer__deal__owner__team"),
        "state": Dimension(_("State"), F("state"), Words(dict(OfferState.choices))),
        **_of_deal("offer__deal__"),
        **products("offer__deal__product"),
        **customers("offer__deal__"),
    },
    owner="offer__deal__owner",
    currency="currency",
    order=("-sent_at", "-pk"),
    loads=("offer__deal__company", "offer__deal__person", "offer__deal__owner"),
    record=_offer_record,
    note=_("Each offer counts once, as the version sent last; its value is what is paid once, net."),
)
ORDERS = Subject(
    label=pgettext_lazy("navigation", "Orders"),
    rows=_orders,
    moment="ordered_on",
    is_moment=False,
    measures={
        "count": Measure(_("Number of orders"), Count("pk")),
        "revenue": Measure(_("Revenue, net"), Sum("net_total"), unit="money"),
        "average": Measure(
            _("Average order value, net"),
            Sum("net_total"),
            Count("pk"),
            "money",
            pgettext_lazy("counted", "orders"),
        ),
    },
    dimensions={
        **times("ordered_on"),
        **people("owner", "team"),
        **_of_deal("deal__"),
        **customers(),
    },
    owner="owner",
    currency="currency",
    order=("-ordered_on", "-pk"),
    loads=("company", "person", "owner"),
    record=_order_record,
    note=_("Orders without a deal and those of won deals; owner and team are those at ordering."),
)
LINES = Subject(
    label=_("What was bought"),
    rows=_lines,
    moment="order__ordered_on",
    is_moment=False,
    measures={
        "revenue": Measure(_("Revenue, net"), Sum("net"), unit="money"),
        "quantity": Measure(pgettext_lazy("of goods", "Quantity"), Sum("quantity"), unit="quantity"),
        "count": Measure(_("Number of order lines"), Count("pk")),
    },
    dimensions={
        **times("order__ordered_on"),
        **people("order__owner", "order__team"),
        **products("product"),
        **_of_deal("order__deal__"),
        **customers("order__"),
    },
    owner="order__owner",
    currency="order__currency",
    order=("-pk",),
    loads=("order__company", "order__person", "order__owner"),
    record=_line_record,
    note=_("The lines of orders without a deal and of those of won deals."),
)
ACTIVITIES = Subject(
    label=_("Activities"),
    rows=_activities,
    moment="at",
    is_moment=True,
    measures={
        "count": Measure(_("Number of activities"), Count("pk")),
        "conversion": Measure(
            _("Calls that reached a decision maker or an appointment"),
            Count("pk", filter=SUCCESS),
            Count("pk", filter=Q(kind="call")),
            "percent",
            _("calls"),
        ),
        "held": Measure(
            _("Appointments held, of held and no-show"),
            Count("pk", filter=Q(status="held")),
            Count("pk", filter=Q(status__in=["held", "no_show"])),
            "percent",
            _("appointments"),
        ),
        "duration": Measure(
            _("Duration of calls"),
            Sum("duration_minutes"),
            Count("pk", filter=Q(duration_minutes__isnull=False)),
            "minutes",
            _("timed calls"),
        ),
    },
    dimensions={
        **times("at"),
        **people("author", "author__team"),
        "what": Dimension(KIND, F("kind"), Words(dict(Activity.Kind.choices))),
        "result": Dimension(
            _("Result of a call"), filled("result"), Words(dict(Activity.Result.choices)), unknown=_("none")
        ),
        "status": Dimension(
            _("Became of an appointment"),
            filled("status"),
            Words(dict(Activity.Status.choices)),
            unknown=_("none"),
        ),
        **customers(),
    },
    owner="author",
    currency="",
    order=("-at", "-pk"),
    loads=("deal__company", "deal__person", "company", "person", "lead", "author"),
    record=_activity_record,
    note=_("Owner is who did it, the team that of today."),
)

SUBJECTS: dict[str, Subject] = {
    "deals": DEALS,
    "closings": CLOSINGS,
    "changes": CHANGES,
    "leads": LEADS,
    "offers": OFFERS,
    "orders": ORDERS,
    "lines": LINES,
    "activities": ACTIVITIES,
}
