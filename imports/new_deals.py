"""Making deals of rows: the deal itself and the story of its history, all unsaved."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from contacts.models import Company, Person
from imports.cells import folded
from imports.deal_rows import ChangeRow, DealRow
from imports.histories import History, Step
from imports.references import References
from imports.rules import Rules
from pipeline.backfill import DealStory
from pipeline.models import Deal, DealKind, LossReason, Origin, Outcome

_TITLE_LENGTH = 200


@dataclass(slots=True)
class NewDeal:
    """A deal to create with its history; whatever it refers to exists or is prepared."""

    deal: Deal
    history: History
    owners: Mapping[str, User]
    unknown_reason: LossReason
    # The file tells how the deal went through the stages, not only how it began and ended.
    is_followed: bool

    def story(self, now: datetime) -> DealStory:
        """Everything that happened to it, learned of now."""
        end, present = _End.of(self.deal), self.deal.owner
        turns = deque(self.history.owners)
        at, first = turns.popleft()
        self.deal.owner = self.owners[first]
        opening, *steps = self.history.steps
        story = DealStory(
            self.deal, at=opening.at, stage=opening.stage, origin=Origin.IMPORT, recorded_at=now
        )
        for step in steps:
            while turns and self.deal.owner is not self.owners[step.owner]:
                at, owner = turns.popleft()
                story.revise(at=at, owner=self.owners[owner])
            self._tell(story, step, end)
        for at, owner in turns:
            story.revise(at=at, owner=self.owners[owner])
        if self.deal.owner is not present:
            # Whom only the table of deals names owns it from now on.
            story.revise(at=now, owner=present)
        if not self.is_followed:
            self.deal.accepted_directly = None
        return story

    def _tell(self, story: DealStory, step: Step, end: "_End") -> None:
        is_end = step is self.history.last
        if step.outcome == Outcome.WON:
            story.win(at=step.at)
        elif step.outcome == Outcome.LOST:
            reason = end.loss_reason if is_end else None
            story.lose(reason or self.unknown_reason, note=end.loss_note if is_end else "", at=step.at)
        elif not self.deal.is_open:
            story.reopen(at=step.at)
        else:
            story.enter(step.stage, at=step.at)


@dataclass(frozen=True, slots=True)
class _End:
    """Why the deal was lost in the end, while its story is told."""

    loss_reason: LossReason | None
    loss_note: str

    @classmethod
    def of(cls, deal: Deal) -> "_End":
        return cls(deal.loss_reason, deal.loss_note)


class DealBuilder:
    """Builds deals; counts what is worth knowing (`notes`) and the loss reasons kept as text."""

    def __init__(self, references: References, rules: Rules) -> None:
        self._to, self._rules = references, rules
        self._reasons = {name: reason for reason in LossReason.objects.all() for name in _names(reason)}
        self.notes: Counter[str] = Counter()
        self.unmapped_reasons: Counter[str] = Counter()

    def build(self, row: DealRow, history: History, changes: Sequence[ChangeRow]) -> NewDeal:
        """A deal with its history. Raises NameAmbiguousError where a rep's name fits several users."""
        current = current_owner(row, history)
        names = dict.fromkeys([current, *(name for _at, name in history.owners)])
        owners = {name: self._to.reps.get(name) for name in names}
        for name, team in [(row.owner, row.team), *((change.owner, change.team) for change in changes)]:
            if name and team:
                self._to.reps.get(name, team)
        deal = self._deal(row, history, owners[current])
        self._note(row, history, deal)
        return NewDeal(deal, history, owners, self._reasons["unknown"], is_followed=bool(changes))

    def _deal(self, row: DealRow, history: History, owner: User) -> Deal:
        last, value = history.last, row.value or Decimal(0)
        is_won, is_lost = last.outcome == Outcome.WON, last.outcome == Outcome.LOST
        company, person = self._customer(row, is_won=is_won)
        reason, loss_note = self._loss(row.loss_reason) if is_lost else (None, "")
        return Deal(
            external_id=row.external_id,
            title=title_of(row),
            company=company,
            person=person,
            owner=owner,
            kind=row.kind or DealKind.NEW,
            value=value,
            currency=row.currency or self._rules.settings.currency,
            product=self._to.products.get(row.product) if row.product else None,
            source=self._to.sources.get(row.source) if row.source else None,
            expected_close_on=expected_close_on(row, history, self._rules),
            note=row.note,
            stage=last.stage,
            outcome=last.outcome,
            stage_since=history.stage_since,
            opened_at=history.steps[0].at,
            closed_at=last.at if history.is_closed else None,
            loss_reason=reason,
            loss_note=loss_note,
            won_value=value if is_won else None,
            is_new_customer=True if is_won else None,
        )

    def _customer(self, row: DealRow, *, is_won: bool) -> tuple[Company | None, Person | None]:
        """The customer that the row names; a won deal has one in any case."""
        company = self._to.companies.get(row.company, row.company_id)
        person = self._to.persons.get(row.person, company, row.person_id)
        if is_won and company is None and person is None:
            self.notes["won_without_customer_name"] += 1
            company = self._to.companies.get(_("Unnamed customer (%(id)s)") % {"id": row.external_id})
        return company, person

    def _loss(self, text: str) -> tuple[LossReason, str]:
        """The reason of that name; one that we do not know is `other`, with the text as its explanation."""
        if not text:
            return self._reasons["unknown"], ""
        reason = self._reasons.get(folded(text))
        if reason is None:
            self.unmapped_reasons[text] += 1
            return self._reasons["other"], text
        return reason, text if reason.needs_note else ""

    def _note(self, row: DealRow, history: History, deal: Deal) -> None:
        said = row.standing.outcome
        self.notes["repeated_stage_changes"] += history.repeated
        self.notes["without_customer"] += deal.company is None and deal.person is None
        self.notes["without_owner"] += any(not name for _at, name in history.owners)
        self.notes["without_opening_moment"] += history.is_undated
        self.notes["outcome_differs_from_stage_changes"] += said not in (None, deal.outcome)


def current_owner(row: DealRow, history: History) -> str:
    """Who owns the deal now: whom a table of deals names, else whom the last stage change names."""
    return row.owner if row.owner and not row.is_merged else history.owners[-1][1]


def title_of(row: DealRow) -> str:
    """What the deal is about: its title, else the product, the customer or the id."""
    return (row.title or row.product or row.company or row.person or row.external_id)[:_TITLE_LENGTH]


def expected_close_on(row: DealRow, history: History, rules: Rules) -> date | None:
    """When the deal is expected to close; the closing date of an open deal is meant so."""
    if row.expected_close_on or history.is_closed or not row.closed:
        return row.expected_close_on
    return row.closed.at.astimezone(rules.settings.zone).date()


def _names(reason: LossReason) -> set[str]:
    return {folded(reason.code), folded(reason.label_de), folded(reason.label_en)} - {""}
