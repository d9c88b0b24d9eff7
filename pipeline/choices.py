"""Deals chosen in the list, to do something with all of them; every key that comes in is checked here."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from core.addresses import read_keys
from pipeline.errors import NothingChosen, TooManyChosen
from pipeline.filters import DealFilter
from pipeline.models import Deal

# What is done within a request, in one transaction: losing or planning this many takes about a second.
MOST_CHOSEN = 200
SHOWN = 5


@dataclass(frozen=True)
class Choice:
    """What a user chose: the deals they may change, and how many there are beside those."""

    deals: list[Deal]
    keys: list[int]

    @property
    def refused(self) -> int:
        """How many of the chosen the user may not change, or are no longer there."""
        return len(self.keys) - len(self.deals)

    @property
    def frozen(self) -> str:
        """The keys, so that a confirmed form changes exactly what it showed."""
        return ",".join(map(str, self.keys))

    @property
    def names(self) -> list[Deal]:
        """The first few, to be named."""
        return self.deals[:SHOWN]

    @property
    def further(self) -> int:
        """How many are not named."""
        return len(self.deals) - len(self.names)


def read_choice(user: User, sent: QueryDict) -> Choice:
    """The deals that a form sends: boxes of a page, all of a filter, or the keys that a form before froze.

    Raises NothingChosen, TooManyChosen; Http404 when the user sees none of them, PermissionDenied when they
    may change none.
    """
    keys = _keys(user, sent)
    if not keys:
        raise NothingChosen(_("Please choose deals in the list first."))
    if len(keys) > MOST_CHOSEN:
        message = _("At most %(most)d deals can be changed at once. Please narrow the filter.")
        raise TooManyChosen(message % {"most": MOST_CHOSEN})
    deals = list(Deal.objects.editable_by(user).filter(pk__in=keys).for_list().order_by("pk"))
    if not deals:
        if not Deal.objects.visible_to(user).filter(pk__in=keys).exists():
            raise Http404
        raise PermissionDenied
    return Choice(deals, keys)


def _keys(user: User, sent: QueryDict) -> list[int]:
    if frozen := sent.get("deals", ""):
        return read_keys(frozen.split(",", MOST_CHOSEN + 1))
    if "whole" in sent:
        found = DealFilter(QueryDict(sent.get("query", "")), user=user).qs
        return list(found.order_by("pk").values_list("pk", flat=True)[: MOST_CHOSEN + 1])
    return read_keys(sent.getlist("pick"))
