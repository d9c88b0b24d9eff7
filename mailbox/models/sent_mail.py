"""Mails written here: claimed before they leave, so that none leaves twice."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

MOST_ATTEMPTS = 5


class Purpose(models.TextChoices):
    """Why we write: the law asks more of advertising than of business that runs."""

    CONTRACT = "contract", _("Running business, an answer, what was asked for")
    ADVERTISING = "advertising", _("Advertising")


class SentMailQuerySet(models.QuerySet["SentMail"]):
    """The words we use to talk about many mails written here."""

    def visible_to(self, user: "User") -> "Self":
        """A mail follows its entry on the timeline."""
        return self.filter(activity__in=Activity.objects.visible_to(user).values("pk"))

    def editable_by(self, user: "User") -> "Self":
        """Whoever may edit the entry may send it again or give it up."""
        return self.filter(activity__in=Activity.objects.editable_by(user).values("pk"))


class SentMail(models.Model):
    """A mail to one customer; its text and links are those of its entry on the timeline.

    Whoever sends claims the row first. A claim that was neither kept nor given back is of a worker that died
    while sending: nobody knows whether the mail left, so its author decides.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("is being sent")
        CLAIMED = "claimed", _("is leaving")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        BOUNCED = "bounced", _("came back")
        GIVEN_UP = "given_up", _("given up")

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="sent_mail")
    to_address = models.EmailField(_("to"))
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose, default=Purpose.CONTRACT)
    message_id = models.CharField(max_length=255, unique=True)
    text = models.TextField(_("text"), max_length=20000)
    # The file that goes along; the link to its offer is made when the mail leaves, and never kept.
    document = models.ForeignKey(
        "offers.SentDocument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("attached offer"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("due at"))
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = SentMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail written here")
        verbose_name_plural = _("mails written here")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "claimed", "sent", "failed", "bounced", "given_up"]),
                name="sent_mail_state_known",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["contract", "advertising"]), name="sent_mail_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "bounced"], sent_at__isnull=False)
                | ~Q(state__in=["sent", "bounced"]) & Q(sent_at=None),
                name="sent_mail_has_left_when_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="sent_mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["claimed_at"], name="sent_mail_claimed", condition=Q(state="claimed")),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def is_on_its_way(self) -> bool:
        """Neither sent nor stopped."""
        return self.state in (self.State.WAITING, self.State.CLAIMED)

    @property
    def needs_a_decision(self) -> bool:
        """It did not leave, or came back."""
        return self.state in (self.State.FAILED, self.State.BOUNCED)
