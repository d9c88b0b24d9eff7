"""The lists of companies and persons."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import Request
from lists.pages import ListPage
from lists.saved_views import Question, read_view_bar
from lists.tables import read_table


def show_list(request: Request, page: ListPage, template: str, *, usual: tuple[str, ...]) -> HttpResponse:
    """One page of a list, with its views."""
    assert page.table is not None  # noqa: S101
    table = read_table(page, page.table, request.user, request.GET, usual=usual)
    bar = read_view_bar(Question(page.code, table.filter))
    return render(request, template, {"table": table, "page": table.page, "bar": bar})
