"""Ids of elements, optional links, and the places of marks in a drawing."""

from django.db import models
from django.template import Library
from django.urls import NoReverseMatch, reverse

register = Library()


@register.simple_tag
def dom_id(row: models.Model, suffix: str = "") -> str:
    """`deal-42`, or `deal-42-menu`: the one id of the element that shows this row."""
    name = f"{row._meta.model_name}-{row.pk}"
    return f"{name}-{suffix}" if suffix else name


@register.simple_tag
def optional_url(name: str, *args: object) -> str:
    """The address of a page, or nothing where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def svg_x(share: float | None) -> str:
    """A share between 0 and 1 as a place on an axis from 6 to 162, whatever the language."""
    place = min(max(float(share or 0), 0.0), 1.0)
    return f"{6 + place * 156:.1f}"


@register.filter
def svg_percent(share: float | None) -> str:
    """A share between 0 and 1 as a width attribute: `57.1%`."""
    return f"{min(max(float(share or 0), 0.0), 1.0) * 100:.1f}%"
