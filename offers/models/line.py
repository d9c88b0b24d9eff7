"""What an offer consists of: items with their prices, headings of sections, and texts between them."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from catalog.models import Billing, VatCategory
from core.money import amount_field

if TYPE_CHECKING:
    from typing import Self

# A sent version is frozen with its lines; only what the customer ticks may change, while it lies with them.
FROZEN = """
SELECT version.sent_at, version.state INTO sent FROM offers_offerversion version
  WHERE version.id = COALESCE(NEW.version_id, OLD.version_id);
IF sent.sent_at IS NULL THEN
  RETURN COALESCE(NEW, OLD);
END IF;
IF TG_OP = 'UPDATE' AND sent.state = 'sent'
   AND to_jsonb(NEW) - ARRAY['is_chosen', 'net'] = to_jsonb(OLD) - ARRAY['is_chosen', 'net'] THEN
  RETURN NEW;
END IF;
RAISE EXCEPTION 'the lines of a sent offer do not change' USING ERRCODE = 'check_violation',
  CONSTRAINT = 'offer_line_sent_is_frozen';
"""


class LineNet(Func):
    """`prices.line_net` in the database; numeric rounds half away from zero, as we do."""

    template = "round(%(expressions)s, 2)"


class OfferLineQuerySet(models.QuerySet["OfferLine"]):
    """The words we use to talk about many lines at once."""

    def counted(self) -> "Self":
        """Those that make up the price: items, of optional and alternative ones those that are chosen."""
        return self.filter(kind=OfferLine.Kind.ITEM, is_chosen=True)


class OfferLine(models.Model):
    """One place of an offer. Discount and VAT are rates from 0 to 1; cost and floor are for our eyes only.

    Optional items are bought when they are chosen; of one alternative group one item at most is.
    """

    class Kind(models.TextChoices):
        """What stands in the place."""

        ITEM = "item", _("Item")
        SECTION = "section", _("Section")
        TEXT = "text", _("Text")

    version = models.ForeignKey(
        "offers.OfferVersion", models.CASCADE, related_name="lines", verbose_name=_("version")
    )
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.ITEM)
    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offer_lines",
        verbose_name=_("product"),
    )
    text = models.CharField(_("text"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=Decimal(1))
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_price = models.DecimalField(
        _("unit price, net"), max_digits=14, decimal_places=4, default=Decimal(0)
    )
    discount = models.DecimalField(_("discount"), max_digits=5, decimal_places=4, default=Decimal(0))
    vat_category = models.CharField(
        _("VAT category"), max_length=8, choices=VatCategory, default=VatCategory.STANDARD
    )
    vat_rate = models.DecimalField(_("VAT rate"), max_digits=5, decimal_places=4, default=Decimal(0))
    billing = models.CharField(_("billing"), max_length=7, choices=Billing, default=Billing.ONCE)
    is_optional = models.BooleanField(_("optional"), default=False)
    alternative_group = models.PositiveSmallIntegerField(_("alternative group"), null=True, blank=True)
    is_chosen = models.BooleanField(_("chosen"), default=True)
    cost = models.DecimalField(_("cost of one"), max_digits=14, decimal_places=4, null=True, blank=True)
    floor_price = models.DecimalField(
        _("lowest price of one"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    net = models.GeneratedField(
        expression=LineNet(F("quantity") * F("unit_price") * (Value(1) - F("discount"))),
        output_field=amount_field(_("net")),
        db_persist=True,
    )

    objects = OfferLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer line")
        verbose_name_plural = _("offer lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="offer_line_position_once",
                # Lines change places one after the other.
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["version", "alternative_group"],
                condition=Q(alternative_group__isnull=False, is_chosen=True),
                name="offer_line_one_alternative",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["item", "section", "text"]), name="offer_line_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="item") | Q(product=None, is_optional=False, alternative_group=None),
                name="offer_line_only_items_are_sold",
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=True) | Q(is_optional=True) | Q(alternative_group__isnull=False),
                name="offer_line_plain_is_chosen",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="offer_line_quantity_not_negative"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="offer_line_price_not_negative"),
            models.CheckConstraint(
                condition=Q(discount__gte=0, discount__lte=1), name="offer_line_discount_is_rate"
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__gte=0, vat_rate__lte=1), name="offer_line_vat_is_rate"
            ),
            models.CheckConstraint(
                condition=Q(billing__in=Billing.values, vat_category__in=VatCategory.values),
                name="offer_line_words_known",
            ),
        ]
        indexes = [models.Index(fields=["product", "version"], name="offer_line_product")]
        triggers = [
            pgtrigger.Trigger(
                name="offer_line_sent_is_frozen",
                when=pgtrigger.Before,
                level=pgtrigger.Row,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("sent", "record")],
                func=FROZEN,
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_item(self) -> bool:
        """Whether something is sold here."""
        return self.kind == self.Kind.ITEM

    @property
    def is_counted(self) -> bool:
        """Whether it is part of the price."""
        return self.is_item and self.is_chosen
