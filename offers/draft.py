"""An order that is being entered or changed: its form and its lines, and whether it can be saved."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.http import Request
from core.versions import TOO_LATE
from offers.actions import LineFacts
from offers.errors import OrderCancelled, TooManyLines
from offers.forms import MOST_LINES, OrderForm, line_forms
from offers.models import Order
from pipeline.models import Deal

NOT_YET = 422


@dataclass
class Draft:
    """What a user is entering, and the page that shows it."""

    form: OrderForm
    lines: forms.BaseFormSet
    title: str
    back: str

    @classmethod
    def of(
        cls, request: Request, *, title: str, order: Order | None = None, deal: Deal | None = None
    ) -> "Draft":
        """The forms, filled in from the order or the deal, or with what was sent."""
        if order is not None and order.is_cancelled:
            raise OrderCancelled
        if order is not None and order.lines.count() > MOST_LINES:
            raise TooManyLines(MOST_LINES)
        data = request.POST if request.method == "POST" else None
        return cls(
            form=OrderForm(data, user=request.user, order=order, deal=deal),
            lines=line_forms(data, order=order, deal=deal),
            title=title,
            back=_page_of(order, deal),
        )

    @property
    def forms(self) -> list[forms.BaseForm]:
        """The form and all its lines."""
        return [self.form, *self.lines]

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong anywhere."""
        return any(form.errors for form in self.forms) or bool(self.lines.non_form_errors())

    def is_ready(self) -> bool:
        """Whether it can be saved: sensible, with a line at least, not changed by others meanwhile."""
        if not all([self.form.is_valid(), self.lines.is_valid()]):
            return False
        return self.form.order is None or not self.form.is_stale()

    def facts_of_lines(self) -> list[LineFacts]:
        """All lines that say something, in their order."""
        return [facts for line in self.lines if (facts := line.facts()) is not None]

    def show(self, request: Request) -> HttpResponse:
        """The page with everything that was typed."""
        status = TOO_LATE if self.form.was_overtaken else NOT_YET if self.form.is_bound else 200
        return render(request, "offers/order_form.html", {"draft": self}, status=status)


def _page_of(order: Order | None, deal: Deal | None) -> str:
    """Where one came from."""
    if order is not None:
        return order.get_absolute_url()
    return reverse("pipeline:deal_detail", args=[deal.pk]) if deal else reverse("offers:order_list")
