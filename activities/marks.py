"""The sentences in which other parts of the product tell the timeline what happened there.

An app above says once, when it starts, which sentences it uses (`register_mark` in its AppConfig.ready) and
then calls `activities.actions.write_mark` for each thing that happened.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class MarkSentence:
    """How a kind of mark reads; `text` may hold %(name)s of its payload."""

    text: str | Promise
    symbol: str
    # Turns codes of the payload into words of the reader, where it holds any.
    told: Callable[[dict[str, object]], dict[str, object]] = dict


_SENTENCES: dict[str, MarkSentence] = {}


def register_mark(
    code: str,
    text: str | Promise,
    *,
    symbol: str = "circle-dot",
    told: Callable[[dict[str, object]], dict[str, object]] = dict,
) -> None:
    """Make a code known, with its sentence and the name of its icon; `told` puts its payload into words."""
    _SENTENCES[code] = MarkSentence(text, symbol, told)


def knows_mark(code: str) -> bool:
    """Whether some app tells of this."""
    return code in _SENTENCES


def sentence_of(code: str, payload: dict[str, object]) -> str:
    """What the mark says to a reader; one whose app is gone says its code."""
    known = _SENTENCES.get(code)
    if known is None:
        return _("Other: %(code)s") % {"code": code}
    try:
        return str(known.text) % known.told(payload)
    except (KeyError, TypeError, ValueError):
        return str(known.text)


def symbol_of(code: str) -> str:
    """The icon of the mark."""
    known = _SENTENCES.get(code)
    return known.symbol if known else "circle-dot"
