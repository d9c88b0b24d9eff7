"""The style page: every token and every component of the product, with invented data."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request, role_required
from accounts.models import Role
from demo.palette import palette, scale
from demo.specimens import components, frame


@require_safe
@role_required(Role.ADMIN)
def style_page(request: Request) -> HttpResponse:
    """What the design system holds, in the theme and the width that the address asks for."""
    tokens = {"palette": palette(), "spaces": scale("sp"), "radii": scale("r"), "type_sizes": scale("t-")}
    return render(request, "demo/style_page.html", {**tokens, **frame(request.GET), **components()})
