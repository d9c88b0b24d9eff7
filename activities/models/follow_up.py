"""What is to be done with customers on a day."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import covered_owner_ids, led_team_ids
from activities.models.activity import Activity
from activities.models.linked import LeadLinkedQuerySet, linked_constraint
from core.audit import audited

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class FollowUpQuerySet(LeadLinkedQuerySet):
    """The words we use to talk about many follow-ups at once."""

    def editable_by(self, user: "User") -> "Self":
        """One's own and those one stands in for, those of a manager's teams, all for admins."""
        visible = self.visible_to(user)
        if user.is_admin:
            return visible
        owners = [user.pk, *covered_owner_ids(user)]
        return visible.filter(Q(owner__in=owners) | Q(owner__team__in=led_team_ids(user)))

    def open(self) -> "Self":
        """Still to be done, the earliest first."""
        return self.filter(done_at=None).order_by("due_on", "due_time_key", "pk")

    def of_owners(self, owners: "list[int]") -> "Self":
        """Those of these users, without the follow-ups that only stand for an appointment."""
        return self.filter(owner__in=owners, appointment=None)

    def due(self, on: date) -> "Self":
        """Still to be done on that day or overdue."""
        return self.open().filter(due_on__lte=on)


@audited(leaving_out=["due_time_key", "form_key", "version", "reminded_at"])
class FollowUp(models.Model):
    """Something to be done on a day (Wiedervorlage); a deal's earliest open one is its next step."""

    class Kind(models.TextChoices):
        """What is to be done."""

        CALL = "call", _("Call")
        MAIL = "mail", _("E-mail")
        VISIT = "visit", _("Visit")
        OTHER = "other", pgettext_lazy("follow-up", "To do")

    class Repeats(models.TextChoices):
        """How often it comes again."""

        NEVER = "", pgettext_lazy("follow-up", "once")
        DAILY = "daily", _("every day")
        WORKING_DAYS = "working", _("every working day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.CALL)
    text = models.CharField(_("what is to be done"), max_length=200, blank=True)
    due_on = models.DateField(_("on"))
    due_time = models.TimeField(_("time"), null=True, blank=True)
    # 24:00: what has no time of day comes after what has one.
    due_time_key = models.GeneratedField(
        expression=models.functions.Coalesce(
            F("due_time"), models.Value("23:59:59.999999"), output_field=models.TimeField()
        ),
        output_field=models.TimeField(),
        db_persist=True,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="follow_ups",
        verbose_name=pgettext_lazy("person in charge", "owner"),
    )
    company = models.ForeignKey(
        "contacts.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("company"),
    )
    person = models.ForeignKey(
        "contacts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("person"),
    )
    deal = models.ForeignKey(
        "pipeline.Deal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("deal"),
    )
    lead = models.ForeignKey(
        "leads.Lead",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="follow_ups",
        verbose_name=pgettext_lazy("before it is a deal", "lead"),
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )
    # An agreed appointment is a next step, too: this follow-up stands for it and ends with it.
    appointment = models.OneToOneField(
        Activity,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="follow_up",
        verbose_name=_("appointment"),
    )
    repeats = models.CharField(_("repeated"), max_length=7, choices=Repeats, blank=True, db_default="")
    repeats_until = models.DateField(_("repeated until"), null=True, blank=True)
    # The day the series began with: what is due on the 31st comes on the last day of shorter months.
    repeats_from = models.DateField(null=True, blank=True, editable=False)
    # The one before it in the series; once, so that finishing twice plans one successor.
    follows = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="successor", editable=False
    )
    remind_minutes = models.PositiveIntegerField(_("reminder, minutes before"), null=True, blank=True)
    remind_at = models.DateTimeField(_("reminder at"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            linked_constraint("follow_up_linked", "lead"),
            models.CheckConstraint(
                condition=Q(kind__in=["call", "mail", "visit", "other"]), name="follow_up_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False),
                name="follow_up_done_by_when_done",
            ),
            models.CheckConstraint(
                condition=Q(repeats="", repeats_until=None, repeats_from=None)
                | Q(repeats__in=["daily", "working", "weekly", "monthly"], repeats_from__isnull=False),
                name="follow_up_series_has_a_beginning",
            ),
            models.CheckConstraint(
                condition=Q(remind_minutes=None, remind_at=None, reminded_at=None)
                | Q(remind_minutes__isnull=False, remind_at__isnull=False),
                name="follow_up_reminder_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_at"],
                name="follow_up_to_remind",
                condition=Q(done_at=None, reminded_at=None, remind_at__isnull=False),
            ),
            models.Index(fields=["owner", "due_on", "id"], name="follow_up_owner", condition=Q(done_at=None)),
            models.Index(fields=["deal", "due_on", "id"], name="follow_up_deal", condition=Q(done_at=None)),
            models.Index(
                fields=["lead", "due_on", "id"],
                condition=Q(done_at=None, lead__isnull=False),
                name="follow_up_lead",
            ),
            models.Index(
                fields=["lead", "-done_at", "-id"],
                condition=Q(done_at__isnull=False, lead__isnull=False),
                name="follow_up_lead_done",
            ),
            models.Index(fields=["company", "due_on"], name="follow_up_company", condition=Q(done_at=None)),
            models.Index(fields=["person", "due_on"], name="follow_up_person", condition=Q(done_at=None)),
            *(
                models.Index(
                    fields=[link, "-done_at", "-id"],
                    name=f"follow_up_{link}_done",
                    condition=Q(done_at__isnull=False),
                )
                for link in ("deal", "company", "person")
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()

    def told(self) -> str:
        """What is to be done, with whom and at what time, in one line; the customer is loaded."""
        who = self.company or self.person or self.deal or self.lead
        clock = f", {self.due_time:%H:%M}" if self.due_time else ""
        return f"{self} – {who}{clock}"

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.done_at is None
