"""What changed between two versions: terms, lines, quantities, prices, and the total."""

from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.templatetags.money import exact, money, percent_exact
from offers.models import OfferLine, OfferVersion
from offers.offer_prices import offer_totals

COMPARED = (
    "title",
    "recipient",
    "salutation",
    "language",
    "currency",
    "valid_until",
    "delivery",
    "payment_days",
    "cash_discount",
    "cash_discount_days",
    "payment_note",
    "discount_rate",
    "discount_amount",
    "shows_gross",
    "intro",
    "closing",
)


@dataclass(frozen=True)
class Change:
    """One thing that differs: its name, and what it said before and says after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class LineChange:
    """A line that came, went, or says something else; `changes` of one that stayed."""

    before: OfferLine | None
    after: OfferLine | None
    changes: list[Change]

    @property
    def text(self) -> str:
        """What it is called."""
        line = self.after or self.before
        return line.text if line else ""


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two versions."""

    before: OfferVersion
    after: OfferVersion
    terms: list[Change]
    lines: list[LineChange]
    sums: list[Change]

    @property
    def is_equal(self) -> bool:
        """Whether they say the same."""
        return not (self.terms or self.lines)


def compare(before: OfferVersion, after: OfferVersion) -> Comparison:
    """What the later one says otherwise."""
    old, new = list(before.lines.all()), list(after.lines.all())
    terms = [
        Change(_named(name), _said(before, name), _said(after, name))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    ]
    return Comparison(before, after, terms, list(_lines(old, new)), _sums(before, after, old, new))


def _lines(old: list[OfferLine], new: list[OfferLine]) -> list[LineChange]:
    """Lines are the same when they sell the same; what is between equal ones came or went."""
    matcher = SequenceMatcher(
        None, [_key(line) for line in old], [_key(line) for line in new], autojunk=False
    )
    changes: list[LineChange] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(old[i1:i2], new[j1:j2], strict=True)
            changes += [LineChange(a, b, said) for a, b in pairs if (said := _of_line(a, b))]
        else:
            changes += [LineChange(line, None, []) for line in old[i1:i2]]
            changes += [LineChange(None, line, []) for line in new[j1:j2]]
    return changes


def _key(line: OfferLine) -> tuple[object, ...]:
    return (line.kind, line.product_id or line.text)


def _of_line(before: OfferLine, after: OfferLine) -> list[Change]:
    facts = (
        (_("Text"), before.text, after.text),
        (_("Description"), before.description, after.description),
        (_("Quantity"), _quantity(before), _quantity(after)),
        (_("Unit price, net"), exact(before.unit_price, 2), exact(after.unit_price, 2)),
        (_("Discount"), percent_exact(before.discount), percent_exact(after.discount)),
        (_("VAT"), percent_exact(before.vat_rate), percent_exact(after.vat_rate)),
        (_("Billing"), before.get_billing_display(), after.get_billing_display()),
        (_("Choice"), _choice(before), _choice(after)),
    )
    return [Change(name, old, new) for name, old, new in facts if old != new]


def _quantity(line: OfferLine) -> str:
    return f"{exact(line.quantity)} {line.unit}".strip()


def _choice(line: OfferLine) -> str:
    if line.alternative_group:
        return _("alternative")
    return _("optional") if line.is_optional else _("fixed")


def _named(name: str) -> str:
    return str(getattr(OfferVersion._meta.get_field(name), "verbose_name", name))


def _said(version: OfferVersion, name: str) -> str:
    value = getattr(version, name)
    display = getattr(version, f"get_{name}_display", None)
    if display is not None:
        return str(display())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return money(value, version.currency) if name == "discount_amount" else percent_exact(value)
    if name == "valid_until":
        return date_format(value, "SHORT_DATE_FORMAT") if value else "–"
    return str(value) or "–"


def _sums(
    before: OfferVersion, after: OfferVersion, old: list[OfferLine], new: list[OfferLine]
) -> list[Change]:
    first, second = offer_totals(old, before), offer_totals(new, after)
    names = {"once": _("Net, once"), "monthly": _("Net per month"), "yearly": _("Net per year")}
    return [
        Change(
            name,
            money(getattr(first, part).totals.net, before.currency),
            money(getattr(second, part).totals.net, after.currency),
        )
        for part, name in names.items()
        if getattr(first, part).before or getattr(second, part).before
    ]
