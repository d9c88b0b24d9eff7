"""Sentences that are kept and read later by somebody else: in every language of the product."""

from collections.abc import Callable, Iterable, Mapping
from typing import Self

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override


class Sentence(str):
    """A text that reads in the present language and knows itself in the others.

    `%` fills in values, each in its own language; whatever else makes a text of it keeps the present one.
    """

    spoken: dict[str, str]

    def __new__(cls, spoken: Mapping[str, str]) -> Self:
        self = super().__new__(cls, heard(spoken))
        self.spoken = dict(spoken)
        return self

    def __str__(self) -> str:
        return self

    def __mod__(self, values: object) -> "Sentence":
        if not isinstance(values, Mapping):
            raise TypeError("A sentence is filled in by names.")
        named = {name: spoken(value) for name, value in values.items() if isinstance(value, str | Promise)}
        return Sentence({
            language: text % {**values, **{name: value.spoken[language] for name, value in named.items()}}
            for language, text in self.spoken.items()
        })  # fmt: skip


def sentence(text: str) -> Sentence:
    """A text of the catalogue; imported as `_`, so that it is collected."""
    return said_by(lambda: gettext(text))


def spoken(text: str | Promise) -> Sentence:
    """Any text as a sentence: one that is no sentence yet and not lazy is the same in every language."""
    return text if isinstance(text, Sentence) else said_by(lambda: str(text))


def said_by(say: Callable[[], str]) -> Sentence:
    """What a function says, asked in every language."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            told[language] = say()
    return Sentence(told)


def joined(parts: Iterable[str | Promise], separator: str = " ") -> Sentence:
    """Several sentences as one."""
    said = [spoken(part).spoken for part in parts]
    return Sentence({
        language: separator.join(part[language] for part in said) for language, _name in settings.LANGUAGES
    })  # fmt: skip


def heard(spoken: Mapping[str, str]) -> str:
    """What was kept in several languages, in that of the reader; in the first one where it lacks theirs."""
    present = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return spoken.get(present) or next(iter(spoken.values()), "")
