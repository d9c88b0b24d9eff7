"""Potentials: what a customer needs of a product group in a year, how sure we are, and what of it we sell."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Greatest, Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import ProductGroup
from contacts.models import Company
from core.audit import audited
from core.money import amount_field, currency_field
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

FIRST_YEAR, LAST_YEAR = 2000, 2100
# A demand above this is a slip of the keyboard; sums of very many still fit their type.
MOST_DEMAND = Decimal("999_999_999.99")


def _nothing() -> Value:
    return Value(Decimal(0), output_field=amount_field(""))


def _stated() -> Round:
    """What we are said to sell of the demand."""
    share = Coalesce(F("stated_share"), Value(Decimal(0)), output_field=models.DecimalField())
    part = ExpressionWrapper(F("demand") * share, output_field=models.DecimalField())
    return Round(part, precision=2, output_field=amount_field(""))


class PotentialQuerySet(models.QuerySet["Potential"]):
    """The words we use to talk about many potentials at once."""

    def visible_to(self, user: "User") -> "Self":
        """All of them: they belong to the open customer database."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them: whoever keeps contacts also estimates what they need."""
        return self.all()

    def current(self) -> "Self":
        """Not archived, of companies that are not archived either."""
        return self.filter(archived_at=None, company__archived_at=None)

    def of_year(self, year: int) -> "Self":
        """What counts in a year: the estimate for that very year, else the one for every year."""
        exact = Potential.objects.filter(
            company=OuterRef("company"), group=OuterRef("group"), year=year, archived_at=None
        )
        return self.filter(Q(year=year) | Q(year=None) & ~Exists(exact))

    def for_list(self) -> "Self":
        """Everything a row of a list shows of the potential itself."""
        return self.select_related("company__owner", "group", "estimated_by").defer("company__note")


@audited(leaving_out=["open_value"])
class Potential(models.Model):
    """What a company needs of a product group in a year (Bedarf), as estimated last, and our part of it.

    `bought` is what it ordered from us in the last twelve months; None where no order of the group is known,
    then our share is what was stated. What is open is the demand without our part.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="potentials", verbose_name=_("company"))
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, related_name="potentials", verbose_name=_("product group")
    )
    # Empty: every year.
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    demand = amount_field(_("demand per year"))
    currency = currency_field()
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    stated_share = models.DecimalField(
        _("our share, as stated"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    bought = amount_field(_("bought in the last 12 months"), null=True, blank=True, editable=False)
    open_value = models.GeneratedField(
        expression=Greatest(F("demand") - Coalesce(F("bought"), _stated()), _nothing()),
        output_field=amount_field(_("open")),
        db_persist=True,
    )
    source = models.CharField(_("source of the estimate"), max_length=120, blank=True)
    estimated_on = models.DateField(_("estimated on"), default=timezone.localdate)
    estimated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("estimated by")
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Who sends a form twice has entered one potential: the key the form was handed out with.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = PotentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("potential")
        verbose_name_plural = _("potentials")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "group", "year"],
                condition=Q(archived_at=None),
                nulls_distinct=False,
                name="potential_once",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="potential_year_sensible",
            ),
            models.CheckConstraint(condition=Q(demand__gte=0), name="potential_demand_not_negative"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gt=0), name="potential_quantity_positive"
            ),
            models.CheckConstraint(
                condition=Q(stated_share=None) | Q(stated_share__gte=0, stated_share__lte=1),
                name="potential_share_is_rate",
            ),
        ]
        indexes = [
            models.Index(fields=["-open_value", "-id"], name="potential_most_open"),
            models.Index(fields=["group", "-open_value"], name="potential_group"),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.group}"

    @property
    def share(self) -> Decimal | None:
        """Our part of the demand: from orders where there are any, else as stated; None when nobody knows."""
        if self.bought is None:
            return self.stated_share
        return min(self.bought / self.demand, Decimal(1)) if self.demand else None

    @property
    def is_measured(self) -> bool:
        """Whether our share comes from orders."""
        return self.bought is not None


class PotentialEstimate(models.Model):
    """What was estimated on a day, by whom, and on what ground; rows are only ever added."""

    potential = models.ForeignKey(
        Potential, models.CASCADE, related_name="estimates", verbose_name=_("potential")
    )
    demand = amount_field(_("demand per year"))
    currency = currency_field()
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    stated_share = models.DecimalField(
        _("our share, as stated"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    source = models.CharField(_("source of the estimate"), max_length=120, blank=True)
    estimated_on = models.DateField(_("estimated on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("estimated by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")
        ordering = ["-pk"]
        triggers = [
            # Merging moves the potential.
            pgtrigger.ReadOnly(name="potential_estimate_is_history", exclude=["potential"]),
            pgtrigger.Protect(name="potential_estimate_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.potential_id} · {self.estimated_on}"


class PotentialDeal(models.Model):
    """A deal that was opened to win what is open of a potential."""

    potential = models.ForeignKey(
        Potential, models.PROTECT, related_name="deal_links", verbose_name=_("potential")
    )
    deal = models.OneToOneField(Deal, models.CASCADE, related_name="potential_link", verbose_name=_("deal"))

    class Meta:
        verbose_name = _("deal from a potential")
        verbose_name_plural = _("deals from potentials")

    def __str__(self) -> str:
        return f"{self.potential_id} · {self.deal_id}"
