"""What was done with customers and what is to be done: calls, appointments, notes, follow-ups."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import covered_owner_ids, led_team_ids
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


class ActivityQuerySet(LinkedQuerySet):
    """The words we use to talk about many activities at once."""

    def editable_by(self, user: "User") -> "Self":
        """The author's own, those of a manager's teams, all for admins."""
        visible = self.visible_to(user)
        if user.is_admin:
            return visible
        return visible.filter(Q(author=user) | Q(author__team__in=led_team_ids(user)))


def _linked(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(company__isnull=False) | Q(person__isnull=False) | Q(deal__isnull=False), name=name
    )


class Activity(models.Model):
    """Something that was done with a customer at a moment: a call, an on-site appointment, a note.

    Company and person are filled in from the deal when it is written, so that a company's timeline is one
    index scan.
    """

    class Kind(models.TextChoices):
        """What was done."""

        CALL = "call", _("Call")
        APPOINTMENT = "appointment", _("On-site appointment")
        NOTE = "note", _("Note")

    class Result(models.TextChoices):
        """How a call ended; one key each."""

        NOT_REACHED = "not_reached", _("Not reached")
        FRONT_DESK = "front_desk", _("Front desk")
        DECISION_MAKER = "decision_maker", _("Decision maker reached")
        APPOINTMENT = "appointment", _("Appointment agreed")
        NO_NEED = "no_need", _("No need")
        CALL_BACK = "call_back", _("Call back on …")
        OBJECTION = "objection", _("Objection")

    class Direction(models.TextChoices):
        """Who called whom."""

        OUTBOUND = "out", pgettext_lazy("call", "outbound")
        INBOUND = "in", pgettext_lazy("call", "inbound")

    class Status(models.TextChoices):
        """What became of an appointment."""

        AGREED = "agreed", _("agreed")
        HELD = "held", _("held")
        NO_SHOW = "no_show", _("no-show")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    at = models.DateTimeField(pgettext_lazy("moment", "at"), default=timezone.now)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="activities", verbose_name=_("author")
    )
    company = models.ForeignKey(
        "contacts.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("company"),
    )
    person = models.ForeignKey(
        "contacts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("person"),
    )
    deal = models.ForeignKey(
        "pipeline.Deal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("deal"),
    )
    text = models.TextField(_("notes"), max_length=10000, blank=True)
    result = models.CharField(_("result"), max_length=14, choices=Result, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            _linked("activity_linked"),
            models.CheckConstraint(
                condition=Q(kind="call", status="", ends_at=None) & ~Q(result="") & ~Q(direction="")
                | Q(kind="appointment", result="", direction="") & ~Q(status="")
                | Q(kind="note", result="", direction="", status="", ends_at=None) & ~Q(text=""),
                name="activity_fields_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("at")),
                name="activity_ends_after_start",
                violation_error_message=_("The end must lie after the start."),
            ),
        ]
        indexes = [
            models.Index(fields=["deal", "-at", "-id"], name="activity_deal"),
            models.Index(fields=["company", "-at", "-id"], name="activity_company"),
            models.Index(fields=["person", "-at", "-id"], name="activity_person"),
            models.Index(fields=["author", "-at"], name="activity_author"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class FollowUpQuerySet(LinkedQuerySet):
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

    def due(self, on: date) -> "Self":
        """Still to be done on that day or overdue."""
        return self.open().filter(due_on__lte=on)


class FollowUp(models.Model):
    """Something to be done on a day (Wiedervorlage); a deal's earliest open one is its next step."""

    class Kind(models.TextChoices):
        """What is to be done."""

        CALL = "call", _("Call")
        MAIL = "mail", _("E-mail")
        VISIT = "visit", _("Visit")
        OTHER = "other", pgettext_lazy("follow-up", "To do")

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
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            _linked("follow_up_linked"),
            models.CheckConstraint(
                condition=Q(kind__in=["call", "mail", "visit", "other"]), name="follow_up_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False),
                name="follow_up_done_by_when_done",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on", "id"], name="follow_up_owner", condition=Q(done_at=None)),
            models.Index(fields=["deal", "due_on", "id"], name="follow_up_deal", condition=Q(done_at=None)),
            models.Index(fields=["company", "due_on"], name="follow_up_company", condition=Q(done_at=None)),
            models.Index(fields=["person", "due_on"], name="follow_up_person", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()
