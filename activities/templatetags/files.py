"""Files in templates."""

from django import template

from activities.files import ACCEPTED

register = template.Library()


@register.simple_tag
def accepted_files() -> str:
    """The endings a file chooser offers; photos by any name, so that a phone offers its camera."""
    return f"image/*,{ACCEPTED}"
