"""What rules tell colleagues."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from automation.models.hit import RuleHit
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The words we use to talk about many notices at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own, of deals one may see."""
        own = self.filter(user=user)
        return own.filter(Q(hit__deal=None) | Q(hit__deal__in=Deal.objects.visible_to(user)))

    def editable_by(self, user: "User") -> "Self":
        """Who was told says that it was seen."""
        return self.visible_to(user)

    def unseen(self) -> "Self":
        """Not looked at yet, the newest first."""
        return self.filter(seen_at=None).order_by("-pk")


class Notice(models.Model):
    """A sentence that a rule tells somebody; it stands in their "Today" until they have seen it."""

    hit = models.ForeignKey(RuleHit, models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField(_("text"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["hit", "user", "text"], name="notice_once"),
            models.CheckConstraint(condition=~Q(text=""), name="notice_says_something"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], condition=Q(seen_at=None), name="notice_unseen"),
        ]

    def __str__(self) -> str:
        return self.text
