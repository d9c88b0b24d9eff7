"""When customers usually order a product again: counted in the background, for pages to look up."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.money import amount_field, currency_field
from offers.models import Order, OrderLine

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ReorderQuerySet(models.QuerySet["Reorder"]):
    """The words we use to talk about many of them at once."""

    def visible_to(self, user: "User") -> "Self":
        """Those that rest on orders this user sees, all of them: a rhythm tells of every order in it."""
        seen = OrderLine.objects.filter(
            order__in=Order.objects.visible_to(user).bought(), product=OuterRef("product")
        )
        seen = seen.filter(
            Q(order__company=OuterRef("company"))
            | Q(order__company=None, order__person=OuterRef("person"), order__person__isnull=False)
        )
        days = seen.order_by().values("product").annotate(days=Count("order__ordered_on", distinct=True))
        return self.alias(seen_days=Coalesce(Subquery(days.values("days")), 0)).filter(seen_days=F("times"))


class Reorder(models.Model):
    """A customer ordered a product on `times` days, usually `interval` days apart; due after as many."""

    company = models.ForeignKey(
        "contacts.Company", models.CASCADE, null=True, related_name="+", verbose_name=_("company")
    )
    person = models.ForeignKey(
        "contacts.Person", models.CASCADE, null=True, related_name="+", verbose_name=_("person")
    )
    product = models.ForeignKey(
        "catalog.Product", models.CASCADE, related_name="+", verbose_name=_("product")
    )
    times = models.PositiveIntegerField(_("order days"))
    interval = models.PositiveIntegerField(_("usual interval in days"))
    last_on = models.DateField(_("last ordered on"))
    due_on = models.DateField(_("due on"))
    usual_net = amount_field(_("usual amount, net"))
    currency = currency_field()

    objects = ReorderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reorder")
        verbose_name_plural = _("reorders")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "person", "product", "currency"], nulls_distinct=False, name="reorder_once"
            ),
            models.CheckConstraint(
                condition=Q(company__isnull=False, person=None) | Q(company=None, person__isnull=False),
                name="reorder_of_one_customer",
            ),
        ]
        indexes = [models.Index(fields=["currency", "due_on"], name="reorder_due")]

    def __str__(self) -> str:
        return f"{self.company_id or self.person_id} · {self.product_id}: {self.due_on}"
