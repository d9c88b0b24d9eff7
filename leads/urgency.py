"""What of the leads needs somebody now, and how urgent one lead is, in a word and a tone."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.models import Lead, LeadQuerySet, LeadSetting

UNANSWERED, LATE, DUE, STALE, UNOWNED = "unanswered", "late", "due", "stale", "unowned"
URGENCIES: list[tuple[str, str | Promise]] = [
    (UNANSWERED, _("unanswered")),
    (LATE, _("answer overdue")),
    (DUE, _("follow-up due")),
    (STALE, _("forgotten")),
    (UNOWNED, _("to be taken")),
]


@dataclass(frozen=True)
class Urgency:
    """Why a lead stands where it stands; `tone` is that of a badge."""

    label: str | Promise
    tone: str


def of_urgency(leads: LeadQuerySet, which: str, setting: LeadSetting) -> LeadQuerySet:
    """The leads that need somebody for this reason."""
    chosen = {
        UNANSWERED: lambda: leads.unanswered(),
        LATE: lambda: leads.unanswered().filter(answer_by__lt=timezone.now()),
        DUE: lambda: leads.step_due(),
        STALE: lambda: leads.stale(setting.stale_days),
        UNOWNED: lambda: leads.open().filter(owner=None),
    }
    return chosen[which]()


def urgency_of(lead: Lead, setting: LeadSetting) -> Urgency | None:
    """How urgent a lead is; None for what is planned or done."""
    if not lead.is_open:
        return None
    if lead.answered_at is None and lead.answer_by is not None:
        if lead.answer_by < timezone.now():
            return Urgency(_("answer overdue"), "is-need")
        return Urgency(_("unanswered"), "is-warn")
    if lead.next_step_on is not None:
        if lead.next_step_on < timezone.localdate():
            return Urgency(_("follow-up overdue"), "is-need")
        return Urgency(_("follow-up due"), "is-warn") if lead.next_step_on == timezone.localdate() else None
    if lead.touched_at < timezone.now() - timedelta(days=setting.stale_days):
        return Urgency(_("forgotten"), "is-need")
    return Urgency(_("nothing planned"), "is-hollow")
