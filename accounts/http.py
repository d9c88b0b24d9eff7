"""The request as our views see it, and the doors that only some may pass."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from accounts.models import Role, User

P = ParamSpec("P")


class Request(HttpRequest):
    """A request of a logged-in user, with htmx's facts about it."""

    user: User
    htmx: HtmxDetails


View = Callable[Concatenate[Request, P], HttpResponse | FileResponse]


def role_required(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Refuse (403) everyone whose role is not among `roles`; admins always pass."""

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse | FileResponse:
            if request.user.role not in (*roles, Role.ADMIN):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
