"""Setting an offer as PDF: PDF/A-3b, or plain PDF where the fonts lack a sign that was typed."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from offers.document import OfferDocument

SOURCE = Path(__file__).with_name("letter.typ")
ARCHIVABLE: Literal["a-3b"] = "a-3b"
# A word of this length may be wider than its column; it is then broken behind a mark, else anywhere.
LONGEST_WORD = 20
BREAK = "\u200b"
# Control characters, halves of characters, and marks that turn the order of what is read.
UNPRINTABLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
PART = re.compile(rf"[^@./_,;:-]{{1,{LONGEST_WORD}}}[@./_,;:-]*|[@./_,;:-]{{1,{LONGEST_WORD}}}")


@dataclass(frozen=True)
class SetPdf:
    """A file that is done; `is_archivable` when it is PDF/A, else a sign was missing in all fonts."""

    content: bytes
    is_archivable: bool

    @property
    def sha256(self) -> str:
        """What proves that a file is this one."""
        return hashlib.sha256(self.content).hexdigest()


def set_pdf(document: OfferDocument) -> SetPdf:
    """Set a letter; what users typed goes in as data and is never read as typesetting."""
    data = json.dumps(_shown(document), ensure_ascii=False)
    try:
        return SetPdf(_compiled(data, ARCHIVABLE), is_archivable=True)
    except typst.TypstError:
        # PDF/A refuses a document with a sign that no font has; what else is wrong fails here again.
        return SetPdf(_compiled(data), is_archivable=False)


def _compiled(data: str, standard: Literal["a-3b"] | None = None) -> bytes:
    pdf: bytes = typst.compile(
        SOURCE,
        root=SOURCE.parent,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": data},
        pdf_standards=standard,
    )
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those of the system and those that typst brings; looking for them takes longer than setting."""
    return typst.Fonts()


def _shown(document: OfferDocument) -> dict[str, object]:
    """As plain data, every text clean and breakable; the logo as its bytes."""
    shown = asdict(document)
    shown["logo"] = list(shown["sender"].pop("logo"))
    return {name: _clean(value) for name, value in shown.items()}


def _clean(value: object) -> object:
    if isinstance(value, str):
        text = UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        return LONG_WORD.sub(_breakable, text)
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value


def _breakable(word: re.Match[str]) -> str:
    return BREAK.join(PART.findall(word[0]))
