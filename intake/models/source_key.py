"""Keys with which other programs hand in leads: one per source."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leads.models import Campaign, Source

if TYPE_CHECKING:
    from typing import Self


class SourceKeyQuerySet(models.QuerySet["SourceKey"]):
    """The words we use to talk about many keys."""

    def visible_to(self, user: "User") -> "Self":
        """Managers and admins keep them; nobody else has to know."""
        return self.all() if user.is_manager or user.is_admin else self.none()

    def editable_by(self, user: "User") -> "Self":
        """The same."""
        return self.visible_to(user)

    def valid(self) -> "Self":
        """Those that still open something, in the order they were made."""
        return self.filter(revoked_at=None).order_by("pk")


class SourceKey(models.Model):
    """A secret of which only the hash is kept; leads handed in with it come from its source."""

    name = models.CharField(_("name"), max_length=80, help_text=_("Which program uses it."))
    source = models.ForeignKey(Source, models.PROTECT, related_name="keys", verbose_name=_("source"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("campaign")
    )
    digest = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    # Uses since the beginning of the running minute: the rate limit, true for all processes together.
    minute_at = models.DateTimeField(null=True, blank=True, editable=False)
    uses = models.PositiveIntegerField(default=0, editable=False)

    objects = SourceKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a source")
        verbose_name_plural = _("keys of sources")

    def __str__(self) -> str:
        return self.name
