"""Mails that were taken in: filed with a customer, waiting for a decision, or rejected with a reason."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.rights import led_team_ids
from activities.models import Activity
from mailbox.models.mailbox import Mailbox

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class Reason(models.TextChoices):
    """Why a mail was not filed by itself, or not at all."""

    NONE = "", "–"
    UNKNOWN = "unknown", _("Sender unknown")
    NO_CUSTOMER = "no_customer", _("No customer among the recipients")
    SEVERAL = "several", _("Several contacts have this address")
    NOT_PROVEN = "not_proven", _("Not sent to a colleague's own drop-box address")
    IGNORED = "ignored", _("This sender is ignored")
    UNREADABLE = "unreadable", _("The mail cannot be read")
    TOO_LARGE = "too_large", _("The mail is too large")
    AUTOMATIC = "automatic", _("Automatic message of an unknown sender")
    SPAM = "spam", _("Advertising or fraud")
    PRIVATE = "private", _("Private")
    OTHER = "other", _("No customer mail")


class TakenMailQuerySet(models.QuerySet["TakenMail"]):
    """The words we use to talk about many mails taken in."""

    def visible_to(self, user: "User") -> "Self":
        """Filed ones follow their entry; what waits is seen by all, copies in a drop-box by their sender.

        A copy nobody has filed yet may be a private mail sent by mistake: besides the sender only the
        sender's managers and admins see it.
        """
        if user.is_admin:
            return self.all()
        shown = Activity.objects.visible_to(user).filter(mail_filing__mail=OuterRef("pk"))
        filed = Q(state=TakenMail.State.FILED) & Q(Exists(shown))
        open_to_all = ~Q(state=TakenMail.State.FILED) & Q(mailbox__use=Mailbox.Use.INBOX)
        own = Q(sent_by=user) | Q(sent_by__team__in=led_team_ids(user))
        return self.filter(filed | open_to_all | (~Q(state=TakenMail.State.FILED) & own))

    def editable_by(self, user: "User") -> "Self":
        """Whoever sees a mail that waits may file or reject it."""
        return self.visible_to(user).filter(state__in=[TakenMail.State.QUEUED, TakenMail.State.REJECTED])

    def waiting(self) -> "Self":
        """Somebody has to decide."""
        return self.filter(state=TakenMail.State.QUEUED)


class TakenMail(models.Model):
    """One mail, once per Message-ID, in whichever mailbox it came first."""

    class State(models.TextChoices):
        """What became of it."""

        FILED = "filed", _("filed")
        QUEUED = "queued", _("to be decided")
        REJECTED = "rejected", _("rejected")

    class Direction(models.TextChoices):
        """Who wrote."""

        INBOUND = "in", _("received")
        OUTBOUND = "out", _("sent")

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="mails", verbose_name=_("mailbox"))
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.INBOUND)
    from_address = models.CharField(_("from"), max_length=254, blank=True)
    from_name = models.CharField(_("name of the sender"), max_length=160, blank=True)
    # The addresses of the customers among sender and recipients, as far as they are not ours.
    others = models.JSONField(default=list)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)
    attachment_names = models.JSONField(default=list)
    is_automatic = models.BooleanField(_("written by a machine"), default=False)
    # The colleague who sent the copy; None for mails of customers.
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What it answers, so that it finds the deal it is about.
    answers = models.JSONField(default=list)
    at = models.DateTimeField(_("sent at"))
    taken_at = models.DateTimeField(_("taken in at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # The bytes as they came; removed with time (docs/mail.md).
    raw = models.FileField(upload_to="mails/", blank=True)

    objects = TakenMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail taken in")
        verbose_name_plural = _("mails taken in")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="filed", reason="") | Q(state__in=["queued", "rejected"]) & ~Q(reason=""),
                name="taken_mail_reason_unless_filed",
            ),
            models.CheckConstraint(condition=Q(direction__in=["in", "out"]), name="taken_mail_direction"),
        ]
        indexes = [
            models.Index(fields=["state", "-at", "-id"], name="taken_mail_state"),
            models.Index(fields=["from_address"], name="taken_mail_from", condition=Q(state="queued")),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_id


class Filing(models.Model):
    """A mail on the timeline of one customer."""

    mail = models.ForeignKey(TakenMail, models.CASCADE, related_name="filings")
    activity = models.OneToOneField(Activity, models.CASCADE, related_name="mail_filing")

    def __str__(self) -> str:
        return f"{self.mail_id} → {self.activity_id}"


class IgnoredSender(models.Model):
    """An address whose mails are rejected without asking anybody."""

    address = models.CharField(_("e-mail address"), max_length=254, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("ignored sender")
        verbose_name_plural = _("ignored senders")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
