"""The lists of companies and persons."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.http import Request
from lists.pages import ListPage
from lists.saved_views import Question, brought_along, read_view_bar
from lists.tables import read_table


def show_list(request: Request, page: ListPage, template: str, *, usual: tuple[str, ...]) -> HttpResponse:
    """One page of a list, with its views."""
    assert page.table is not None  # noqa: S101
    table = read_table(page, page.table, request.user, request.GET, usual=usual)
    question = Question(page.code, table.filter)
    views = brought_along(
        question,
        (_("All"), {}),
        (_("Mine"), {"owner": str(request.user.pk)}),
        (_("Without owner"), {"unowned": "on"}),
    )
    context = {"table": table, "page": table.page, "bar": read_view_bar(question), "views": views}
    return render(request, template, context)
