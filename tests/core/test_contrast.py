"""Every pair of colours the pages use can be read, in the light and in the dark theme."""

import re
from pathlib import Path

import pytest

from core.tokens import THEMES, colours, contrast

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
TEXT, MARK = 4.5, 3.0

PAPERS = ("canvas", "surface", "raised", "sunken", "hover", "chip")
STAGES = ("s1", "s2", "s3", "s4", "s5")
MEANINGS = (*STAGES, "won", "lost", "warn", "accent")

TEXT_PAIRS = [
    *((ink, paper) for ink in ("ink", "ink-2", "ink-3") for paper in PAPERS),
    *((meaning, paper) for meaning in MEANINGS for paper in ("canvas", "surface", "raised", "hover")),
    *((meaning, f"{meaning}-soft") for meaning in MEANINGS),
    *(("ink", f"{meaning}-soft") for meaning in MEANINGS),
    *(("surface", stage) for stage in STAGES),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("surface", "won"),
    ("surface", "lost"),
    ("canvas", "ink"),
]
MARK_PAIRS = [
    *(("focus", paper) for paper in PAPERS),
    *(("field-line", paper) for paper in ("canvas", "surface", "raised")),
    *((meaning, "sunken") for meaning in MEANINGS),
    ("ink-3", "accent-soft"),
]


def test_the_formula_gives_21_for_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(theme, ink, paper):
    found = colours()

    assert contrast(getattr(found[ink], theme), getattr(found[paper], theme)) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "paper"), MARK_PAIRS)
def test_marks_stand_out_from_their_ground(theme, mark, paper):
    found = colours()

    assert contrast(getattr(found[mark], theme), getattr(found[paper], theme)) >= MARK


def test_no_other_style_sheet_names_a_colour_of_its_own():
    own = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^\n]*data:)|\b(?:rgb|hsl)a?\(")

    found = {
        sheet.name: own.findall(
            re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        )
        for sheet in TOKENS.parent.glob("*.css")
        if sheet != TOKENS and sheet.name != "print.css"
    }

    assert {name: colours for name, colours in found.items() if colours} == {}
