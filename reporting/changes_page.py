"""The page for the meeting on Monday: what has changed, per rep, with what was said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Activity
from core.addresses import is_key
from core.templatetags.money import money, money_compact, number
from pipeline.models import Deal, LossReason, StageSetting
from reporting.change_histories import Section, read_changes, sections_of
from reporting.change_words import BARS, HEADS, TOLD, Names, Phrase, amounts_text, phrases, signed_money
from reporting.changes import Change, Kind
from reporting.changes_asked import Asked, Choices, monday_before
from reporting.scopes import Scopes
from reporting.switches import View
from reporting.waterfall import Bar, Waterfall

ROWS_OF_A_PAGE = 100
# These stand on the page even where nothing happened: that is news, too.
ALWAYS_SHOWN = (Kind.NEW, Kind.FORWARD, Kind.BACK, Kind.DATE, Kind.VALUE, Kind.WON, Kind.LOST)
LAST_DAYS = timedelta(days=6)


@dataclass(frozen=True)
class Tile:
    """How many deals one kind of thing happened to, and what they are worth."""

    kind: Kind
    label: str | Promise
    deals: int
    value: str
    url: str
    is_on: bool


@dataclass(frozen=True)
class Row:
    """A deal, what happened to it, and what was last noted of it in the period."""

    deal: Deal
    change: Change
    phrases: list[Phrase]
    note: Activity | None


@dataclass(frozen=True)
class Group:
    """The changed deals of one owner; `summary`, of all kinds, where that person's figures may be seen."""

    owner: User
    deals: int
    summary: str
    rows: list[Row]


@dataclass(frozen=True)
class Line:
    """A bar of the picture with its words."""

    label: str | Promise
    bar: Bar
    amount: str
    is_total: bool


@dataclass(frozen=True)
class Picture:
    """The value of the open deals from start to end, in one currency."""

    currency: str
    lines: list[Line]
    edge: str
    """Where the bars begin when not at nought."""


@dataclass(frozen=True)
class Slice:
    """Where we are in the list; `components/_pagination.html` reads it."""

    next_cursor: str
    previous_cursor: str


class ChangesPage:
    """What a reader asked for; built in one snapshot."""

    def __init__(self, asked: Asked, user: User, scopes: Scopes, choices: Choices, cursor: str = "") -> None:
        self.asked = asked
        self.user = user
        self.scopes = scopes
        self.choices = choices
        self._visible = Deal.objects.visible_to(user)
        self.changes = read_changes(
            self._visible.filter(asked.whose.deals), asked.begins_at, asked.ends_before
        )
        self.sections = sections_of(self.changes.rows)
        self.page_number = int(cursor) if is_key(cursor) else 0

    @property
    def is_empty(self) -> bool:
        """Nothing happened at all."""
        return not self.changes.rows

    @property
    def shows_persons(self) -> bool:
        """Whether figures of single people stand on the page."""
        return any(group.summary for group in self.groups) or bool(self.asked.whose.rep and self.shows_sums)

    @property
    def shows_sums(self) -> bool:
        """Whether the sums of these deals are the reader's to see."""
        return self.asked.whose.shows_sums

    @property
    def pills(self) -> list[View]:
        """The usual beginnings."""
        today = timezone.localdate()
        days = [
            (_("Since Monday"), monday_before(today)),
            (_("Last 7 days"), today - LAST_DAYS),
            (_("Since the first of the month"), today.replace(day=1)),
        ]
        return [self._pill(label, day) for label, day in days]

    @property
    def tiles(self) -> list[Tile]:
        """The kinds of changes with their number and value."""
        return [
            self._tile(kind, section)
            for kind, section in self.sections.items()
            if section.deals or kind in ALWAYS_SHOWN
        ]

    @property
    def pictures(self) -> list[Picture]:
        """One per currency."""
        return [] if self.hides_sums else [_picture(fall) for fall in self.changes.waterfalls]

    @property
    def hides_sums(self) -> bool:
        """Whether the picture, or a part of it, would tell of too few people."""
        parts = [section for section in self.sections.values() if section.deals]
        are_many = self.scopes.shows_people(max(self.changes.fewest_owners, 1))
        return not (are_many and all(self._may_show(section) for section in parts))

    @cached_property
    def chosen(self) -> list[Change]:
        """The changes asked for: by the owner's name, the most important first."""
        rows = [one for one in self.changes.rows if not self.asked.kind or self.asked.kind in one.kinds]
        order = {owner_id: place for place, owner_id in enumerate(self._people)}
        return sorted(rows, key=lambda one: (order[one.owner_id], *_weight(one)))

    @cached_property
    def groups(self) -> list[Group]:
        """The rows of this page, by owner."""
        rows = self.rows_of(self.chosen[self._first : self._first + ROWS_OF_A_PAGE])
        owners = dict.fromkeys(row.change.owner_id for row in rows)
        return [self._group(owner_id, rows) for owner_id in owners]

    @property
    def slice(self) -> Slice:
        """The pages before and after this one."""
        page, has_next = self._page, self._first + ROWS_OF_A_PAGE < len(self.chosen)
        return Slice(str(page + 1) if has_next else "", str(page - 1) if page else "")

    def top(self, count: int) -> list[Row]:
        """The most important changes, whosever they are."""
        return self.rows_of(sorted(self.changes.rows, key=_weight)[:count])

    def rows_of(self, changes: list[Change]) -> list[Row]:
        """The deals of some changes, with everything a row shows."""
        keys = [one.deal_id for one in changes]
        deals = self._visible.filter(pk__in=keys).for_list().in_bulk()
        notes = self._notes(keys)
        return [
            Row(deals[one.deal_id], one, phrases(one, self._names), notes.get(one.deal_id)) for one in changes
        ]

    @property
    def _page(self) -> int:
        """Behind the last page is the last page."""
        return min(self.page_number, max(len(self.chosen) - 1, 0) // ROWS_OF_A_PAGE)

    @property
    def _first(self) -> int:
        return self._page * ROWS_OF_A_PAGE

    @cached_property
    def _people(self) -> dict[int, User]:
        """Everyone who owned one of the deals, by name."""
        keys = {one.owner_id for one in self.changes.rows}
        for one in self.changes.rows:
            keys.update(state.owner_id for state in (one.start, one.end) if state)
        return {user.pk: user for user in User.objects.filter(pk__in=keys).by_name()}

    @cached_property
    def _names(self) -> Names:
        return Names(
            stages={setting.stage: setting.label for setting in StageSetting.objects.all()},
            reasons={reason.pk: reason.label for reason in LossReason.objects.all()},
            people={key: str(user) for key, user in self._people.items()},
        )

    def _notes(self, deal_ids: Iterable[int]) -> dict[int, Activity]:
        """The last note of each deal in the period or after it."""
        notes = Activity.objects.visible_to(self.user).filter(
            kind=Activity.Kind.NOTE, deal__in=list(deal_ids), at__gte=self.asked.begins_at
        )
        latest = notes.order_by("deal", "-at", "-pk").distinct("deal").select_related("author")
        return {note.deal_id: note for note in latest if note.deal_id is not None}

    def _group(self, owner_id: int, rows: list[Row]) -> Group:
        everything = [one for one in self.changes.rows if one.owner_id == owner_id]
        deals = sum(one.owner_id == owner_id for one in self.chosen)
        summary = _summary(everything) if self.scopes.shows_rep(owner_id) else ""
        shown = [row for row in rows if row.change.owner_id == owner_id]
        return Group(self._people[owner_id], deals, summary, shown)

    def _may_show(self, section: Section) -> bool:
        return self.shows_sums and self.scopes.shows_people(len(section.owner_ids))

    def _tile(self, kind: Kind, section: Section) -> Tile:
        is_on = self.asked.kind == kind
        value = amounts_text(section.amounts, is_signed=kind == Kind.VALUE)
        return Tile(
            kind=kind,
            label=HEADS[kind],
            deals=section.deals,
            value=value if self._may_show(section) else "",
            url=self.asked.of_kind(None if is_on else kind).path,
            is_on=is_on,
        )

    def _pill(self, label: str, day: date) -> View:
        one = self.asked.from_day(day)
        return View(label, one.path, is_on=(one.since, one.until) == (self.asked.since, self.asked.until))


def _weight(change: Change) -> tuple[int, float, int]:
    """Won before lost before new, and so on; the more valuable first."""
    return min(TOLD.index(kind) for kind in change.kinds), -float(change.end.value), change.deal_id


def _summary(changes: list[Change]) -> str:
    """`2 neu · 1 gewonnen, 12 T€`: what happened to the deals of one person."""
    parts = []
    for kind, section in sections_of(changes).items():
        if section.deals:
            value = amounts_text(section.amounts, is_signed=kind == Kind.VALUE)
            parts.append(f"{HEADS[kind]} {number(section.deals)}" + (f" ({value})" if value else ""))
    return " · ".join(parts)


def _picture(fall: Waterfall) -> Picture:
    bars = fall.bars
    lines = [_line(bar, fall.currency, is_total=bar in (bars[0], bars[-1])) for bar in bars]
    edge = money_compact(fall.begins_at, fall.currency) if fall.begins_at else ""
    return Picture(fall.currency, [line for line in lines if line.is_total or line.bar.amount], edge)


def _line(bar: Bar, currency: str, *, is_total: bool) -> Line:
    amount = money(bar.amount, currency) if is_total else signed_money(bar.amount, currency)
    return Line(BARS[bar.code], bar, amount, is_total)
