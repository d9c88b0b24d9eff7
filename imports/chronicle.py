"""The history of each deal, from its row and its stage changes together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.sentences import sentence as _
from imports.deal_rows import ChangeRow, DealRow
from imports.histories import (
    Entry,
    History,
    HistoryImpossibleError,
    entries_of_a_row,
    history_of,
    within_one_day,
)
from imports.rows import Moment
from imports.rules import Rules
from imports.words import Standing
from pipeline.models import Outcome


class Chronicle:
    """Tells the history of a deal: from its stage changes where there are any, else from its row alone."""

    def __init__(self, deals: Iterable[DealRow], changes: Iterable[ChangeRow], rules: Rules) -> None:
        self._rules = rules
        self._changes: dict[str, list[ChangeRow]] = defaultdict(list)
        for change in sorted(changes, key=lambda change: (change.moment.at, change.line)):
            self._changes[change.external_id].append(change)
        self._undated = _latest(deals, rules.now)

    def keys(self) -> set[str]:
        """The deals that have stage changes."""
        return set(self._changes)

    def changes_of(self, key: str) -> list[ChangeRow]:
        """The stage changes of a deal in the order of their moments; those that tie, as the file has them."""
        return self._changes.get(key, [])

    def history(self, row: DealRow) -> History:
        """The history of a deal. Raises HistoryImpossibleError."""
        changes = self.changes_of(row.external_id)
        entries = self._entries_of_changes(row, changes) if changes else self._entries_of_row(row)
        history = history_of(entries, unknown_from=self._rules.unknown_from)
        history.is_undated = not changes and row.opened is None and not history.is_closed
        return history

    def _entries_of_row(self, row: DealRow) -> list[Entry]:
        return entries_of_a_row(
            row.standing,
            row.opened and self._rules.past(row.opened),
            self._closed(row),
            unknown_from=self._rules.unknown_from,
            undated=self._undated,
            zone=self._rules.settings.zone,
            owner=row.owner,
        )

    def _entries_of_changes(self, row: DealRow, changes: list[ChangeRow]) -> list[Entry]:
        """What the changes say, and the end that only the row tells."""
        entries = [
            Entry(self._rules.past(change.moment).at, change.standing, change.owner) for change in changes
        ]
        entries[0] = replace(entries[0], owner=entries[0].owner or row.owner)
        closed = self._closed(row)
        if closed is None or history_of(entries, unknown_from=self._rules.unknown_from).is_closed:
            return entries
        last = replace(changes[-1].moment, is_day=False)
        _last, closed = within_one_day(last, closed, self._rules.settings.zone)
        if closed.at < last.at:
            raise HistoryImpossibleError(_("The deal closes before its last stage change."))
        return [*entries, Entry(closed.at, Standing(None, row.standing.outcome))]

    def _closed(self, row: DealRow) -> Moment | None:
        """When the row says the deal was closed; of an open deal it says when that is expected."""
        is_closed = row.standing.outcome in (Outcome.WON, Outcome.LOST)
        return self._rules.past(row.closed) if row.closed and is_closed else None


def _latest(deals: Iterable[DealRow], now: datetime) -> datetime:
    """The latest moment that a table of deals knows: by then, a deal without any moment was in the list."""
    moments = (moment.at for row in deals for moment in (row.opened, row.closed) if moment)
    return max((at for at in moments if at <= now), default=now)
