"""What the tokens mean: the colours with their contrast, spaces, radii and sizes of type."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core.tokens import Colour, colours, sizes
from pipeline.models import Stage

# What each colour means; those of one meaning stand together.
PALETTE: tuple[tuple[Promise, dict[str, str | Promise]], ...] = (
    (
        gettext_lazy("Paper and ink"),
        {
            "canvas": gettext_lazy("the desk everything lies on"),
            "surface": gettext_lazy("cards, panels, tables, fields"),
            "raised": gettext_lazy("dialogs and menus"),
            "sunken": gettext_lazy("switches, hints, tracks of bars"),
            "chip": gettext_lazy("badges without a meaning, grey shapes while loading"),
            "hover": gettext_lazy("what the pointer is over"),
            "line": gettext_lazy("lines between things"),
            "line-strong": gettext_lazy("edges of buttons and hollow marks"),
            "field-line": gettext_lazy("edges of fields"),
            "ink": gettext_lazy("what is read first"),
            "ink-2": gettext_lazy("what is read second"),
            "ink-3": gettext_lazy("notes, units, captions"),
            "accent": gettext_lazy("the one primary action; links; where we are"),
            "accent-strong": gettext_lazy("the primary action under the pointer"),
            "accent-ink": gettext_lazy("words on the accent"),
            "accent-soft": gettext_lazy("ground of what is chosen"),
            "focus": gettext_lazy("ring of what the keyboard is on"),
        },
    ),
    (
        gettext_lazy("The five stages"),
        {f"s{int(stage)}{tone}": stage.label for tone in ("", "-soft") for stage in Stage},
    ),
    (
        gettext_lazy("Outcome and need"),
        {
            "won": gettext_lazy("won, done, planned"),
            "won-soft": gettext_lazy("won, done, planned"),
            "lost": gettext_lazy("lost, overdue, wrong: needs you"),
            "lost-soft": gettext_lazy("lost, overdue, wrong: needs you"),
            "warn": gettext_lazy("today, longer than usual"),
            "warn-soft": gettext_lazy("today, longer than usual"),
        },
    ),
)

# What ink is written on.
GROUNDS = ("canvas", "surface", "raised", "sunken", "chip", "hover")


@dataclass(frozen=True)
class Swatch:
    """A colour with its meaning, and its contrast to what it meets in either theme."""

    colour: Colour
    meaning: str | Promise
    light: float
    dark: float


def palette() -> list[tuple[str | Promise, list[Swatch]]]:
    """The colours in their groups, as they stand in the style sheet."""
    known = colours()
    return [
        (caption, [_swatch(known[name], meaning, known) for name, meaning in names.items()])
        for caption, names in PALETTE
    ]


def scale(prefix: str) -> list[tuple[str, float]]:
    """Spaces (`sp`), radii (`r`) or sizes of type (`t-`) with their pixels, from small to large."""
    return [(name, pixels) for name, pixels in sizes().items() if name.startswith(prefix)]


def _swatch(colour: Colour, meaning: str | Promise, known: dict[str, Colour]) -> Swatch:
    """Words stand on the surface; papers carry ink, soft grounds the colour they are the ground of."""
    other = known[_meets(colour.name)]
    light, dark = colour.contrast_to(other)
    return Swatch(colour, meaning, light, dark)


def _meets(name: str) -> str:
    if name in GROUNDS:
        return "ink"
    if name.endswith("-soft"):
        return name.removesuffix("-soft")
    return "accent" if name == "accent-ink" else "surface"
