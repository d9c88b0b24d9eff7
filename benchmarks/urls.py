"""The routes of the product, and one that shows nothing: what any page costs before it does anything."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from funnel_crm.urls import handler400, handler500
from funnel_crm.urls import urlpatterns as routes

__all__ = ["handler400", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, through every middleware, for someone who has logged in."""
    return HttpResponse("")


urlpatterns = [path("bench/empty/", empty, name="bench_empty"), *routes]
