"""What the company sells."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from core.keys import match_key
from core.money import currency_field


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


@audited(leaving_out=["match_key"])
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

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]
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
        indexes = [models.Index(fields=["match_key"], name="product_match")]

    def __str__(self) -> str:
        return self.name
