"""Saved views: what of an address a view keeps, the pills above board and list, where a user starts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Model
from django.forms import Field
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import Team, User
from core.templatetags.dates import short_date
from core.templatetags.money import number
from pipeline.board import with_owner
from pipeline.deal_columns import DEFAULT_SORT
from pipeline.filters import EVERYONE, ME, BoardFilter, DealFilter
from pipeline.models import Outcome, SavedView, StartView, ViewPage

MOST_PILLS = 5
# Own views are bounded; of what a large team shares, more than these nobody reads through.
MOST_SHOWN = 60
FILTERS: dict[ViewPage, type[BoardFilter]] = {ViewPage.BOARD: BoardFilter, ViewPage.LIST: DealFilter}
# What an address says beside the filter, and what such a word looks like; the pages know the words.
MANNERS = {
    ViewPage.BOARD: {"by": re.compile("value")},
    ViewPage.LIST: {
        "sort": re.compile("-?[a-z_]{1,30}"),
        "columns": re.compile("[a-z_]{1,30}(,[a-z_]{1,30}){0,29}"),
    },
}


@dataclass(frozen=True)
class Question:
    """A filter as an address asks it of a page, and what of it a view would keep."""

    page: ViewPage
    filter: BoardFilter

    @classmethod
    def of(cls, page: ViewPage, query: QueryDict, user: User) -> "Question":
        """The question an address asks when this user opens the page with it."""
        asked = with_owner(user, query) if page == ViewPage.BOARD else query
        return cls(page, FILTERS[page](asked, user=user))

    @property
    def kept(self) -> str:
        """What a view keeps: names of the filter with values it understood, in a fixed order.

        It reads the same in both languages, and stays so when the filter is rebuilt.
        """
        parts = {"owner": EVERYONE, **{name: _spelled(value) for name, value in self.filter.asked.items()}}
        for name, pattern in MANNERS[self.page].items():
            if pattern.fullmatch(self._word(name)):
                parts[name] = self._word(name)
        if parts.get("sort") == DEFAULT_SORT:
            del parts["sort"]
        return _joined(parts)

    @property
    def asked(self) -> str:
        """The same questions as they were asked, understood or not."""
        names = (*self.filter.base_filters, *MANNERS[self.page])
        return _joined({name: self._word(name) for name in names if self._word(name)})

    @property
    def is_usual(self) -> bool:
        """Whether it asks what the page shows unasked."""
        owner = EVERYONE
        if self.page == ViewPage.BOARD:
            owner = str(with_owner(self.filter.user, QueryDict())["owner"])
        return self.kept == _joined({"owner": owner})

    @property
    def url(self) -> str:
        """The page that asks it."""
        return f"{self.page.url}?{self.kept}"

    @property
    def words(self) -> list[str]:
        """What is asked for, to read: the label of each question with its answer."""
        fields = self.filter.form.fields
        return [_read(fields[name], value) for name, value in self.filter.asked.items()]

    def is_answered_by(self, kept: str) -> bool:
        """Whether a view keeps just this, or what its pill asked when a part of it is not known any more."""
        return kept in (self.kept, self.asked)

    def _word(self, name: str) -> str:
        return str(self.filter.data.get(name, ""))


@dataclass(frozen=True)
class Pill:
    """A view one comes back to; saved ones with a symbol, and a word when someone else saved it."""

    label: str
    url: str
    is_on: bool
    title: str = ""
    shared_by: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class ViewBar:
    """The views above a page, beside those the page brings along."""

    page: ViewPage
    kept: str
    pills: list[Pill]
    more: list[Pill]
    # The saved view that is shown, with the rights `for_bar` adds; one's own first.
    view: SavedView | None
    # With whom the user may share it.
    teams: list[Team]
    # Whether the page shows something worth a name: neither a saved view nor what it shows unasked.
    is_new: bool

    @property
    def add_url(self) -> str:
        """Where the filter shown gets its name."""
        return f"{reverse('pipeline:view_add', args=[self.page])}?{self.kept}"


def read_view_bar(question: Question) -> ViewBar:
    """The views the user may choose from on a page, and which of them the question asks for."""
    user = question.filter.user
    views = list(SavedView.objects.for_bar(user).filter(page=question.page)[:MOST_SHOWN])
    shown = [view for view in views if question.is_answered_by(view.query)]
    first = {*views[:MOST_PILLS], *shown}
    return ViewBar(
        page=question.page,
        kept=question.kept,
        pills=[_pill(view, user, is_on=view in shown) for view in views if view in first],
        more=[_pill(view, user, is_on=False) for view in views if view not in first],
        view=shown[0] if shown else None,
        teams=list(Team.objects.to_share_with(user)) if shown else [],
        is_new=not shown and not question.is_usual,
    )


def list_pills(question: Question) -> list[Pill]:
    """The views the list brings along."""
    built_in: Iterable[tuple[str, Mapping[str, str]]] = (
        (_("All"), {}),
        (_("My open deals"), {"owner": ME, "outcome": Outcome.OPEN}),
        (_("Won"), {"outcome": Outcome.WON}),
        (_("Lost"), {"outcome": Outcome.LOST}),
    )
    return [
        Pill(label, f"?{urlencode(asked)}", question.kept == _joined({"owner": EVERYONE, **asked}))
        for label, asked in built_in
    ]


def start_url(user: User) -> str:
    """Where a user begins: the view they chose while they may see it, what is due today, else the board."""
    view = SavedView.objects.visible_to(user).filter(starts__user=user).first()
    if view is not None:
        return view.url
    if StartView.objects.filter(user=user, view=None).exists():
        return reverse("activities:today")
    return ViewPage.BOARD.url


def _pill(view: SavedView, user: User, *, is_on: bool) -> Pill:
    if view.owner_id == user.pk:
        return Pill(view.name, view.url, is_on, title=view.name, symbol="bookmark")
    shared_by = _("Shared by %(owner)s") % {"owner": view.owner}
    return Pill(view.name, view.url, is_on, f"{view.name} · {shared_by}", shared_by, symbol="users")


def _spelled(value: object) -> str:
    """A value as it stands in an address, whatever the language."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return f"{value:.2f}".removesuffix(".00")
    if isinstance(value, date):
        return value.isoformat()
    return "on" if value is True else str(value)


def _read(field: Field, value: object) -> str:
    """A question with its answer, as a person reads it."""
    if value is True:
        return str(field.label)
    answer = str(value)
    if isinstance(value, str):
        labels = {str(key): label for key, label in getattr(field, "choices", ())}
        answer = str(labels.get(value, value))
    if isinstance(value, Decimal):
        answer = number(value, 0 if value == value.to_integral_value() else 2)
    if isinstance(value, date):
        answer = short_date(value)
    return f"{field.label}: {answer}"


def _joined(parts: Mapping[str, str]) -> str:
    return urlencode(sorted(parts.items()))
