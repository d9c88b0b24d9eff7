"""Products, their groups, and what bundles are made of."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.vat import VatCategory
from core.audit import audited
from core.keys import every_word, match_key, sort_key
from core.money import currency_field

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


@audited()
class ProductGroup(models.Model):
    """Products that are looked at together."""

    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="product_group_name_once",
                violation_error_message=_("There is a product group of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Billing(models.TextChoices):
    """How often something is paid."""

    ONCE = "once", _("once")
    MONTHLY = "monthly", _("per month")
    YEARLY = "yearly", _("per year")


class ProductQuerySet(models.QuerySet["Product"]):
    """The words we use to talk about many products at once; everyone sees them, managers keep them."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them, for managers and admins."""
        return self.all() if user.is_manager or user.is_admin else self.none()

    def on_sale(self) -> "Self":
        """Those that are still sold."""
        return self.filter(is_active=True)

    def named(self, text: str) -> "Self":
        """Those with every word of this text in the name, umlauts and case folded, or with this number."""
        return self.filter(every_word("sort_key", text) | Q(number__istartswith=text))


@audited(leaving_out=["match_key", "sort_key"])
class Product(models.Model):
    """A product or service with its list price, net, per unit."""

    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    group = models.ForeignKey(
        ProductGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("product group"),
    )
    unit = models.CharField(_("unit"), max_length=20, default="Stück")
    price = models.DecimalField(_("list price, net"), max_digits=14, decimal_places=4, null=True, blank=True)
    currency = currency_field()
    name_en = models.CharField(_("name in English"), max_length=200, blank=True, db_default="")
    description_de = models.TextField(_("description in German"), max_length=2000, blank=True, db_default="")
    description_en = models.TextField(_("description in English"), max_length=2000, blank=True, db_default="")
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=4, null=True, blank=True)
    floor_price = models.DecimalField(
        _("lowest price, net"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    vat_category = models.CharField(
        _("VAT category"),
        max_length=8,
        choices=VatCategory,
        default=VatCategory.STANDARD,
        db_default=VatCategory.STANDARD,
    )
    billing = models.CharField(
        _("billing"), max_length=7, choices=Billing, default=Billing.ONCE, db_default=Billing.ONCE
    )
    is_active = models.BooleanField(_("on sale"), default=True)
    match_key = match_key("name")
    sort_key = sort_key("name")

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                name="product_number_once",
                violation_error_message=_("There is a product with this number."),
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="product_price_not_negative"
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="product_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(floor_price=None) | Q(floor_price__gte=0), name="product_floor_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(vat_category__in=VatCategory.values), name="product_vat_category_known"
            ),
            models.CheckConstraint(condition=Q(billing__in=Billing.values), name="product_billing_known"),
        ]
        indexes = [
            models.Index(fields=["match_key"], name="product_match"),
            models.Index(fields=["sort_key", "id"], name="product_sort"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("catalog:product_detail", args=[self.pk])

    def name_in(self, language: str) -> str:
        """What it is called in an offer of this language."""
        return self.name_en or self.name if language == "en" else self.name

    def description_in(self, language: str) -> str:
        """What is said of it in an offer of this language."""
        return self.description_en or self.description_de if language == "en" else self.description_de


@audited()
class BundlePart(models.Model):
    """So much of a product is part of a bundle, which is a product itself."""

    bundle = models.ForeignKey(Product, models.CASCADE, related_name="parts", verbose_name=_("bundle"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="part_of", verbose_name=_("product"))
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)

    class Meta:
        verbose_name = _("part of a bundle")
        verbose_name_plural = _("parts of bundles")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "product"], name="bundle_part_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="bundle_part_quantity_positive"),
            models.CheckConstraint(
                condition=~Q(bundle=F("product")),
                name="bundle_not_its_own_part",
                violation_error_message=_("A bundle is no part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} ({self.bundle})"
