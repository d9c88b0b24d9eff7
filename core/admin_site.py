"""The Django admin behind our own log-in: one door, for admins only."""

from collections.abc import Callable
from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponse]


class FunnelAdminSite(admin.AdminSite):
    """Outsiders go to the log-in of the product, with its limits; users who are no admins are refused."""

    site_title = _("Sales funnel")
    site_header = _("Administration of the sales funnel")
    index_title = _("What would you like to set up?")
    enable_nav_sidebar = True

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """Refuse those who are logged in and may not enter, instead of asking them to log in again."""
        guarded = super().admin_view(view, cacheable)

        def enter(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(enter, guarded)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send to the log-in of the product."""
        query = urlencode({"next": request.GET.get("next", resolve_url("admin:index"))})
        return redirect(f"{resolve_url('accounts:login')}?{query}")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """End the session as everywhere."""
        return LogoutView.as_view()(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Send to the page of the product."""
        return redirect("accounts:password_change")
