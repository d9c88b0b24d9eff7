"""What a contact has bought, as far as it makes them a customer."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit import audited

# The columns of the mirror; their past stands in orders and histories.
BOUGHT = ("purchases", "first_bought_on", "last_bought_on")
USUAL_MONTHS = 18
MOST_MONTHS = 120
NEVER = date(1, 1, 1)


class CustomerStatus(models.TextChoices):
    """What kind of customer somebody is; it follows from what they bought and is never typed."""

    NONE = "none", pgettext_lazy("of a customer", "Bought nothing yet")
    NEW = "new", _("New customer")
    REPEAT = "repeat", _("Repeat customer")
    DORMANT = "dormant", pgettext_lazy("of a customer", "Dormant")


class Buyer(models.Model):
    """What orders and won deals say of a contact, mirrored by contacts.purchases and by nothing else."""

    purchases = models.PositiveIntegerField(_("purchases"), default=0, db_default=0, editable=False)
    first_bought_on = models.DateField(_("first bought on"), null=True, blank=True, editable=False)
    last_bought_on = models.DateField(_("last bought on"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def status_by(self, dormant_since: date) -> CustomerStatus:
        """What kind of customer this is, if who bought last before that day is dormant."""
        if self.last_bought_on is None:
            return CustomerStatus.NONE
        if self.last_bought_on < dormant_since:
            return CustomerStatus.DORMANT
        return CustomerStatus.NEW if self.purchases == 1 else CustomerStatus.REPEAT


def bought_as_counted(name: str) -> models.CheckConstraint:
    """Who bought nothing has no days of purchase; the others have both, in order."""
    return models.CheckConstraint(
        condition=Q(purchases=0, first_bought_on=None, last_bought_on=None)
        | Q(purchases__gt=0, first_bought_on__isnull=False, last_bought_on__gte=F("first_bought_on")),
        name=name,
    )


def bought_key() -> Coalesce:
    """The day of the last purchase; who never bought anything comes before everyone who did."""
    return Coalesce(F("last_bought_on"), Value(NEVER), output_field=models.DateField())


def status_expression(dormant_since: date) -> Case:
    """`Buyer.status_by` for the database."""
    return Case(
        When(purchases=0, then=Value(CustomerStatus.NONE.value)),
        When(last_bought_on__lt=dormant_since, then=Value(CustomerStatus.DORMANT.value)),
        When(purchases=1, then=Value(CustomerStatus.NEW.value)),
        default=Value(CustomerStatus.REPEAT.value),
        output_field=models.CharField(),
    )


@audited()
class CustomerSetting(models.Model):
    """After how long without a purchase a customer counts as dormant: one row."""

    dormant_after_months = models.PositiveSmallIntegerField(
        _("dormant after months without a purchase"),
        default=USUAL_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )

    class Meta:
        verbose_name = _("setting of customers")
        verbose_name_plural = _("settings of customers")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="customer_setting_one_row"),
            models.CheckConstraint(
                condition=Q(dormant_after_months__gte=1, dormant_after_months__lte=MOST_MONTHS),
                name="customer_setting_months_sensible",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Customers"))


def dormant_since() -> date:
    """Who bought last before this day is dormant."""
    months = CustomerSetting.objects.values_list("dormant_after_months", flat=True).first() or USUAL_MONTHS
    return timezone.localdate() - relativedelta(months=months)
