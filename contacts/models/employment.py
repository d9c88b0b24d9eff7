"""Who works where, and what they have to say there."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.company import Company
from contacts.models.person import Person
from core.audit import audited

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class BuyingRole(models.TextChoices):
    """What a person has to say when the company buys."""

    DECISION_MAKER = "decision_maker", _("Decision maker")
    INFLUENCER = "influencer", _("Influencer")
    USER = "user", pgettext_lazy("of a product", "User")
    GATEKEEPER = "gatekeeper", _("Front desk")


class EmploymentQuerySet(models.QuerySet["Employment"]):
    """Employments belong to the open customer database, like the people and companies they join."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def present(self) -> "Self":
        """Those that have not ended."""
        return self.filter(until=None)


@audited()
class Employment(models.Model):
    """A person working for a company, with a position, from one day to another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments", verbose_name=_("person"))
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="employments", verbose_name=_("company")
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    role = models.CharField(_("role in purchases"), max_length=14, choices=BuyingRole, blank=True)
    # The superior in the same company.
    reports_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("reports to"),
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "company"],
                condition=Q(until=None),
                name="employment_once_at_a_time",
                violation_error_message=_("This person already works for this company."),
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="employment_ends_after_start",
                violation_error_message=_("The end must not lie before the start."),
            ),
            models.CheckConstraint(
                condition=Q(reports_to=None) | ~Q(reports_to=F("id")), name="employment_not_its_own_superior"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", *BuyingRole.values]), name="employment_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.company}"

    @property
    def position_and_role(self) -> str:
        """What stands behind the name."""
        return " · ".join(part for part in (self.position, str(self.get_role_display() or "")) if part)
