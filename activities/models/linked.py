"""What hangs on a company, a person, a deal or a lead, and who may see it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from leads.models import Lead
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class LinkedQuerySet(models.QuerySet):
    """Rows that hang on a company, a person or a deal: one tied to a deal follows the deal's visibility."""

    def visible_to(self, user: "User") -> "Self":
        """Open to everyone, except where the deal is not."""
        if user.is_admin or settings.DEAL_VISIBILITY == "all":
            return self.filter(Q(deal=None) | Q(deal__voided_at=None))
        return self.filter(Q(deal=None) | Q(deal__in=Deal.objects.visible_to(user).values("pk")))


class LeadLinkedQuerySet(LinkedQuerySet):
    """Rows that may also hang on a lead: one of a lead alone follows the lead's visibility."""

    def visible_to(self, user: "User") -> "Self":
        """As for all linked rows; once a lead has become a deal, the deal decides."""
        rows = super().visible_to(user)
        if user.is_admin or settings.DEAL_VISIBILITY == "all":
            return rows.filter(Q(lead=None) | Q(lead__voided_at=None))
        seen = Lead.objects.visible_to(user).values("pk")
        return rows.filter(Q(lead=None) | Q(deal__isnull=False) | Q(lead__in=seen))


def linked_constraint(name: str, *links: str) -> models.CheckConstraint:
    """A row is about a company, a person or a deal, or about what else is named."""
    condition = Q(company__isnull=False) | Q(person__isnull=False) | Q(deal__isnull=False)
    for link in links:
        condition |= Q(**{f"{link}__isnull": False})
    return models.CheckConstraint(condition=condition, name=name)
