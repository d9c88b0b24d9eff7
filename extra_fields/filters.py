"""Extra fields as questions to a list, and the condition each answer means."""

from datetime import date
from decimal import Decimal

import django_filters
from django.db.models import Case, DecimalField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Contains, GreaterThanOrEqual, LessThanOrEqual, Regex
from django.utils.translation import gettext as _

from core.keys import MOST_WORDS, folded
from extra_fields.forms import form_field
from extra_fields.models import ExtraField
from extra_fields.values import MOST_DECIMALS, MOST_DIGITS

Kind = ExtraField.Kind
# Behind the name of a field in an address; two underscores are in no code.
FROM, TO = "__from", "__to"
AS_NUMBER = DecimalField(max_digits=MOST_DIGITS, decimal_places=MOST_DECIMALS)
PLAIN_NUMBER = r"^-?[0-9]{1,14}(\.[0-9]{1,4})?$"


class ExtraFilter(django_filters.Filter):
    """One question about one extra field: what it says, or from or up to what."""

    def __init__(self, field: ExtraField, bound: str = "") -> None:
        words = {"": "%s", FROM: _("%s from"), TO: _("%s to")}[bound]
        super().__init__(label=words % field.label)
        self.extra_field, self.bound = field, bound
        asked = form_field(field)
        asked.required, asked.label = False, str(self.label)
        self._field = asked

    def filter(self, rows: QuerySet, value: object) -> QuerySet:
        """The rows whose value fits; all of them without a question."""
        return rows if value in (None, "") else rows.filter(condition(self.extra_field, self.bound, value))


def extra_filters(subject: str) -> dict[str, ExtraFilter]:
    """The questions about the fields in use, by their names in an address, for a FilterSet."""
    made: dict[str, ExtraFilter] = {}
    for field in ExtraField.objects.of(subject).in_use():
        bounds = (FROM, TO) if field.kind in (Kind.NUMBER, Kind.DATE) else ("",)
        for bound in bounds:
            made[field.form_name + bound] = ExtraFilter(field, bound)
    return made


class ExtraFilterSet(django_filters.FilterSet):
    """A set of questions that goes on with those about the extra fields of its rows."""

    def add_extra_filters(self) -> None:
        """Ask about the fields in use, too."""
        subject = self._meta.model._meta.model_name
        for name, question in extra_filters(subject).items():
            question.parent, question.model = self, self._meta.model
            self.filters[name] = question


def condition(field: ExtraField, bound: str, value: object) -> Q:
    """What an answer means for the rows; the index finds those that say anything in the field."""
    text = KeyTextTransform(field.code, "extra")
    if bound:
        compared = GreaterThanOrEqual if bound == FROM else LessThanOrEqual
        return Q(extra__has_key=field.code) & Q(compared(_comparable(field, text), _spelled(value)))
    if field.kind != Kind.TEXT:
        return Q(extra__contains={field.code: value})
    fits = Q(extra__has_key=field.code)
    for word in str(value).split()[:MOST_WORDS]:
        fits &= Q(Contains(_folded(text), folded(word)))
    return fits


def _comparable(field: ExtraField, text: Combinable) -> Combinable:
    """Numbers as numbers; days compare as they are spelled."""
    if field.kind == Kind.DATE:
        return text
    is_number = When(Regex(text, Value(PLAIN_NUMBER)), then=Cast(text, AS_NUMBER))
    return Case(is_number, default=None, output_field=AS_NUMBER)


def _spelled(value: object) -> Value:
    return Value(value, AS_NUMBER) if isinstance(value, Decimal) else Value(_day(value), TextField())


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _folded(text: Combinable) -> Func:
    return Func(text, function="public.sort_key", output_field=TextField())
