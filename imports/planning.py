"""Deciding what an import of deals would write; nothing is saved here, so a trial run is the real one."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.sentences import sentence as _
from imports.chronicle import Chronicle
from imports.comparing import Existing
from imports.deal_rows import ChangeRow, DealRow
from imports.directory import NameAmbiguousError
from imports.histories import HistoryImpossibleError
from imports.new_deals import DealBuilder, NewDeal
from imports.references import References
from imports.rules import Rules
from imports.sources import Source
from pipeline.models import Deal
from pipeline.new_customers import mark_new_customers


@dataclass(slots=True)
class Plan:
    """What the import would write, and what it found out."""

    created: list[NewDeal] = field(default_factory=list)
    filled: list[Deal] = field(default_factory=list)
    unchanged: int = 0
    differing: int = 0
    differences: Counter[str] = field(default_factory=Counter)
    differing_ids: list[str] = field(default_factory=list)
    earlier_wins: int = 0


class Planner:
    """Goes through the deals of a file one by one; a deal with any bad row is left out as a whole."""

    def __init__(self, deals: Source[DealRow], changes: Source[ChangeRow] | None, rules: Rules) -> None:
        self._deals, self._changes, self._rules = deals, changes, rules
        self._chronicle = Chronicle(deals.rows, changes.rows if changes else [], rules)
        self._lines: dict[str, list[int]] = defaultdict(list)
        self.references = References(deals.rows)
        self.builder = DealBuilder(self.references, rules)
        self.plan = Plan()
        # What stood in the deals that are filled in, as JSON by column.
        self.before: dict[int, str] = {}

    def run(self) -> Plan:
        """Plan every deal of the files; what cannot be is rejected in them."""
        rows = self._one_row_per_deal()
        broken = self._broken_deals()
        existing = Existing(rows)
        for key, row in rows.items():
            if key not in broken:
                self._plan_or_reject(row, existing)
        for key, reason in broken.items():
            self._reject(key, reason)
        for key in self._chronicle.keys() - rows.keys() - broken.keys():
            self._reject(key, _("There is no deal with this id in the table of deals."))
        self.plan.earlier_wins = mark_new_customers(new.deal for new in self.plan.created)
        return self.plan

    def _one_row_per_deal(self) -> dict[str, DealRow]:
        """The rows by id. A second row of a deal is merged where the history comes from stage changes."""
        rows: dict[str, DealRow] = {}
        for row in self._deals.rows:
            first = rows.setdefault(row.external_id, row)
            if first is not row and self._changes is None:
                self._deals.reject(
                    [row.line], _("This id stands on line %(line)s, too.") % {"line": first.line}
                )
                continue
            self._lines[row.external_id].append(row.line)
            if first is not row:
                rows[row.external_id] = first.merged_with(row)
        return rows

    def _broken_deals(self) -> Mapping[str, str]:
        """The deals of which some row is bad, with the reason for leaving out their other rows."""
        if self._changes is None:
            return {}
        in_changes = _("A stage change of this deal is rejected: line %(line)s.")
        in_deals = _("The row of this deal in the table of deals is rejected: line %(line)s.")
        broken = {key: in_changes % {"line": line} for key, line in self._changes.broken_deals().items()}
        return broken | {key: in_deals % {"line": line} for key, line in self._deals.broken_deals().items()}

    def _plan_or_reject(self, row: DealRow, existing: Existing) -> None:
        deal = existing.deals.get(row.external_id)
        try:
            if deal is None:
                self._create(row)
            else:
                self._compare(deal, row, existing)
        except (HistoryImpossibleError, NameAmbiguousError) as problem:
            self._reject(row.external_id, str(problem))

    def _create(self, row: DealRow) -> None:
        changes = self._chronicle.changes_of(row.external_id)
        self.plan.created.append(self.builder.build(row, self._chronicle.history(row), changes))

    def _compare(self, deal: Deal, row: DealRow, existing: Existing) -> None:
        if deal.voided_at is not None:
            self._reject(row.external_id, _("This deal was imported before, and that import was undone."))
            return
        history = self._chronicle.history(row)
        differences = existing.differences(deal, row, history, self.references, self._rules)
        self.plan.differences.update(differences)
        if differences:
            self.plan.differing += 1
            self.plan.differing_ids.append(row.external_id)
        filled = existing.fill(deal, row, self.references)
        if filled:
            self.plan.filled.append(deal)
            self.before[deal.pk] = json.dumps({f"{name}_id": None for name in sorted(filled)})
        elif not differences:
            self.plan.unchanged += 1

    def _reject(self, key: str, reason: str) -> None:
        self._deals.reject(self._lines.get(key, []), reason)
        if self._changes:
            self._changes.reject([row.line for row in self._chronicle.changes_of(key)], reason)
