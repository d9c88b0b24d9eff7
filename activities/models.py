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

    def visible_to(self, user: "User") -> "Self":
        """As for all linked rows, without what was removed."""
        return super().visible_to(user).filter(removed_at=None)

    def editable_by(self, user: "User", *, removed: bool = False) -> "Self":
        """The author's own, those of a manager's teams, all for admins; or what of these was removed."""
        rows = super().visible_to(user).filter(removed_at__isnull=not removed)
        if user.is_admin:
            return rows
        return rows.filter(Q(author=user) | Q(author__team__in=led_team_ids(user)))

    def closable_by(self, user: "User") -> "Self":
        """Appointments whose end this user may tell: own, covered and led ones, and those of their deals."""
        visible = self.visible_to(user).filter(kind=Activity.Kind.APPOINTMENT)
        if user.is_admin:
            return visible
        mine = [user.pk, *covered_owner_ids(user)]
        return visible.filter(
            Q(author__in=mine)
            | Q(follow_up__owner__in=mine)
            | Q(author__team__in=led_team_ids(user))
            | Q(deal__in=Deal.objects.editable_by(user).values("pk"))
        )

    def appointments_of(self, owners: "list[int]") -> "Self":
        """Agreed appointments these users go to: who has the follow-up of it, else who agreed it."""
        agreed = self.filter(kind=Activity.Kind.APPOINTMENT, status=Activity.Status.AGREED)
        return agreed.filter(Q(follow_up__owner__in=owners) | Q(follow_up=None, author__in=owners))


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
        MAIL = "mail", _("E-mail")

    class Result(models.TextChoices):
        """How a call ended; one key each."""

        NOT_REACHED = "not_reached", _("Not reached")
        FRONT_DESK = "front_desk", _("Front desk")
        DECISION_MAKER = "decision_maker", _("Decision maker reached")
        APPOINTMENT = "appointment", _("Appointment agreed")
        NO_NEED = "no_need", _("No need")
        CALL_BACK = "call_back", _("Call back agreed")
        OBJECTION = "objection", _("Objection")

    class Direction(models.TextChoices):
        """Who called or wrote to whom."""

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
    subject = models.CharField(_("subject"), max_length=250, blank=True, db_default="")
    text = models.TextField(_("notes"), max_length=10000, blank=True)
    result = models.CharField(_("result"), max_length=14, choices=Result, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Given by the form that wrote it, so that a form sent twice writes once.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            _linked("activity_linked"),
            models.CheckConstraint(
                condition=Q(kind="call", status="", ends_at=None) & ~Q(result="") & ~Q(direction="")
                | Q(kind="appointment", result="", direction="") & ~Q(status="")
                | Q(kind="note", result="", direction="", status="", ends_at=None) & ~Q(text="")
                | Q(kind="mail", result="", status="", ends_at=None) & ~Q(direction=""),
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
            models.Index(
                fields=["author", "at"],
                name="activity_agreed",
                condition=Q(kind="appointment", status="agreed", removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    @property
    def is_mail(self) -> bool:
        """Somebody wrote an e-mail."""
        return self.kind == self.Kind.MAIL

    @property
    def is_call(self) -> bool:
        """Somebody telephoned."""
        return self.kind == self.Kind.CALL

    @property
    def is_appointment(self) -> bool:
        """Somebody is to go there, or went."""
        return self.kind == self.Kind.APPOINTMENT

    @property
    def is_agreed(self) -> bool:
        """An appointment of which nobody has told yet what became of it."""
        return self.status == self.Status.AGREED


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

    def of_owners(self, owners: "list[int]") -> "Self":
        """Those of these users, without the follow-ups that only stand for an appointment."""
        return self.filter(owner__in=owners, appointment=None)

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
    # An agreed appointment is a next step, too: this follow-up stands for it and ends with it.
    appointment = models.OneToOneField(
        Activity,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="follow_up",
        verbose_name=_("appointment"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

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

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.done_at is None
