"""Partners: who refers customers to us, sells for us or supplies with us, and on which deals and orders."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Company, Person
from contacts.models.reach import belongs_to_one
from core.audit import audited
from core.keys import every_word
from offers.models import Order
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class PartnerRole(models.TextChoices):
    """What a partner does for a deal or an order."""

    REFERRED = "referred", pgettext_lazy("role of a partner", "Referred by")
    SOLD = "sold", pgettext_lazy("role of a partner", "Sold through")
    SUPPLIES = "supplies", pgettext_lazy("role of a partner", "Supplies with us")


# Whoever supplies with us is paid for the supplies.
ROLES_WITH_COMMISSION = (PartnerRole.REFERRED, PartnerRole.SOLD)


class PartnerQuerySet(models.QuerySet["Partner"]):
    """The words we use to talk about many partners at once."""

    def visible_to(self, user: "User") -> "Self":
        """Partners belong to the open customer database; persons whose data is locked do not show."""
        return self.filter(Q(person=None) | Q(person__in=Person.objects.visible_to(user)))

    def editable_by(self, user: "User") -> "Self":
        """Whoever keeps contacts also keeps partners."""
        return self.visible_to(user)

    def present(self) -> "Self":
        """Those whose partnership has not ended."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))

    def former(self) -> "Self":
        """Those whose partnership has ended."""
        return self.filter(until__lt=timezone.localdate())

    def by_name(self) -> "Self":
        """In the order of their names."""
        key = Coalesce("company__sort_key", "person__sort_key")
        return self.annotate(name_key=key).order_by("name_key", "pk")

    def with_name_key(self) -> "Self":
        """Each partner says in `name_key` where its name sorts."""
        return self.by_name().order_by()

    def named(self, text: str) -> "Self":
        """Those with every word of this text in the name."""
        return self.filter(every_word("company__sort_key", text) | every_word("person__sort_key", text))

    def for_list(self) -> "Self":
        """Everything a row of the list shows of the partner itself."""
        return self.select_related("company", "person", "contact").defer("company__note", "person__note")


@audited()
class Partner(models.Model):
    """A company or a person we share business with, and what was agreed with them."""

    company = models.OneToOneField(
        Company, models.PROTECT, null=True, blank=True, related_name="partner", verbose_name=_("company")
    )
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="partner", verbose_name=_("person")
    )
    contact = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partner_contacts",
        verbose_name=_("contact person"),
    )
    commission_rate = models.DecimalField(
        _("commission"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    commission_text = models.CharField(_("commission in words"), max_length=200, blank=True)
    since = models.DateField(_("partner since"), null=True, blank=True)
    until = models.DateField(_("partner until"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=5000, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            belongs_to_one("partner_is_company_or_person"),
            models.CheckConstraint(
                condition=Q(commission_rate=None) | Q(commission_rate__gte=0, commission_rate__lte=1),
                name="partner_commission_is_rate",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="partner_ends_after_start",
                violation_error_message=_("The end must not lie before the start."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.company or self.person)

    def get_absolute_url(self) -> str:
        """Its page: what came through the partner."""
        return reverse("partners:partner_detail", args=[self.pk])

    @property
    def is_former(self) -> bool:
        """Whether the partnership has ended."""
        return self.until is not None and self.until < timezone.localdate()

    def usual_rate(self, role: str) -> Decimal | None:
        """The commission that is agreed for such a role."""
        return self.commission_rate if role in ROLES_WITH_COMMISSION else None


class PartnerLink(models.Model):
    """What a partner has to do with a deal or an order; the commission is that of the day it was noted."""

    role = models.CharField(pgettext_lazy("of a partner", "role"), max_length=8, choices=PartnerRole)
    commission_rate = models.DecimalField(
        _("commission"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        abstract = True


class DealPartnerQuerySet(models.QuerySet["DealPartner"]):
    """What partners have to do with deals."""

    def seen_by(self, user: "User") -> "Self":
        """Those of deals this user may see."""
        return self.filter(deal__in=Deal.objects.visible_to(user).values("pk"))

    def once_per_deal(self) -> "Self":
        """One link for each deal of a partner, however many roles they have in it."""
        same = DealPartner.objects.filter(deal=OuterRef("deal"), partner=OuterRef("partner"))
        return self.filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))


@audited()
class DealPartner(PartnerLink):
    """A partner's role in a deal."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="partner_links", verbose_name=_("deal"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="deal_links", verbose_name=_("partner"))

    objects = DealPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner of a deal")
        verbose_name_plural = _("partners of deals")
        constraints = [
            models.UniqueConstraint(fields=["deal", "partner", "role"], name="deal_partner_once"),
            models.CheckConstraint(
                condition=Q(role__in=["referred", "sold", "supplies"]), name="deal_partner_role_known"
            ),
            models.CheckConstraint(
                condition=Q(commission_rate=None) | Q(commission_rate__gte=0, commission_rate__lte=1),
                name="deal_partner_commission_is_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.partner}"


class OrderPartnerQuerySet(models.QuerySet["OrderPartner"]):
    """What partners have to do with orders."""

    def seen_by(self, user: "User") -> "Self":
        """Those of orders this user may see."""
        return self.filter(order__in=Order.objects.visible_to(user).values("pk"))

    def beyond_deals(self) -> "Self":
        """Those of orders whose deal is not linked with the partner already, so that nothing counts twice."""
        linked = DealPartner.objects.filter(deal=OuterRef("order__deal"), partner=OuterRef("partner"))
        return self.filter(~Exists(linked))

    def once_per_order(self) -> "Self":
        """One link for each order of a partner, however many roles they have in it."""
        same = OrderPartner.objects.filter(order=OuterRef("order"), partner=OuterRef("partner"))
        return self.filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))


@audited()
class OrderPartner(PartnerLink):
    """A partner's role in an order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="partner_links", verbose_name=_("order"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="order_links", verbose_name=_("partner")
    )

    objects = OrderPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner of an order")
        verbose_name_plural = _("partners of orders")
        constraints = [
            models.UniqueConstraint(fields=["order", "partner", "role"], name="order_partner_once"),
            models.CheckConstraint(
                condition=Q(role__in=["referred", "sold", "supplies"]), name="order_partner_role_known"
            ),
            models.CheckConstraint(
                condition=Q(commission_rate=None) | Q(commission_rate__gte=0, commission_rate__lte=1),
                name="order_partner_commission_is_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.partner}"
