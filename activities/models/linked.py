"""What hangs on a company, a person or a deal, and who may see it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

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


def linked_constraint(name: str) -> models.CheckConstraint:
    """A row is about a company, a person or a deal."""
    return models.CheckConstraint(
        condition=Q(company__isnull=False) | Q(person__isnull=False) | Q(deal__isnull=False), name=name
    )
