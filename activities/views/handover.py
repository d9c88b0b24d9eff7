"""The page on which an admin gives everything of a leaving colleague to another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request, role_required
from accounts.models import User
from activities.handover import belongings, hand_over
from activities.handover_form import HandOverForm


@role_required()
@require_http_methods(["GET", "POST"])
def user_hand_over(request: Request, pk: int) -> HttpResponse:
    """What there is, who takes it, and whether the leaver can log in afterwards."""
    leaver = get_object_or_404(User, pk=pk)
    form = HandOverForm(request.POST if request.method == "POST" else None, leaver=leaver)
    if not form.is_valid():
        context = {"leaver": leaver, "form": form, "belongings": belongings(leaver)}
        return render(request, "activities/hand_over.html", context, status=422 if form.is_bound else 200)
    successor = form.cleaned_data["successor"]
    hand_over(leaver, successor, actor=request.user, deactivate=form.cleaned_data["deactivate"])
    text = _("Everything of %(leaver)s now belongs to %(successor)s.")
    messages.success(request, text % {"leaver": leaver, "successor": successor})
    return redirect("admin:accounts_user_change", leaver.pk)
