"""The rows behind a number of the explorer, page by page, and how many there are."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from core.pagination import Page, keyset_page
from explorer.page import ExplorerPage
from explorer.words import Record

# Beyond this one is told that there are more; counting them all would take longer than the page.
MOST_COUNTED = 100_000


@dataclass(frozen=True)
class Records:
    """A page of rows, each as its subject shows it."""

    question: ExplorerPage
    page: Page
    rows: list[Record]
    count: int

    @property
    def is_counted(self) -> bool:
        """Whether `count` is all of them."""
        return self.count <= MOST_COUNTED

    @property
    def most(self) -> int:
        """How many are counted at most."""
        return MOST_COUNTED

    @property
    def table_url(self) -> str:
        """The table again."""
        return f"{reverse('explorer:explorer')}?{self.question.asked.query}"


def read_records(question: ExplorerPage, query: QueryDict) -> Records:
    """The rows of the period and the filters; amounts of one currency where money was asked for."""
    subject, asked = question.subject, question.asked
    # The history itself, also where its sums answered.
    rows = asked.narrow(subject.rows(question.user))
    if asked.measure.is_money:
        rows = rows.filter(**{subject.currency: asked.currency})
    page = keyset_page(rows.select_related(*subject.loads), subject.order, query.get("cursor", ""))
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return Records(question, page, [subject.record(row) for row in page.rows], count)
