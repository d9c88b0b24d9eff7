"""Every pair of colours the pages use can be read, in the light and in the dark theme."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-fA-F]{6}), (#[0-9a-fA-F]{6})\);")
THEMES = ("light", "dark")
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


def _colours() -> dict[str, dict[str, str]]:
    found = PAIR.findall(TOKENS.read_text(encoding="utf-8"))
    return {theme: {name: pair[i] for name, *pair in found} for i, theme in enumerate(THEMES)}


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_formula_gives_21_for_black_on_white():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(theme, ink, paper):
    colours = _colours()[theme]

    assert _contrast(colours[ink], colours[paper]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "paper"), MARK_PAIRS)
def test_marks_stand_out_from_their_ground(theme, mark, paper):
    colours = _colours()[theme]

    assert _contrast(colours[mark], colours[paper]) >= MARK


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
