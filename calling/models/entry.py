"""The entries of call lists: one to be called, in whose hand it is, and what became of it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calling.models.call_list import CallList
from contacts.models import Company, Person
from leads.models import Lead
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

# What an entry may be about; one of them.
SUBJECTS = ("lead", "deal", "company", "person")


class CallEntryQuerySet(models.QuerySet["CallEntry"]):
    """The words we use to talk about many entries at once."""

    def waiting(self) -> "Self":
        """Not settled yet."""
        return self.filter(outcome="")

    def in_hand_of(self, user: "User") -> "Self":
        """What this user has before them now."""
        return self.waiting().filter(claimed_by=user, claimed_until__gt=timezone.now())

    def visible_to(self, user: "User") -> "Self":
        """Those of visible lists whose lead or deal the user may see, too."""
        return self._of(user, Lead.objects.visible_to(user), Deal.objects.visible_to(user))

    def editable_by(self, user: "User") -> "Self":
        """Those whose lead or deal is the user's to work on; contacts are everybody's."""
        return self._of(user, Lead.objects.editable_by(user), Deal.objects.editable_by(user))

    def free(self) -> "Self":
        """In nobody's hand, and nobody has the same one in hand from another list."""
        free = self.filter(claimed_by=None)
        for name in SUBJECTS:
            held = CallEntry.objects.filter(**{name: OuterRef(name)}, claimed_by__isnull=False)
            free = free.filter(~Exists(held))
        return free

    def with_subject(self) -> "Self":
        """Everything the page of an entry shows of whom to call."""
        lead = ("lead__company", "lead__person", "lead__owner", "lead__source", "lead__product_group")
        deal = ("deal__company", "deal__person", "deal__owner", "deal__product__group")
        return self.select_related("call_list", *lead, *deal, "company", "person", "follow_up", "claimed_by")

    def _of(self, user: "User", leads: models.QuerySet, deals: models.QuerySet) -> "Self":
        rows = self.filter(call_list__in=CallList.objects.visible_to(user).values("pk"))
        rows = rows.filter(Q(lead=None) | Q(lead__in=leads.values("pk")))
        return rows.filter(Q(deal=None) | Q(deal__in=deals.values("pk")))


def _one_subject() -> Q:
    condition = Q(pk__in=[])
    for chosen in SUBJECTS:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in SUBJECTS})
    return condition


class CallEntry(models.Model):
    """One to be called: a lead, a deal, a company or a person.

    Whoever works through the list has one entry in hand (`claimed_by`) until `claimed_until`; then it is free
    again. The same lead, deal, company or person is in one hand at a time, whatever lists it stands in.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        CALLED = "called", _("called")
        LEFT_OUT = "left_out", _("left out")
        OVERTAKEN = "overtaken", _("no longer to be called")

    call_list = models.ForeignKey(CallList, models.CASCADE, related_name="entries", verbose_name=_("list"))
    position = models.PositiveIntegerField(_("position"))
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="call_entries")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="call_entries")
    company = models.ForeignKey(Company, models.CASCADE, null=True, blank=True, related_name="call_entries")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="call_entries")
    # The call that was planned, if one was; calling finishes it.
    follow_up = models.ForeignKey(
        "activities.FollowUp", models.SET_NULL, null=True, blank=True, related_name="call_entries"
    )
    call = models.ForeignKey(
        "activities.Activity", models.SET_NULL, null=True, blank=True, related_name="call_entries"
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(pgettext_lazy("call list", "settled at"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)

    objects = CallEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a call list")
        verbose_name_plural = _("entries of call lists")
        constraints = [
            models.CheckConstraint(condition=_one_subject(), name="call_entry_is_about_one"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "called", "left_out", "overtaken"]),
                name="call_entry_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_by=None)
                | ~Q(outcome="") & Q(settled_at__isnull=False),
                name="call_entry_settled_when_told",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False, outcome=""),
                name="call_entry_claimed_while_waiting",
            ),
            models.UniqueConstraint(
                fields=["claimed_by"],
                condition=Q(claimed_by__isnull=False),
                name="call_entry_one_in_a_hand",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name],
                    condition=Q(claimed_by__isnull=False),
                    name=f"call_entry_{name}_in_one_hand",
                )
                for name in SUBJECTS
            ),
            *(
                models.UniqueConstraint(fields=["call_list", name], name=f"call_entry_{name}_once")
                for name in SUBJECTS
            ),
        ]
        indexes = [
            models.Index(
                fields=["call_list", "position", "id"], condition=Q(outcome=""), name="call_entry_waiting"
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject_kind(self) -> str:
        """`lead`, `deal`, `company` or `person`."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)

    @property
    def subject(self) -> Lead | Deal | Company | Person:
        """Who is to be called."""
        found: Lead | Deal | Company | Person = getattr(self, self.subject_kind)
        return found

    @property
    def is_waiting(self) -> bool:
        """Nobody has settled it yet."""
        return self.outcome == ""
