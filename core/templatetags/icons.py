"""Icons as inline SVG: no request, no font, the colour of the text around them."""

from functools import lru_cache

from django.template import Library
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

register = Library()


@register.simple_tag
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """The lucide icon of that name; silent for screen readers unless it carries a label."""
    return _drawn(name, size, label)


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, label: str) -> SafeString:
    voice = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    svg = lucide(name, size=size, stroke_width="1.75", focusable="false", **{"class": "icon"}, **voice)
    one_line = " ".join(svg.split()).replace("> <", "><")
    return mark_safe(one_line)  # noqa: S308 - drawn by the package, whose XML writer escapes the label
