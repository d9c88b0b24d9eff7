"""The design tokens of static/css/tokens.css, read where they are told of or checked."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

THEMES = ("light", "dark")
COLOUR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-fA-F]{6}), (#[0-9a-fA-F]{6})\);")
SIZE = re.compile(r"--(sp\d|r\d|t-\w+): ([\d.]+)(px|rem);")
REM = 16


@dataclass(frozen=True)
class Colour:
    """A colour in both themes."""

    name: str
    light: str
    dark: str

    def contrast_to(self, ground: "Colour") -> tuple[float, float]:
        """The contrast to that ground, in the light and in the dark theme."""
        return contrast(self.light, ground.light), contrast(self.dark, ground.dark)


def colours() -> dict[str, Colour]:
    """Every colour by its name."""
    return {name: Colour(name, light, dark) for name, light, dark in COLOUR.findall(_sheet())}


def sizes() -> dict[str, float]:
    """Spaces (`sp1`), radii (`r1`) and type sizes (`t-m`) in pixels, by their names."""
    return {
        name: float(number) * (REM if unit == "rem" else 1) for name, number, unit in SIZE.findall(_sheet())
    }


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it: 1 to 21."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _sheet() -> str:
    return (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
