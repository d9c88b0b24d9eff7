"""Call lists: whom a team wants to call, worked through one after the other."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.rights import led_team_ids

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class CallListQuerySet(models.QuerySet["CallList"]):
    """The words we use to talk about many lists at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own, those of the home team and of the teams one leads: colleagues share the calls."""
        if user.is_admin:
            return self.all()
        shown = Q(owner=user) | Q(owner__team__in=led_team_ids(user))
        if not user.team.is_unassigned:
            shown |= Q(owner__team=user.team_id)
        return self.filter(shown)

    def editable_by(self, user: "User") -> "Self":
        """Those a user may end: the owner, managers of the owner's team, admins."""
        if user.is_admin:
            return self.all()
        return self.filter(Q(owner=user) | Q(owner__team__in=led_team_ids(user)))

    def running(self) -> "Self":
        """Those one can still go on with."""
        return self.filter(ended_at=None)

    def with_progress(self) -> "Self":
        """Each says in `size` how many it holds, in `called` how many were called, in `left` what is left."""
        return self.annotate(
            size=Count("entries"),
            called=Count("entries", filter=Q(entries__outcome="called")),
            left=Count("entries", filter=Q(entries__outcome="")),
        )


class CallList(models.Model):
    """Whom to call, in an order (Telefonliste); everyone in the owner's team can work through it."""

    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="call_lists", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    # Given by the form that made it, so that a form sent twice makes one list.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = CallListQuerySet.as_manager()

    # Only on lists that were read `with_progress`.
    size: int
    called: int
    left: int

    class Meta:
        verbose_name = _("call list")
        verbose_name_plural = _("call lists")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="call_list_has_name")]
        indexes = [
            models.Index(fields=["owner", "-made_at"], name="call_list_owner"),
            models.Index(fields=["-made_at", "-id"], name="call_list_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where one works through it."""
        return reverse("calling:desk", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """Nobody has ended it."""
        return self.ended_at is None
