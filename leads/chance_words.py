"""The words chances are learned from, as people read them."""

from collections.abc import Callable, Iterable

from django.db import models
from django.utils.translation import gettext as _

from catalog.models import ProductGroup
from contacts.models.person import LANGUAGES
from leads.models import Campaign, Direction, Source

NAMED: dict[str, type[models.Model]] = {"source": Source, "campaign": Campaign, "group": ProductGroup}


def readable_words(words: Iterable[str]) -> dict[str, str]:
    """Each word with what it says; one query for each kind of name that is among them."""
    parted = {word: word.partition(": ") for word in words}
    names = {kind: _names(model, kind, parted.values()) for kind, model in NAMED.items()}
    told = {}
    for word, (kind, _colon, value) in parted.items():
        told[word] = _labels()[kind](names.get(kind, {}).get(value, value)) if kind in _labels() else word
    return told


def _names(model: type[models.Model], kind: str, parts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    keys = [value for found, _colon, value in parts if found == kind]
    rows = model._default_manager.filter(pk__in=keys) if keys else []
    return {str(row.pk): str(row) for row in rows}


def _labels() -> dict[str, Callable[[str], str]]:
    directions, languages = dict(Direction.choices), dict(LANGUAGES)
    return {
        "source": lambda name: _("Source: %(name)s") % {"name": name},
        "campaign": lambda name: _("Campaign: %(name)s") % {"name": name},
        "group": lambda name: _("Product group: %(name)s") % {"name": name},
        "direction": lambda value: str(directions.get(value, value)),
        "language": lambda value: _("Language: %(name)s") % {"name": languages.get(value, value)},
        "country": lambda value: _("Country: %(name)s") % {"name": value},
        "region": lambda value: _("Postal code begins with %(start)s") % {"start": value},
        "industry": lambda value: _("Industry: %(name)s") % {"name": value.capitalize()},
        "hours": lambda value: _("Came in working hours") if value == "working" else _("Came after hours"),
        "has phone": lambda _nothing: _("Told a phone number"),
        "has email": lambda _nothing: _("Told an e-mail address"),
        "has company_name": lambda _nothing: _("Told a company"),
        "has position": lambda _nothing: _("Told a position"),
    }
