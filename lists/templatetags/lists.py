"""What the cells of a list say."""

from django.db.models import Model
from django.template import Library

from lists.columns import Column

register = Library()


@register.filter
def cell_text(row: Model, column: Column) -> object:
    """What the cell of a column without a template says."""
    return column.text(row) if column.text else ""
