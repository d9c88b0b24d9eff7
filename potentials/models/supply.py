"""Where a company gets a product group from: us, a dealer, a competitor, and with which share of wallet."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import ProductGroup
from contacts.models import Company
from core.audit import audited

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class SupplyQuerySet(models.QuerySet["Supply"]):
    """The words we use to talk about many sources of supply at once."""

    def visible_to(self, user: "User") -> "Self":
        """All of them: they belong to the open customer database."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them: whoever keeps contacts also notes from whom they buy."""
        return self.all()

    def current(self) -> "Self":
        """Not archived, of companies that are not archived either."""
        return self.filter(archived_at=None, company__archived_at=None)


@audited()
class Supply(models.Model):
    """That a company buys a product group from somebody, and which part of what it needs (Lieferanteil)."""

    class Source(models.TextChoices):
        """From whom."""

        US = "us", _("from us")
        DEALER = "dealer", _("from a dealer")
        COMPETITOR = "competitor", _("from a competitor")

    company = models.ForeignKey(Company, models.PROTECT, related_name="supplies", verbose_name=_("company"))
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, related_name="supplies", verbose_name=_("product group")
    )
    source = models.CharField(_("source of supply"), max_length=10, choices=Source)
    supplier = models.CharField(_("name of the supplier"), max_length=120, blank=True)
    share = models.DecimalField(_("share of wallet"), max_digits=5, decimal_places=4, null=True, blank=True)
    ground = models.CharField(_("how we know"), max_length=120, blank=True)
    noted_on = models.DateField(_("noted on"), default=timezone.localdate)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by")
    )
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Who sends a form twice has noted one source: the key the form was handed out with.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = SupplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of supply")
        verbose_name_plural = _("sources of supply")
        constraints = [
            models.UniqueConstraint(
                "company",
                "group",
                "source",
                Upper("supplier"),
                condition=Q(archived_at=None),
                name="supply_once",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["us", "dealer", "competitor"]), name="supply_source_known"
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=0, share__lte=1), name="supply_share_is_rate"
            ),
            models.CheckConstraint(
                condition=~Q(source="us") | Q(supplier=""), name="supply_of_us_names_nobody"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "group"], condition=Q(archived_at=None), name="supply_of_company")
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.supplier or self.get_source_display()}"
