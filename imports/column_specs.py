"""What the columns of a table are: how each is called, what stands in it, and for whom its words are ours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

from extra_fields.models import KEY_PREFIX, ExtraField
from imports.columns import normal_name

LONGEST_TEXT = 200


class ColumnKind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    MOMENT = "moment"
    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    COUNTRY = "country"
    CHOICE = "choice"
    USER = "user"
    EXTRA = "extra"
    LINKEDIN = "linkedin"
    XING = "xing"
    PROFILE = "profile"


MAPPED = (ColumnKind.CHOICE, ColumnKind.USER)
"""The kinds whose words are looked up among ours, and may be mapped by hand."""


@dataclass(frozen=True)
class Column:
    """One column a table may have. `words` of a choice: ours, and what others say for it."""

    code: str
    label: str | Promise
    names: str
    kind: ColumnKind = ColumnKind.TEXT
    longest: int = LONGEST_TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[tuple[str, str | Promise], ...] = ()
    extra: ExtraField | None = None
    # Whether a cell may hold several words, parted by semicolons.
    holds_many: bool = False

    @property
    def is_mapped(self) -> bool:
        """Whether its values may be mapped by hand."""
        return self.kind in MAPPED


def choice(
    code: str,
    label: str | Promise,
    names: str,
    *,
    words: Mapping[str, str],
    choices: Iterable[tuple[str, str | Promise]],
    holds_many: bool = False,
) -> Column:
    """A column whose values are a few of ours; `words` holds what others call each of them."""
    known = {normal_name(word): ours for ours, text in words.items() for word in text.split(",")}
    given = tuple(choices)
    own = {normal_name(str(name)): value for value, label_ in given for name in (value, label_)}
    return Column(
        code,
        label,
        names,
        ColumnKind.CHOICE,
        words={**known, **own},
        choices=given,
        holds_many=holds_many,
    )


def parted(text: str) -> list[str]:
    """The words of a cell that may hold several."""
    return [word for part in re.split(r"[;|\n]", text) if (word := part.strip())]


def extra_columns(subject: str) -> list[Column]:
    """The fields that the company added itself, by `extra:` and their code."""
    return [
        Column(
            f"{KEY_PREFIX}{extra.code}",
            extra.label,
            f"{KEY_PREFIX}{extra.code}, {extra.code}, {extra.label_de}, {extra.label_en or extra.code}",
            ColumnKind.EXTRA,
            extra=extra,
        )
        for extra in ExtraField.objects.of(subject).in_use()
    ]
