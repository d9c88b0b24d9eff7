"""What was done with customers: calls, appointments, online meetings, mails, letters, notes."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import covered_owner_ids, led_team_ids
from activities.models.linked import LeadLinkedQuerySet, linked_constraint
from core.audit import audited
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

LONGEST_CALL = 24 * 60
# Kinds that are agreed for a time and then held or not.
MEETINGS = ("appointment", "meeting")


class ActivityQuerySet(LeadLinkedQuerySet):
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
        visible = self.visible_to(user).filter(kind__in=MEETINGS)
        if user.is_admin:
            return visible
        mine = [user.pk, *covered_owner_ids(user)]
        return visible.filter(
            Q(author__in=mine)
            | Q(follow_up__owner__in=mine)
            | Q(pk__in=_taken_part_in(mine))
            | Q(author__team__in=led_team_ids(user))
            | Q(deal__in=Deal.objects.editable_by(user).values("pk"))
        )

    def appointments_of(self, owners: "list[int]") -> "Self":
        """Agreed appointments these users go to."""
        agreed = self.filter(kind__in=MEETINGS, status=Activity.Status.AGREED)
        return agreed.attended_by(owners)

    def attended_by(self, owners: "list[int]") -> "Self":
        """What is theirs by its follow-up, else by who agreed it; and what they take part in."""
        return self.filter(
            Q(follow_up__owner__in=owners)
            | Q(follow_up=None, author__in=owners)
            | Q(pk__in=_taken_part_in(owners))
        )


def _taken_part_in(users: "list[int]") -> "models.QuerySet[Participant, int]":
    return Participant.objects.filter(user__in=users).values_list("activity_id", flat=True)


@audited(leaving_out=["form_key", "version"])
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
        MEETING = "meeting", _("Online meeting")
        MAIL = "mail", _("E-mail")
        LETTER = "letter", _("Letter")

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
    lead = models.ForeignKey(
        "leads.Lead",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="activities",
        verbose_name=pgettext_lazy("before it is a deal", "lead"),
    )
    # What a mail, a letter or an online meeting is about, in one line.
    subject = models.CharField(_("subject"), max_length=250, blank=True, db_default="")
    text = models.TextField(_("notes"), max_length=10000, blank=True)
    result = models.CharField(_("result"), max_length=14, choices=Result, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("duration in minutes"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    # Where one meets: an address, or the link of an online meeting.
    place = models.CharField(_("place"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Given by the form that wrote it, so that a form sent twice writes once.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            linked_constraint("activity_linked", "lead"),
            models.CheckConstraint(
                condition=(
                    Q(kind="call", status="", ends_at=None, subject="") & ~Q(direction="")
                    | Q(kind__in=["appointment", "meeting"], result="", direction="") & ~Q(status="")
                    | Q(kind="note", result="", direction="", status="", ends_at=None, subject="")
                    & ~Q(text="")
                    | Q(kind__in=["mail", "letter"], result="", status="", ends_at=None) & ~Q(direction="")
                ),
                name="activity_fields_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes=None)
                | Q(kind="call", duration_minutes__gte=1, duration_minutes__lte=LONGEST_CALL),
                name="activity_duration_of_calls",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("at")),
                name="activity_ends_after_start",
                violation_error_message=_("The end must lie after the start."),
            ),
        ]
        indexes = [
            models.Index(fields=["deal", "-at", "-id"], name="activity_deal"),
            models.Index(
                fields=["lead", "-at", "-id"], condition=Q(lead__isnull=False), name="activity_lead"
            ),
            models.Index(fields=["company", "-at", "-id"], name="activity_company"),
            models.Index(fields=["person", "-at", "-id"], name="activity_person"),
            models.Index(fields=["author", "-at"], name="activity_author"),
            models.Index(
                fields=["author", "at"],
                name="activity_agreed",
                condition=Q(status="agreed", removed_at=None),
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
        """Somebody is to meet at a time, or met: on site or online."""
        return self.kind in MEETINGS

    @property
    def is_online(self) -> bool:
        """One meets on the screen."""
        return self.kind == self.Kind.MEETING

    @property
    def meeting_url(self) -> str:
        """The link of an online meeting, where its place is one."""
        return self.place if self.is_online and self.place.startswith(("https://", "http://")) else ""

    @property
    def is_written(self) -> bool:
        """A mail or a letter."""
        return self.kind in (self.Kind.MAIL, self.Kind.LETTER)

    @property
    def is_agreed(self) -> bool:
        """An appointment of which nobody has told yet what became of it."""
        return self.status == self.Status.AGREED


class Participant(models.Model):
    """Someone who is at an appointment besides the person it is about and the colleague who agreed it."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="participants", verbose_name=_("appointment")
    )
    person = models.ForeignKey(
        "contacts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("person"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("colleague"),
    )

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, user__isnull=False) | Q(person__isnull=False, user=None),
                name="participant_person_or_colleague",
            ),
            models.UniqueConstraint(fields=["activity", "person"], name="participant_person_once"),
            models.UniqueConstraint(fields=["activity", "user"], name="participant_colleague_once"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.user)
