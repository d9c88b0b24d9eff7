"""What data protection keeps of its own: requests, erasures, what the law wants kept, and periods."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import Person
from core.models import Job

if TYPE_CHECKING:
    from typing import Self


class AdminQuerySet(models.QuerySet):
    """Rows that only admins see and change: they decide on the data of people."""

    def visible_to(self, user: User) -> "Self":
        """All of them, for admins."""
        return self if user.is_admin else self.none()

    def editable_by(self, user: User) -> "Self":
        """All of them, for admins."""
        return self.visible_to(user)


class PrivacyRequest(models.Model):
    """Somebody asks for their rights; it has to be answered within a month (Art. 12 (3) GDPR)."""

    class Kind(models.TextChoices):
        """What they ask for."""

        ACCESS = "access", _("Access (Art. 15)")
        ERASURE = "erasure", _("Erasure (Art. 17)")
        RESTRICTION = "restriction", _("Restriction (Art. 18)")
        CORRECTION = "correction", _("Correction (Art. 16)")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="privacy_requests", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("due on"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    noted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    objects = AdminQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about data protection")
        verbose_name_plural = _("requests about data protection")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["access", "erasure", "restriction", "correction"]),
                name="privacy_request_kind_known",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(answered_at=None),
                name="privacy_request_open_once",
                violation_error_message=_("Such a request is noted already."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="privacy_request_open", condition=Q(answered_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.due_on:%Y-%m-%d}"


class PersonReport(models.Model):
    """A report that was asked for: made by a worker, kept for some days as a file of all that is stored."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="reports", verbose_name=_("person"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+", verbose_name=_("job"))
    # Empty until it is made.
    file = models.FileField(_("file"), upload_to="reports/", blank=True)
    entries = models.PositiveIntegerField(_("entries"), default=0)

    objects = AdminQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on one person")
        verbose_name_plural = _("reports on one person")
        indexes = [
            models.Index(fields=["person", "-id"], name="person_report_of"),
            models.Index(fields=["asked_at"], name="person_report_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("privacy:report_detail", args=[self.pk])


class Erasure(models.Model):
    """That a person was erased: when, by whom, and how many rows of what; nothing of the person."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="erasure", verbose_name=_("person"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    counts = models.JSONField(_("counts"), default=dict)

    objects = AdminQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes = [models.Index(fields=["-at"], name="erasure_at")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.at:%Y-%m-%d}"


class KeptRecord(models.Model):
    """What the law wants kept although its person was erased: locked away, for admins alone, until a day."""

    class Law(models.TextChoices):
        """Which law wants it."""

        VOUCHER = "voucher", _("Booking voucher, 8 years (§ 147 AO, § 257 HGB)")
        LETTER = "letter", _("Business letter, 6 years (§ 257 HGB)")
        PROOF = "proof", _("Proof of a consent to calls, 5 years (§ 7a UWG)")

    person = models.ForeignKey(Person, models.PROTECT, related_name="kept_records", verbose_name=_("person"))
    law = models.CharField(_("law"), max_length=7, choices=Law)
    title = models.CharField(_("title"), max_length=200)
    data = models.JSONField(_("data"), default=dict)
    kept_until = models.DateField(_("kept until"))

    objects = AdminQuerySet.as_manager()

    class Meta:
        verbose_name = _("record kept by law")
        verbose_name_plural = _("records kept by law")
        constraints = [
            models.CheckConstraint(
                condition=Q(law__in=["voucher", "letter", "proof"]), name="kept_record_law_known"
            )
        ]
        indexes = [models.Index(fields=["kept_until"], name="kept_record_until")]

    def __str__(self) -> str:
        return self.title


class RetentionClass(models.Model):
    """How long one kind of data is kept, and why; the months are the company's own to set."""

    class Kind(models.TextChoices):
        """Whose data."""

        PROSPECT = "prospect", _("Persons without a purchase")
        CUSTOMER = "customer", _("Customers")
        KEPT = "kept", _("Records kept by law")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, unique=True)
    months = models.PositiveSmallIntegerField(_("months"))
    # Commercial and tax law count from the end of the year.
    from_year_end = models.BooleanField(_("from the end of the year"), default=False)
    reason = models.CharField(_("reason"), max_length=300)
    is_active = models.BooleanField(_("proposals are made"), default=True)

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["prospect", "customer", "kept"]), name="retention_class_kind_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class RetentionProposal(models.Model):
    """The night found data that were kept long enough; a human decides."""

    retention = models.ForeignKey(RetentionClass, models.PROTECT, verbose_name=_("retention period"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="retention_proposals", verbose_name=_("person")
    )
    last_contact_on = models.DateField(_("last contact"))
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    # Not before this day again.
    postponed_until = models.DateField(_("postponed until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = AdminQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention proposal")
        verbose_name_plural = _("retention proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "retention"], condition=Q(decided_at=None), name="proposal_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["last_contact_on", "id"], name="proposal_open", condition=Q(decided_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.retention} · {self.person_id}"
