"""Who is in the customer database already: asked before a new company or person is entered."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Func, Q, TextField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Channel, Company, ContactQuerySet, Person

MOST_TWINS = 5
TELLING = (Channel.Kind.EMAIL, Channel.Kind.PHONE, Channel.Kind.MOBILE, Channel.Kind.WEB)
SHARED = {
    Channel.Kind.EMAIL: _("same e-mail address"),
    Channel.Kind.PHONE: _("same telephone number"),
    Channel.Kind.MOBILE: _("same telephone number"),
    Channel.Kind.WEB: _("same web site"),
}


@dataclass(frozen=True)
class Twin:
    """A row that may be the same, and why."""

    row: Company | Person
    reasons: list[str | Promise]


def twins_of_company(name: str, values: Collection[str]) -> list[Twin]:
    """Companies of the same name (umlauts and legal form aside), or reached in the same way."""
    return _twins(Company, name, values)


def twins_of_person(first_name: str, last_name: str, values: Collection[str]) -> list[Twin]:
    """Persons of the same name, or reached in the same way."""
    return _twins(Person, f"{first_name} {last_name}", values)


def _twins(model: type[Company] | type[Person], name: str, values: Collection[str]) -> list[Twin]:
    key = Func(Value(name), function="public.match_key", output_field=TextField())
    rows: ContactQuerySet = model.objects.alias(typed_key=key)
    same_name = Q(match_key=F("typed_key")) & ~Q(match_key="")
    reached = Q(pk__in=_reached(model, values))
    alike = rows.filter(same_name | reached).order_by("sort_key", "pk")
    found: list[Company | Person] = list(alike[:MOST_TWINS])
    named = set(rows.filter(same_name, pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    return [Twin(row, _reasons(row, row.pk in named, values)) for row in found]


def _reached(model: type[Company] | type[Person], values: Collection[str]) -> object:
    column = "company" if model is Company else "person"
    channels = Channel.objects.filter(kind__in=TELLING, value__in=values, **{f"{column}__isnull": False})
    return channels.values(column)


def _reasons(row: Company | Person, has_same_name: bool, values: Collection[str]) -> list[str | Promise]:
    reasons: list[str | Promise] = [_("same name")] if has_same_name else []
    for channel in row.channels.filter(kind__in=TELLING, value__in=values):
        if SHARED[Channel.Kind(channel.kind)] not in reasons:
            reasons.append(SHARED[Channel.Kind(channel.kind)])
    return reasons
