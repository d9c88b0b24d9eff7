"""What came in, as it came in: kept before anything is made of it."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import LegalEntry, Means
from intake.models.lead_form import LeadForm
from intake.models.source_key import SourceKey
from leads.models import Lead, Touch

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """The words we use to talk about many submissions."""

    def visible_to(self, user: "User") -> "Self":
        """What became a lead follows the lead; the rest is looked after by managers and admins."""
        if user.is_manager or user.is_admin:
            return self.all()
        return self.filter(lead__in=Lead.objects.visible_to(user).values("pk"))

    def editable_by(self, user: "User") -> "Self":
        """Managers and admins have them processed again."""
        return self.all() if user.is_manager or user.is_admin else self.none()


class Submission(models.Model):
    """One inquiry as it was sent. What came in is never changed; only what became of it is noted."""

    class State(models.TextChoices):
        """What became of it."""

        RECEIVED = "received", _("received")
        PROCESSED = "processed", _("processed")
        REFUSED = "refused", _("refused")

    class Reason(models.TextChoices):
        """Why it was refused."""

        NONE = "", "–"
        TRAP = "trap", _("A field that people do not see was filled in")
        RULE = "rule", _("Against a rule")

    reference = models.UUIDField(_("reference"), default=uuid4, unique=True, editable=False)
    form = models.ForeignKey(
        LeadForm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("web form"),
    )
    key = models.ForeignKey(
        SourceKey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("key of a source"),
    )
    # The same again is the same: the external id of the other program, or a hash of what one page sent.
    once = models.CharField(max_length=120)
    language = models.CharField(_("language"), max_length=2, default="de")
    # A list of {name, kind, label, value}: what was asked in which words, and what was answered.
    answers = models.JSONField(_("answers"), default=list)
    # Where it came from: page, referrer, utm_source ... as far as they were sent.
    origin = models.JSONField(_("origin"), default=dict)
    # A keyed hash of the sender's address; the address itself is not kept.
    sender = models.CharField(max_length=64, blank=True)
    # Whose visits belong to it, where the visitor had consented to that.
    visitor = models.UUIDField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.RECEIVED)
    reason = models.CharField(_("reason"), max_length=8, choices=Reason, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    at = models.DateTimeField(_("received at"), default=timezone.now)
    processed_at = models.DateTimeField(_("processed at"), null=True, blank=True)
    lead = models.ForeignKey(
        Lead, models.SET_NULL, null=True, blank=True, related_name="submissions", verbose_name=_("lead")
    )
    # Of somebody we know no second lead is made: then there is a touch alone.
    touch = models.OneToOneField(
        Touch, models.SET_NULL, null=True, blank=True, related_name="submission", verbose_name=_("touch")
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(form=None, key__isnull=False) | Q(form__isnull=False, key=None),
                name="submission_by_form_or_key",
            ),
            models.UniqueConstraint(fields=["form", "once"], name="submission_of_form_once"),
            models.UniqueConstraint(fields=["key", "once"], name="submission_of_key_once"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(reason="")
                | Q(state__in=["received", "processed"], reason=""),
                name="submission_reason_iff_refused",
            ),
            models.CheckConstraint(
                condition=Q(state="processed", processed_at__isnull=False) | ~Q(state="processed"),
                name="submission_processed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="submission_latest"),
            models.Index(fields=["state", "-at", "-id"], name="submission_state"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    def value(self, kind: str) -> str:
        """What was answered to a question of this kind."""
        return next((str(each["value"]) for each in self.answers if each["kind"] == kind), "")

    @property
    def sender_name(self) -> str:
        """Who wrote, as far as it was said."""
        name = f"{self.value('first_name')} {self.value('last_name')}".strip()
        return name or self.value("company") or self.value("email") or "–"


class SubmittedFile(models.Model):
    """A file that came with a submission; it is only ever handed out as a download."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    file = models.FileField(upload_to="submissions/")
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")

    def __str__(self) -> str:
        return self.name


class SubmittedConsent(models.Model):
    """A consent that came with a submission; evidence once it is confirmed and the person known."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="consents")
    means = models.CharField(_("for"), max_length=6, choices=Means)
    value = models.CharField(_("number or address"), max_length=254)
    wording = models.TextField(_("wording"), max_length=2000)
    needs_confirmation = models.BooleanField(_("confirmed by mail (double opt-in)"))
    # Only the hash of the link in the mail is kept.
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    entry = models.OneToOneField(
        LegalEntry, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("legal basis")
    )

    class Meta:
        verbose_name = _("consent of a submission")
        verbose_name_plural = _("consents of submissions")
        constraints = [
            models.CheckConstraint(condition=Q(means__in=["email", "phone"]), name="submitted_consent_means"),
            models.CheckConstraint(
                condition=Q(means="email") | Q(needs_confirmation=False, confirmed_at=None),
                name="submitted_consent_mail_confirms_mail",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="submitted_consent_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["value", "-mailed_at"], name="submitted_consent_mailed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} · {self.value}"

    @property
    def is_given(self) -> bool:
        """Whether it stands: ticked, and confirmed where that is asked."""
        return not self.needs_confirmation or self.confirmed_at is not None


class SenderCount(models.Model):
    """How often one address sent something in ten minutes, counted for all processes together."""

    digest = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "since"], name="sender_count_once")]

    def __str__(self) -> str:
        return f"{self.digest[:8]} · {self.count}"
