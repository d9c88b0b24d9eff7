"""Colleagues who are named in an entry."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class MentionQuerySet(models.QuerySet["Mention"]):
    """The words we use to talk about many mentions at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own, of entries one may see."""
        return self.filter(user=user, activity__in=Activity.objects.visible_to(user).values("pk"))

    def editable_by(self, user: "User") -> "Self":
        """Only who is named says that it was seen."""
        return self.visible_to(user)

    def unseen(self) -> "Self":
        """Not looked at yet, the newest first."""
        return self.filter(seen_at=None).order_by("-at", "-pk")


class Mention(models.Model):
    """A colleague named in an entry with @; it stands in their "Today" until they have seen it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="mentions", verbose_name=_("entry"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions", verbose_name=_("colleague")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("named by")
    )
    at = models.DateTimeField(_("named at"), auto_now_add=True)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["activity", "user"], name="mention_once"),
        ]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="mention_unseen", condition=Q(seen_at=None)),
        ]

    def __str__(self) -> str:
        return f"@{self.user}"
