"""Links from an address to a map."""

from urllib.parse import quote_plus

from django.conf import settings
from django.template import Library

register = Library()


@register.filter
def map_href(address: object) -> str:
    """Where a map shows this address; the address leaves the house only when somebody follows the link."""
    return settings.MAP_URL + quote_plus(str(address))
