"""Templates of offers: the texts, terms and lines a new one begins with, per product group."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from offers.models.line import OfferLine
from offers.models.version import OfferVersion

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class OfferTemplateQuerySet(models.QuerySet["OfferTemplate"]):
    """The words we use to talk about many templates at once; admins keep them, everyone uses them."""

    def visible_to(self, user: "User") -> "Self":
        """Those in use."""
        return self.filter(is_active=True)

    def fitting(self, group_id: int | None) -> "Self":
        """Those of a product group, and those for every product; the closer ones first."""
        fitting = self.filter(Q(group=None) | Q(group=group_id))
        return fitting.order_by(models.F("group").asc(nulls_last=True), "name", "pk")


@audited()
class OfferTemplate(models.Model):
    """What an offer begins with when somebody chooses this template."""

    name = models.CharField(_("name"), max_length=80)
    group = models.ForeignKey(
        "catalog.ProductGroup",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="offer_templates",
        verbose_name=_("only for the product group"),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=OfferVersion.Language, default=OfferVersion.Language.DE
    )
    intro = models.TextField(_("text before the lines"), max_length=5000, blank=True)
    closing = models.TextField(_("text after the lines"), max_length=5000, blank=True)
    delivery = models.CharField(_("delivery"), max_length=300, blank=True)
    valid_days = models.PositiveSmallIntegerField(_("valid for days"), default=30)
    payment_days = models.PositiveSmallIntegerField(_("payable within days"), default=30)
    cash_discount = models.DecimalField(
        _("cash discount (Skonto)"), max_digits=5, decimal_places=4, default=Decimal(0)
    )
    cash_discount_days = models.PositiveSmallIntegerField(_("cash discount within days"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = OfferTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer template")
        verbose_name_plural = _("offer templates")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cash_discount__gte=0, cash_discount__lte=1),
                name="offer_template_cash_discount_is_rate",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["de", "en"]), name="offer_template_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class OfferTemplateLine(models.Model):
    """One place a new offer begins with; prices are those of the customer on that day."""

    template = models.ForeignKey(
        OfferTemplate, models.CASCADE, related_name="lines", verbose_name=_("offer template")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind"), max_length=7, choices=OfferLine.Kind, default=OfferLine.Kind.ITEM)
    product = models.ForeignKey(
        "catalog.Product",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="offer_template_lines",
        verbose_name=_("product"),
    )
    text = models.CharField(_("text"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=Decimal(1))
    is_optional = models.BooleanField(_("optional"), default=False)

    class Meta:
        verbose_name = _("line of an offer template")
        verbose_name_plural = _("lines of offer templates")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["item", "section", "text"]), name="offer_template_line_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="item") | Q(product=None, is_optional=False),
                name="offer_template_line_only_items_are_sold",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="offer_template_line_not_negative"),
        ]

    def __str__(self) -> str:
        return self.text or str(self.product or "")
