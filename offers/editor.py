"""A draft that is being written: its form and lines, what they come to, and what keeps it from being sent."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.http import QueryDict

from accounts.models import User
from core.money import rounded
from offers.approval import is_approved, rules_met
from offers.costs import may_see_cost
from offers.models import ApprovalRule, OfferLine, OfferVersion
from offers.offer_forms import BaseOfferLines, VersionForm, offer_lines
from offers.offer_prices import OfferTotals, offer_totals


@dataclass
class Editor:
    """The forms of a draft, filled in from the version or with what was sent."""

    version: OfferVersion
    form: VersionForm
    lines: BaseOfferLines

    @classmethod
    def of(cls, version: OfferVersion, data: QueryDict | None) -> "Editor":
        """As it is opened, or as it came back."""
        return cls(version, VersionForm(data, version), offer_lines(data, version))

    @property
    def forms(self) -> list[forms.BaseForm]:
        """The form and all its lines."""
        return [self.form, *self.lines.forms]

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong anywhere."""
        return any(form.errors for form in self.forms) or bool(self.lines.non_form_errors())

    def is_valid(self) -> bool:
        """Whether it can be kept."""
        return all([self.form.is_valid(), self.lines.is_valid()])


@dataclass(frozen=True)
class LineSum:
    """What one line comes to, and how near it is to what it costs us; the latter None where it is unknown."""

    line: OfferLine
    margin_rate: Decimal | None
    is_below_floor: bool
    floor: Decimal | None


@dataclass(frozen=True)
class Sums:
    """What a version comes to, line by line and together, for a user who may or may not see cost."""

    version: OfferVersion
    totals: OfferTotals
    lines: list[LineSum]
    sees_cost: bool
    rules: list[ApprovalRule]
    is_approved: bool


def read_sums(version: OfferVersion, user: User) -> Sums:
    """The saved version in figures."""
    lines = list(version.lines.select_related("product"))
    return Sums(
        version=version,
        totals=offer_totals(lines, version),
        lines=[line_sum(line) for line in lines],
        sees_cost=may_see_cost(user),
        rules=rules_met(version, lines) if version.is_unsent else [],
        is_approved=is_approved(version) if version.is_unsent else False,
    )


def line_sum(line: OfferLine) -> LineSum:
    """The margin of one line before a discount on the total, and whether it goes below its lowest price."""
    paid = line.unit_price * (1 - line.discount)
    below = line.floor_price is not None and rounded(paid) < rounded(line.floor_price)
    margin = (paid - line.cost) / paid if line.cost is not None and paid else None
    return LineSum(line, margin, below and line.is_item, line.floor_price)
