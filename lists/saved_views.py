"""Saved views: what of an address a view keeps, the pills above board and lists, where a user starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import django_filters
from django.db.models import Model
from django.forms import Field
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import Team, User
from core.templatetags.dates import short_date
from core.templatetags.money import number
from lists.filters import ListFilter
from lists.models import SavedView, StartView, ViewPage
from lists.pages import ListPage, list_page

MOST_PILLS = 5
# Own views are bounded; of what a large team shares, more than these nobody reads through.
MOST_SHOWN = 60


@dataclass(frozen=True)
class Question:
    """A filter as an address asks it of a page, and what of it a view would keep."""

    page: ViewPage
    filter: ListFilter

    @classmethod
    def of(cls, page: ViewPage, query: QueryDict, user: User) -> "Question":
        """The question an address asks when this user opens the page with it."""
        return cls(page, list_page(page).read(query, user))

    @cached_property
    def manner(self) -> ListPage:
        """How the page reads its address."""
        return list_page(self.page)

    @property
    def kept(self) -> str:
        """What a view keeps: names of the filter with values it understood, in a fixed order.

        It reads the same in both languages, and stays so when the filter is rebuilt.
        """
        given = self.filter.asked.items()
        parts = {
            **self.manner.base,
            **{name: _spelled(self.filter.filters[name], said) for name, said in given},
        }
        for name, pattern in self.manner.manners.items():
            if pattern.fullmatch(self._word(name)):
                parts[name] = self._word(name)
        if parts.get("sort") == self.manner.default_sort:
            del parts["sort"]
        return _joined(parts)

    @property
    def asked(self) -> str:
        """The same questions as they were asked, understood or not."""
        names = (*self.filter.filters, *self.manner.manners)
        return _joined({name: self._word(name) for name in names if self._word(name)})

    @property
    def is_usual(self) -> bool:
        """Whether it asks what the page shows unasked."""
        return self.kept == _joined(self.manner.unasked_by(self.filter.user))

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
        return f"{reverse('lists:view_add', args=[self.page])}?{self.kept}"


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


def brought_along(question: Question, *views: tuple[str, Mapping[str, str]]) -> list[Pill]:
    """The views a page brings along: what each is called and asks."""
    base = question.manner.base
    return [
        Pill(label, f"?{urlencode(asked)}", question.kept == _joined({**base, **asked}))
        for label, asked in views
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


def _spelled(question: django_filters.Filter, value: object) -> str:
    """A value as it stands in an address, whatever the language."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        # Three decimals would be read as thousands in German.
        return f"{value:.2f}".removesuffix(".00") if value == round(value, 2) else f"{value:.4f}"
    if isinstance(value, date):
        return value.isoformat()
    return "on" if value is True and isinstance(question, django_filters.BooleanFilter) else str(value)


def _read(field: Field, value: object) -> str:
    """A question with its answer, as a person reads it."""
    labels = {str(key): label for key, label in getattr(field, "choices", ())}
    if isinstance(value, bool) and not labels:
        return str(field.label)
    answer = str(value)
    if isinstance(value, str | bool):
        answer = str(labels.get(str(value), value))
    if isinstance(value, Decimal):
        answer = number(value, 0 if value == value.to_integral_value() else 2)
    if isinstance(value, date):
        answer = short_date(value)
    return f"{field.label}: {answer}"


def _joined(parts: Mapping[str, str]) -> str:
    return urlencode(sorted(parts.items()))
