"""Fields of forms without what a form needs around them."""

from django.forms import BoundField
from django.template import Library
from django.utils.safestring import SafeString

register = Library()


@register.filter
def with_class(field: BoundField, css: str) -> SafeString:
    """The control of a field alone, with this class."""
    return field.as_widget(attrs={"class": css})
