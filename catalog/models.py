"""What the company sells."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
