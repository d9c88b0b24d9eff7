"""Log-in, passwords, the own profile."""

from axes.utils import reset as forget_failed_attempts
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import request_password_link_for, set_language, set_theme
from accounts.forms import LanguageForm, LogInForm, PasswordLinkForm, ProfileForm, ThemeForm
from accounts.http import Request
from accounts.models import Theme
from core.addresses import page_before

COOKIE_AGE = 60 * 60 * 24 * 365


class LogIn(auth_views.LoginView):
    """E-mail address and password; too many failures from one address close the door for a while."""

    authentication_form = LogInForm
    redirect_authenticated_user = True


class PasswordChange(auth_views.PasswordChangeView):
    """A new password, for those who know the old one; all other sessions end."""

    success_url = reverse_lazy("accounts:password_change_done")


class PasswordResetConfirm(auth_views.PasswordResetConfirmView):
    """A new password by the link from the mail; all sessions end."""

    success_url = reverse_lazy("accounts:password_reset_complete")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Whoever reads the account's mail is not the one who was guessing."""
        forget_failed_attempts(username=form.user.email)
        return super().form_valid(form)


@login_not_required
@require_http_methods(["GET", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Ask for the link; the answer is the same whether we know the address or not."""
    form = PasswordLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "registration/password_reset_form.html", {"form": form}, status=status)
    request_password_link_for(form.cleaned_data["email"], site=request.build_absolute_uri("/"))
    return redirect("accounts:password_reset_done")


@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """The user's own name, language and appearance."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        with translation.override(request.user.language):
            messages.success(request, _("Your profile has been saved."))
        return redirect("accounts:profile")
    if form.is_bound:
        request.user.refresh_from_db()
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def theme_set(request: Request) -> HttpResponse:
    """Light, dark, or as the device says; the page has changed already."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(form.errors.as_text())
    set_theme(request.user, Theme(form.cleaned_data["theme"]))
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(page_before(request, otherwise="/"))


@login_not_required
@require_POST
def language_set(request: Request) -> HttpResponse:
    """German or English: remembered with the user, and in the browser for the pages before the log-in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(form.errors.as_text())
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        set_language(request.user, language)
    response = redirect(page_before(request, otherwise="/"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
