"""What the cells of a list say, written in Python: a page has hundreds, and a template for each is slow."""

from django.db.models import Model
from django.template import Context, Engine, Library
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lists.columns import Column
from lists.tables import Table

register = Library()


@register.simple_tag(takes_context=True)
def cells(context: Context, row: Model, table: Table) -> SafeString:
    """The cells of a row beside its first; those that are drawn find what the page knows in the context."""
    return mark_safe(  # noqa: S308 - every part is escaped
        "".join(f"{head}{_said(context, row, column)}</td>" for column, head in table.cell_heads)
    )


@register.simple_tag
def pick(row: Model, name: object, may: bool = True) -> SafeString:
    """The box that chooses a row; `may`: whether the user may change it."""
    refused = format_html(' disabled title="{}"', _("You may not change this deal")) if not may else ""
    return format_html(
        '<input class="form-check-input pick" type="checkbox" name="pick" value="{}" autocomplete="off"'
        ' aria-label="{}"{}>',
        str(row.pk),
        _("Choose %(name)s") % {"name": name},
        refused,
    )


def _said(context: Context, row: Model, column: Column) -> str:
    if column.drawn:
        return column.drawn(context, row)
    if column.cell:
        return str(Engine.get_default().get_template(column.cell).render(context))
    said = column.text(row) if column.text else ""
    return conditional_escape(said if isinstance(said, str) else str(said))
