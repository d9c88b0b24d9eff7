"""Orders with their lines: who bought what, how much of it, at what price."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import covered_owner_ids, led_team_ids
from catalog.models import Billing
from contacts.models import Company, Person
from core.audit import audited
from core.money import amount_field, currency_field
from offers.models.line import LineNet
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class OrderQuerySet(models.QuerySet["Order"]):
    """The words we use to talk about many orders at once."""

    def current(self) -> "Self":
        """Without the orders of an import that was undone."""
        return self.filter(voided_at=None)

    def standing(self) -> "Self":
        """Those that hold: not cancelled either."""
        return self.current().filter(cancelled_at=None)

    def bought(self) -> "Self":
        """Those by which somebody has bought: without a deal, or with one that is won."""
        return self.standing().filter(Q(deal=None) | Q(deal__outcome="won", deal__voided_at=None))

    def visible_to(self, user: "User") -> "Self":
        """An order follows its deal; without a deal it is as open as the customer. One's own in any case."""
        orders = self.current()
        if user.is_admin or settings.DEAL_VISIBILITY == "all":
            return orders
        deals = Deal.objects.visible_to(user).filter(pk=OuterRef("deal"))
        return orders.filter(Q(deal=None) | Exists(deals) | _own(user))

    def editable_by(self, user: "User") -> "Self":
        """Who may change its deal; the owner and who stands in for them; managers of the team; admins."""
        orders = self.current()
        if user.is_admin:
            return orders
        deals = Deal.objects.editable_by(user).filter(pk=OuterRef("deal"))
        return orders.filter(Exists(deals) | _own(user))

    def of_company(self, company: Company) -> "Self":
        """What a company ordered."""
        return self.filter(company=company)

    def of_person(self, person: Person) -> "Self":
        """What a person ordered, for themselves or for their company."""
        return self.filter(person=person)

    def with_net(self) -> "Self":
        """Each order says in `net_total` what its lines come to without VAT."""
        lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
        total = Subquery(lines.annotate(total=Sum("net")).values("total"))
        return self.annotate(
            net_total=Coalesce(total, Value(0), output_field=DecimalField(max_digits=16, decimal_places=2))
        )

    def for_list(self) -> "Self":
        """Everything a row of the list shows."""
        loaded = self.select_related("company", "person", "owner")
        return loaded.defer("note", "company__note", "person__note").with_net()

    def for_page(self) -> "Self":
        """Everything the page of an order shows of the order itself."""
        return self.select_related("company", "person", "deal", "owner", "team")


def _own(user: "User") -> Q:
    """Orders of this user, of whom they stand in for, and of the teams they lead."""
    mine = Q(owner__in=[user.pk, *covered_owner_ids(user)])
    if teams := led_team_ids(user):
        return mine | Q(owner__team__in=teams)
    return mine


@audited()
class Order(models.Model):
    """What a customer ordered on a day (Auftrag): typed, imported, or made of an accepted offer.

    Owner and team are those at ordering. It counts as a purchase when it has no deal, or its deal is won.
    """

    class Origin(models.TextChoices):
        """How we learned of it."""

        TYPED = "typed", _("Typed")
        IMPORT = "import", _("Import")
        OFFER = "offer", _("Offer")

    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("company")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("person")
    )
    deal = models.ForeignKey(
        Deal, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("deal")
    )
    number = models.CharField(_("order number"), max_length=40, blank=True)
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    ordered_on = models.DateField(_("ordered on"))
    currency = currency_field()
    note = models.TextField(_("note"), max_length=5000, blank=True)
    offer_version = models.ForeignKey(
        "offers.OfferVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("accepted offer"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="orders",
        verbose_name=pgettext_lazy("person in charge", "owner"),
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, related_name="orders", verbose_name=_("team at ordering")
    )
    origin = models.CharField(_("origin"), max_length=6, choices=Origin, default=Origin.TYPED)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancel_reason = models.CharField(_("why cancelled"), max_length=500, blank=True)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Given by the form that entered it, so that a form sent twice enters one order.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(
                condition=Q(company__isnull=False) | Q(person__isnull=False), name="order_has_customer"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["typed", "import", "offer"]), name="order_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=False) | Q(cancel_reason=""),
                name="order_reason_only_if_cancelled",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number="") & Q(voided_at=None), name="order_number_once"
            ),
            models.UniqueConstraint(
                fields=["offer_version"],
                condition=Q(cancelled_at=None, voided_at=None),
                name="order_once_of_an_offer",
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id="") & Q(voided_at=None),
                name="order_external_id_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-ordered_on", "-id"], name="order_newest"),
            models.Index(fields=["company", "-ordered_on"], name="order_company"),
            models.Index(fields=["person", "-ordered_on"], name="order_person"),
            models.Index(fields=["owner", "-ordered_on"], name="order_owner"),
        ]

    def __str__(self) -> str:
        return self.number or str(
            _("Order of %(day)s") % {"day": date_format(self.ordered_on, "SHORT_DATE_FORMAT")}
        )

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("offers:order_detail", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def customer(self) -> Company | Person:
        """The company; a person where there is no company."""
        customer = self.company or self.person
        assert customer is not None  # noqa: S101 - order_has_customer
        return customer


# The first migration knows it by this name.
_LineNet = LineNet


@audited(leaving_out=["net"])
class OrderLine(models.Model):
    """One thing that was ordered, with what it was called and cost then."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", verbose_name=_("order"))
    position = models.PositiveIntegerField(_("position"))
    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="order_lines",
        verbose_name=_("product"),
    )
    text = models.CharField(_("text"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_price = models.DecimalField(_("unit price, net"), max_digits=14, decimal_places=4)
    discount = models.DecimalField(_("discount"), max_digits=5, decimal_places=4, default=0)
    vat_rate = models.DecimalField(_("VAT rate"), max_digits=5, decimal_places=4)
    # Its share of a discount on the whole order, in cents; what an offer took off its total.
    reduction = amount_field(
        _("share of the discount on the total"), default=Decimal(0), db_default=Decimal(0)
    )
    billing = models.CharField(
        _("billing"), max_length=7, choices=Billing, default=Billing.ONCE, db_default=Billing.ONCE
    )
    net = models.GeneratedField(
        expression=LineNet(F("quantity") * F("unit_price") * (Value(1) - F("discount"))) - F("reduction"),
        output_field=amount_field(_("net")),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "position"],
                name="order_line_position_once",
                # Lines change places one after the other.
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(text=""), name="order_line_has_text"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_quantity_positive"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="order_line_price_not_negative"),
            models.CheckConstraint(
                condition=Q(discount__gte=0, discount__lte=1), name="order_line_discount_is_rate"
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__gte=0, vat_rate__lte=1), name="order_line_vat_is_rate"
            ),
            models.CheckConstraint(
                condition=Q(reduction__gte=0, net__gte=0), name="order_line_reduction_not_beyond"
            ),
            models.CheckConstraint(condition=Q(billing__in=Billing.values), name="order_line_billing_known"),
        ]
        indexes = [models.Index(fields=["product", "order"], name="order_line_product")]

    def __str__(self) -> str:
        return self.text
