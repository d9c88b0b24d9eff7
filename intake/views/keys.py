"""The keys with which other programs hand in leads."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_editable
from intake.actions import make_key, revoke_key
from intake.models import SourceKey

MOST_SHOWN = 200


class KeyForm(forms.ModelForm):
    """Who uses the key, and which source its leads come from."""

    class Meta:
        model = SourceKey
        fields = ("name", "source", "campaign")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for name in ("source", "campaign"):
            field = self.fields[name]
            field.queryset = field.queryset.filter(is_active=True)  # type: ignore[attr-defined]


@role_required(Role.MANAGER)
@require_GET
def source_keys(request: Request) -> HttpResponse:
    """Which programs may hand in leads."""
    return _page(request, KeyForm())


@role_required(Role.MANAGER)
@require_POST
def key_make(request: Request) -> HttpResponse:
    """Make a key; its secret is on this one page and nowhere else, so there is no redirect."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    _key, token = make_key(given["name"], given["source"], given["campaign"], actor=request.user)
    return _page(request, KeyForm(), token=token)


@role_required(Role.MANAGER)
@require_POST
def key_revoke(request: Request, pk: int) -> HttpResponse:
    """Let a key open nothing any more."""
    revoke_key(get_editable(SourceKey.objects, request.user, pk), actor=request.user)
    return redirect("intake:source_keys")


def _page(request: Request, form: KeyForm, *, token: str = "") -> HttpResponse:
    keys = SourceKey.objects.visible_to(request.user).valid().select_related("source", "campaign", "made_by")
    context = {
        "keys": keys[:MOST_SHOWN],
        "form": form,
        "token": token,
        "endpoint": request.build_absolute_uri(reverse("intake:api_leads")),
    }
    return render(request, "intake/source_keys.html", context, status=422 if form.is_bound else 200)
