"""A next step for many deals of the list at once."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from activities.actions import plan_follow_ups
from activities.forms import NextStepsForm
from core.templatetags.dates import today, weekday_date
from core.templatetags.money import number
from core.working_days import working_day_after
from lists.answers import ask, told
from lists.choices import read_choice
from lists.models import ViewPage


@require_http_methods(["GET", "POST"])
def deals_follow_up(request: Request) -> HttpResponse:
    """Plan the same next step for each of the chosen deals."""
    is_asked = request.method == "GET"
    choice = read_choice(ViewPage.LIST, request.user, request.GET if is_asked else request.POST)
    tomorrow = working_day_after(today(), land=request.user.works_in)
    form = NextStepsForm(None if is_asked else request.POST, initial={"on": tomorrow})
    if not form.is_valid():
        return ask(
            request,
            choice,
            form,
            "activities/_step_fields.html",
            title=_("Plan next step"),
            submit_label=_("Plan"),
            note=_("Each deal gets a follow-up of its own, done by whom the deal belongs to."),
        )
    step = form.step()

    count = plan_follow_ups(choice.rows, step, form_key=form.cleaned_data["form_key"], actor=request.user)

    text = ngettext(
        "Planned for %(day)s: the next step of %(number)s deal.",
        "Planned for %(day)s: the next step of %(number)s deals.",
        count,
    ) % {"day": weekday_date(step.on), "number": number(count)}
    return told(request, choice, text)
