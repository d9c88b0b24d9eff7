"""Rows chosen in a list, to do something with all of them; every key that comes in is checked here."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from core.addresses import read_keys
from lists.errors import NothingChosen, TooManyChosen
from lists.models import ViewPage
from lists.pages import table_page

# What is done within a request, in one transaction: losing or planning this many takes about a second.
MOST_CHOSEN = 200
SHOWN = 5


@dataclass(frozen=True)
class Choice:
    """What a user chose: the rows they may change, and how many there are beside those."""

    page: ViewPage
    # Of the model that stands in this list.
    rows: list[Any]
    keys: list[int]

    @property
    def refused(self) -> int:
        """How many of the chosen the user may not change, or are no longer there."""
        return len(self.keys) - len(self.rows)

    @property
    def frozen(self) -> str:
        """The keys, so that a confirmed form changes exactly what it showed."""
        return ",".join(map(str, self.keys))

    @property
    def names(self) -> list[Any]:
        """The first few, to be named."""
        return self.rows[:SHOWN]

    @property
    def further(self) -> int:
        """How many are not named."""
        return len(self.rows) - len(self.names)


def read_choice(code: ViewPage, user: User, sent: QueryDict, *, most: int | None = None) -> Choice:
    """The rows that a form sends: boxes of a page, all of a filter, or the keys that a form before froze.

    `most` is more where a job does the work. Raises NothingChosen, TooManyChosen; Http404 when the user sees
    none of them, PermissionDenied when they may change none.
    """
    most = MOST_CHOSEN if most is None else most
    _page, table = table_page(code)
    keys = _keys(code, user, sent, most)
    if not keys:
        raise NothingChosen(_("Please choose something in the list first."))
    if len(keys) > most:
        message = _("At most %(most)d can be changed at once. Please narrow the filter.")
        raise TooManyChosen(message % {"most": most})
    editable = table.rows.editable_by(user).filter(pk__in=keys)
    rows = list(table.shown(editable, (), user).order_by("pk"))
    if not rows:
        if not table.rows.visible_to(user).filter(pk__in=keys).exists():
            raise Http404
        raise PermissionDenied
    return Choice(code, rows, keys)


def _keys(code: ViewPage, user: User, sent: QueryDict, most: int) -> list[int]:
    if frozen := sent.get("rows", ""):
        return read_keys(frozen.split(",", most + 1))
    if "whole" in sent:
        page, _table = table_page(code)
        found = page.read(QueryDict(sent.get("query", "")), user).qs
        return list(found.order_by("pk").values_list("pk", flat=True)[: most + 1])
    return read_keys(sent.getlist("pick"))
