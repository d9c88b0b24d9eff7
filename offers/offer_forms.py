"""Input checks of a draft: the letter with its terms, and its lines as they are typed."""

from dataclasses import fields
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.choosers import ProductOrText
from catalog.models import Billing, Product, VatCategory
from core.money import rounded
from offers.facts import OfferLineFacts, VersionFacts
from offers.first_draft import CURRENCIES
from offers.models import OfferLine, OfferVersion

MOST_LINES = 200
HUNDRED = Decimal(100)
ITEM = OfferLine.Kind.ITEM


def _number(
    label: Promise, *, digits: int, places: int, most: int | None = None, **options: object
) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "autocomplete": "off"})
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=0,
        max_value=most,
        max_digits=digits,
        decimal_places=places,
        localize=True,
        widget=widget,
        **options,  # type: ignore[arg-type]
    )


def _days(label: Promise) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "num"})
    return forms.IntegerField(label=label, min_value=0, max_value=999, required=False, widget=widget)  # type: ignore[arg-type]


def _text(label: Promise, *, most: int, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)  # type: ignore[arg-type]


def _line(label: Promise, *, most: int, **options: object) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **options)  # type: ignore[arg-type]


class VersionForm(forms.Form):
    """The letter and its terms; `revision` is the one the window was opened with or last saved."""

    LETTER = ("title", "recipient", "salutation", "intro", "closing")
    TERMS = ("valid_until", "delivery", "payment_days", "cash_discount", "cash_discount_days", "payment_note")
    SUMS = ("discount_rate", "discount_amount")
    OTHERS = ("language", "currency", "shows_gross", "internal_note")

    title = _line(_("Subject"), most=200)
    recipient = _text(_("Recipient"), most=500, rows=4)
    salutation = _line(_("Salutation"), most=200)
    intro = _text(_("Text before the lines"), most=5000, rows=3)
    closing = _text(_("Text after the lines"), most=5000, rows=3)
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    delivery = _line(_("Delivery"), most=300)
    payment_days = _days(_("Payable within days"))
    cash_discount = _number(_("Cash discount %"), digits=5, places=2, most=100)
    cash_discount_days = _days(_("Cash discount within days"))
    payment_note = _line(_("More on payment"), most=300)
    discount_rate = _number(_("Discount on the total %"), digits=5, places=2, most=100)
    discount_amount = _number(_("or as an amount"), digits=14, places=2)
    language = forms.ChoiceField(label=_("Language"), choices=OfferVersion.Language)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    shows_gross = forms.BooleanField(label=_("Show prices with VAT"), required=False)
    internal_note = _text(_("Internal note"), most=5000, rows=2)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None, version: OfferVersion) -> None:
        super().__init__(data, initial=_said_of_version(version))

    def clean(self) -> dict[str, object]:
        """A discount on the total is a part or an amount."""
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("discount_rate") and cleaned.get("discount_amount"):
            self.add_error("discount_amount", _("Please use one of the two discounts."))
        return cleaned

    @property
    def facts(self) -> VersionFacts:
        """What was typed, as the actions take it."""
        said = {field.name: self.cleaned_data[field.name] for field in fields(VersionFacts)}
        for name in ("discount_rate", "cash_discount"):
            said[name] = (said[name] or 0) / HUNDRED
        for name in ("payment_days", "cash_discount_days", "discount_amount"):
            said[name] = said[name] or 0
        return VersionFacts(**said)


class OfferLineForm(forms.Form):
    """One place; an emptied one is taken away. `place` is where it stands now, `kind` what it is."""

    kind = forms.ChoiceField(choices=OfferLine.Kind, initial=ITEM, widget=forms.HiddenInput)
    place = forms.IntegerField(required=False, widget=forms.HiddenInput)
    product = ProductOrText(label=_("Product or text"), required=False)
    description = _text(_("Description"), most=5000, rows=1)
    quantity = _number(_("Quantity"), digits=12, places=3)
    unit = _line(_("Unit"), most=40)
    unit_price = _number(_("Unit price"), digits=14, places=4)
    discount = _number(_("Discount %"), digits=5, places=2, most=100)
    vat_category = forms.ChoiceField(label=_("VAT"), choices=VatCategory, initial=VatCategory.STANDARD)
    billing = forms.ChoiceField(label=_("Billing"), choices=Billing, initial=Billing.ONCE)
    is_optional = forms.BooleanField(label=_("optional"), required=False)
    alternative_group = forms.IntegerField(
        label=_("Alternative"),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
    )

    def __init__(self, *args: object, empty_permitted: bool = False, **options: object) -> None:
        # Every line is read, also one that still says what it was filled in with.
        super().__init__(*args, **options)  # type: ignore[arg-type]
        called = self.data.get(self.add_prefix("product_text")) if self.is_bound else self.initial.get("text")
        key = self.data.get(self.add_prefix("product")) if self.is_bound else self.initial.get("product")
        self.fields["product"].widget.called = {str(key): called} if called else {}

    def clean_description(self) -> str:
        """Line ends as they are kept."""
        text: str = self.cleaned_data["description"]
        return text.replace("\r\n", "\n")

    @property
    def is_emptied(self) -> bool:
        """Whether nothing is left of it."""
        given = self.cleaned_data
        words = given.get("product") or given.get("description")
        if given.get("kind") != ITEM:
            return not words
        return not words and given.get("unit_price") is None and not given.get("quantity")

    def facts(self) -> OfferLineFacts | None:
        """None for a line that says nothing; what is missing in a draft is missing until it is sent."""
        given = getattr(self, "cleaned_data", {})
        if not given or self.is_emptied:
            return None
        said, is_item = given["product"], given["kind"] == ITEM
        product = said if isinstance(said, Product) and is_item else None
        text = str(self._text(said) if said else "")
        if not is_item:
            zero = Decimal(0)
            return OfferLineFacts(text, given["kind"], None, given["description"], zero)
        return OfferLineFacts(
            text=text,
            product=product,
            description=given["description"],
            quantity=given["quantity"] if given["quantity"] is not None else Decimal(1),
            unit=given["unit"],
            unit_price=given["unit_price"] or Decimal(0),
            discount=(given["discount"] or 0) / HUNDRED,
            vat_category=given["vat_category"],
            billing=given["billing"],
            is_optional=given["is_optional"],
            alternative_group=given["alternative_group"],
            is_chosen=not given["is_optional"],
        )

    def _text(self, said: Product | str) -> str:
        """What a line was called stays, also in the other language of an offer."""
        if isinstance(said, str):
            return said
        kept = self.data.get(self.add_prefix("product_text"), "") if self.is_bound else ""
        return kept.strip()[:200] or said.name


class BaseOfferLines(forms.BaseFormSet):
    """All places of a draft, read in the order in which they stand on the page."""

    def facts(self) -> list[OfferLineFacts]:
        """What the lines say; of each alternative group the first one is proposed."""
        placed = sorted(enumerate(self.forms), key=lambda one: (self._place(one[1]), one[0]))
        said = [facts for _index, form in placed if (facts := form.facts()) is not None]
        return [_proposed(facts, said[:index]) for index, facts in enumerate(said)]

    def clean(self) -> None:
        """An emptied last line is no error."""
        if len(self.forms) > MOST_LINES:
            raise ValidationError(_("An offer takes at most %(most)d lines.") % {"most": MOST_LINES})

    def _place(self, form: forms.BaseForm) -> int:
        place = getattr(form, "cleaned_data", {}).get("place")
        return place if place is not None else 10**6


OfferLineForms = forms.formset_factory(
    OfferLineForm, formset=BaseOfferLines, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES
)


def offer_lines(data: QueryDict | None, version: OfferVersion) -> BaseOfferLines:
    """The lines of a draft, or what was typed."""
    rows = [_said_of_line(line) for line in version.lines.all()] if data is None else None
    lines: BaseOfferLines = OfferLineForms(data, prefix="lines", initial=rows)  # type: ignore[assignment]
    return lines


def _proposed(facts: OfferLineFacts, before: list[OfferLineFacts]) -> OfferLineFacts:
    if facts.alternative_group is None:
        return facts
    is_first = all(one.alternative_group != facts.alternative_group for one in before)
    said = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return OfferLineFacts(**{**said, "is_optional": False, "is_chosen": is_first})


def _said_of_version(version: OfferVersion) -> dict[str, object]:
    said = {field.name: getattr(version, field.name) for field in fields(VersionFacts)}
    for name in ("discount_rate", "cash_discount"):
        said[name] = (said[name] * HUNDRED).normalize() or None
    for name in ("discount_amount", "cash_discount_days"):
        said[name] = said[name] or None
    return {**said, "revision": version.revision}


def _as_short_as_cents(price: Decimal) -> Decimal:
    """Without the third and fourth decimal where they say nothing."""
    return rounded(price) if price == rounded(price) else price


def _said_of_line(line: OfferLine) -> dict[str, object]:
    return {
        "kind": line.kind,
        "place": line.position,
        "product": line.product_id or f"+{line.text}",
        "text": line.text,
        "description": line.description,
        "quantity": line.quantity.normalize(),
        "unit": line.unit,
        "unit_price": _as_short_as_cents(line.unit_price),
        "discount": (line.discount * HUNDRED).normalize() or None,
        "vat_category": line.vat_category,
        "billing": line.billing,
        "is_optional": line.is_optional,
        "alternative_group": line.alternative_group,
    }
