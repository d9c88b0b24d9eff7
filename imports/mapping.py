"""The user's own words for values: `field:theirs=ours`, and what became of them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from imports.cells import folded, trimmed
from imports.column_names import Field
from imports.errors import ValuesUnknown
from imports.words import Standing, standing_of

MAPPABLE = (
    Field.STAGE,
    Field.OUTCOME,
    Field.OWNER,
    Field.TEAM,
    Field.COMPANY,
    Field.PRODUCT,
    Field.SOURCE,
    Field.LOSS_REASON,
    Field.KIND,
    Field.CURRENCY,
    Field.MEASURE,
)


class ValueMap:
    """Replaces foreign values by ours; remembers which of the user's words were of use."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._ours: dict[tuple[Field, str], str] = {}
        self._unused: dict[tuple[Field, str], str] = {}
        for text in given:
            key, ours = _parsed(text)
            self._ours[key] = ours
            self._unused[key] = text

    def ours(self, field: Field, theirs: str) -> str:
        """Our value for theirs, theirs where the user said nothing."""
        key = (field, folded(theirs))
        self._unused.pop(key, None)
        return self._ours.get(key, theirs)

    def given(self, field: Field) -> list[str]:
        """Every value of ours that the user named for a field."""
        return [ours for (of, _theirs), ours in self._ours.items() if of == field]

    def unused(self) -> list[str]:
        """The user's words that met no value: most likely misspelt."""
        return list(self._unused.values())


def refuse_unknown_standings(values: ValueMap, own_words: Mapping[str, Standing]) -> None:
    """Refuse stages and outcomes of ours that do not exist."""
    for field in (Field.STAGE, Field.OUTCOME):
        for ours in values.given(field):
            if standing_of(ours, own_words) is None:
                raise ValuesUnknown(_("There is no stage or outcome “%(name)s”.") % {"name": ours})


def _parsed(text: str) -> tuple[tuple[Field, str], str]:
    field, colon, rest = text.partition(":")
    theirs, sign, ours = rest.rpartition("=")
    if not (colon and sign and trimmed(theirs) and trimmed(ours)):
        raise ValuesUnknown(_("“%(text)s” is not of the form “field:theirs=ours”.") % {"text": text})
    if field.strip() not in set(MAPPABLE):
        message = _("Values of “%(name)s” cannot be mapped, only those of: %(names)s.")
        raise ValuesUnknown(message % {"name": field.strip(), "names": ", ".join(MAPPABLE)})
    return (Field(field.strip()), folded(theirs)), trimmed(ours)
