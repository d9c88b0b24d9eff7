"""What one has before one's eyes while working through a call list."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from activities.forms import CallForm
from activities.subjects import COMPANY, DEAL, LEAD, PERSON, Subject
from activities.timeline import Timeline, read_timeline
from calling.models import CallEntry, CallList
from calling.numbers import Number, numbers_of
from leads.models import Lead, Touch
from offers.models import GuideEntry
from pipeline.models import Deal, Stage

KINDS = {"lead": LEAD, "deal": DEAL, "company": COMPANY, "person": PERSON}
MOST_HISTORY = 5
MOST_GUIDE = 8


@dataclass(frozen=True)
class Desk:
    """A call list before one user, with the entry in hand."""

    call_list: CallList
    user: User
    entry: CallEntry | None
    form: CallForm | None

    @cached_property
    def may_end(self) -> bool:
        """Whether the user may end the list."""
        return CallList.objects.editable_by(self.user).filter(pk=self.call_list.pk).exists()

    @property
    def settled(self) -> int:
        """How many need no call any more."""
        return self.call_list.size - self.call_list.left

    @property
    def share(self) -> float:
        """How much of the list is done."""
        return self.settled / self.call_list.size if self.call_list.size else 1.0

    @cached_property
    def subject(self) -> Subject:
        """Whom the entry is about."""
        return subject_of(self.entry)  # type: ignore[arg-type]

    @cached_property
    def numbers(self) -> list[Number]:
        """What to dial."""
        return numbers_of(self.subject, timezone.now())

    @cached_property
    def history(self) -> Timeline:
        """The last things that happened."""
        timeline = read_timeline(self.subject, self.user)
        last = [replace(entry, can_edit=False, can_close=False) for entry in timeline.entries[:MOST_HISTORY]]
        return replace(timeline, entries=last, next_cursor="")

    @cached_property
    def message(self) -> str:
        """What they wrote when they asked, if they wrote something."""
        if not isinstance(self.subject.row, Lead):
            return ""
        texts = Touch.objects.filter(lead=self.subject.row).order_by("-at", "-pk")
        return texts.exclude(content="").values_list("content", flat=True).first() or ""

    @property
    def person_id(self) -> int | None:
        """Of whom interests and what matters are shown."""
        return self.subject.row.pk if self.subject.kind == PERSON else self.subject.usual_person()

    @cached_property
    def guide(self) -> "list[GuideEntry]":
        """What the house advises for this stage and product group."""
        row = self.subject.row
        stage = row.stage if isinstance(row, Deal) else Stage.AKQUISE
        return list(_advice(stage, _group_of(row))[:MOST_GUIDE])


def subject_of(entry: CallEntry) -> Subject:
    """The entry as what an activity is written beside."""
    return Subject(KINDS[entry.subject_kind], entry.subject)


def _group_of(row: object) -> int | None:
    if isinstance(row, Lead):
        return row.product_group_id
    if isinstance(row, Deal) and row.product is not None:
        return row.product.group_id
    return None


def _advice(stage: int, group: int | None) -> "QuerySet[GuideEntry]":
    fits = Q(group=None) | Q(group=group) if group else Q(group=None)
    found = GuideEntry.objects.filter(Q(stage=None) | Q(stage=stage), fits, is_archived=False)
    return found.exclude(kind=GuideEntry.Kind.GIVE_TAKE)
