"""The explorer as a page of which one keeps views: a question is kept as its address says it."""

import re

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from explorer.asked import AXES
from explorer.subjects_of_work import SUBJECTS
from lists.filters import ListFilter
from lists.models import ViewPage
from lists.pages import ListPage
from pipeline.models import Deal

WORD = re.compile("[a-z0-9_]{1,20}")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
GROUPS = re.compile(r"[^\x00-\x1f]{1,400}")
DIMENSIONS = dict.fromkeys(name for subject in SUBJECTS.values() for name in subject.dimensions)


class ExplorerFilter(ListFilter):
    """The explorer asks nothing of a list: all of its question stands in the manners below."""

    class Meta:
        model = Deal
        fields: list[str] = []


def _read(query: QueryDict, user: User) -> ExplorerFilter:
    return ExplorerFilter(query, user=user)


EXPLORER = ListPage(
    code=ViewPage.EXPLORER,
    everything=_("Explore"),
    read=_read,
    manners={
        **dict.fromkeys(("subject", "measure", "show", "period", *AXES), WORD),
        "from": DAY,
        "to": DAY,
        "currency": re.compile("[A-Z]{3}"),
        **dict.fromkeys(DIMENSIONS, GROUPS),
    },
)
