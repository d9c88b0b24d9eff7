"""Price lists: for everyone, for a group of customers, or for one; with graduated prices."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from contacts.models import Company, Person
from core.audit import audited
from core.money import currency_field

if TYPE_CHECKING:
    from datetime import date
    from typing import Self


@audited()
class CustomerGroup(models.Model):
    """Customers who buy at the same prices."""

    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("customer group")
        verbose_name_plural = _("customer groups")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="customer_group_name_once",
                violation_error_message=_("There is a customer group of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class CustomerGroupMember(models.Model):
    """That a customer belongs to a group; to one at most."""

    group = models.ForeignKey(
        CustomerGroup, models.CASCADE, related_name="members", verbose_name=_("customer group")
    )
    company = models.OneToOneField(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="group_membership",
        verbose_name=_("company"),
    )
    person = models.OneToOneField(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="group_membership",
        verbose_name=_("person"),
    )

    class Meta:
        verbose_name = _("member of a customer group")
        verbose_name_plural = _("members of customer groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None, person__isnull=False) | Q(company__isnull=False, person=None),
                name="customer_group_member_is_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.company or self.person)


class PriceListQuerySet(models.QuerySet["PriceList"]):
    """The words we use to talk about many price lists at once."""

    def valid_on(self, day: "date") -> "Self":
        """Those that hold on a day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def for_customer(self, customer: Company | Person | None) -> "Self":
        """The customer's own, those of the customer's group, and those for everyone."""
        whose = Q(company=None, person=None, group=None)
        if isinstance(customer, Company):
            whose |= Q(company=customer) | Q(group__members__company=customer)
        elif customer is not None:
            whose |= Q(person=customer) | Q(group__members__person=customer)
        return self.filter(whose)


@audited()
class PriceList(models.Model):
    """Prices in one currency that hold between two days, for one customer, a group, or everyone."""

    name = models.CharField(_("name"), max_length=120)
    currency = currency_field()
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="price_lists",
        verbose_name=_("only for the company"),
    )
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="price_lists",
        verbose_name=_("only for the person"),
    )
    group = models.ForeignKey(
        CustomerGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="price_lists",
        verbose_name=_("only for the customer group"),
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = PriceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None, person=None)
                | Q(company=None, group=None)
                | Q(person=None, group=None),
                name="price_list_for_one",
                violation_error_message=_("A price list is for a company, a person, a group, or everyone."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="price_list_valid_forwards",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_own(self) -> bool:
        """Whether it was agreed with one customer."""
        return bool(self.company_id or self.person_id)


@audited()
class PriceListItem(models.Model):
    """What a product costs, net, from a quantity on."""

    price_list = models.ForeignKey(
        PriceList, models.CASCADE, related_name="items", verbose_name=_("price list")
    )
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="list_prices", verbose_name=_("product")
    )
    from_quantity = models.DecimalField(
        _("from quantity"), max_digits=12, decimal_places=3, default=Decimal(0)
    )
    price = models.DecimalField(_("price, net"), max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["product", "from_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["price_list", "product", "from_quantity"], name="price_list_item_once"
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0, from_quantity__gte=0), name="price_list_item_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} ({self.price_list})"
