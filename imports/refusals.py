"""What the database refused of a row, as a sentence about its field."""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import DatabaseError, models
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext as _

TOO_LONG, NOT_NULL, OUT_OF_RANGE = "22001", "23502", "22003"


def refusal_in_words(refusal: DatabaseError) -> str:
    """Why a row does not fit, by the constraint or column the database names; never a name of its own."""
    diagnosis = getattr(refusal.__cause__, "diag", None)
    state = getattr(diagnosis, "sqlstate", "") or ""
    if state == TOO_LONG:
        return _("A value is longer than its field can hold.")
    if state == OUT_OF_RANGE:
        return _("A number is larger than its field can hold.")
    if state == NOT_NULL:
        return _missing(getattr(diagnosis, "table_name", ""), getattr(diagnosis, "column_name", ""))
    return _of_constraint(getattr(diagnosis, "constraint_name", "") or "")


def _missing(table: str, column: str) -> str:
    for model in apps.get_models():
        if model._meta.db_table == table:
            for field in model._meta.concrete_fields:
                if field.column == column:
                    return _("%(field)s is missing.") % {"field": _capital(str(field.verbose_name))}
    return _("Something that is needed is missing.")


def _of_constraint(name: str) -> str:
    found = _constraints().get(name)
    if found is None:
        return _("A value does not fit what is here already.")
    model, constraint = found
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return str(constraint.violation_error_message)
    labels = ", ".join(dict.fromkeys(_labels(model, constraint)))
    if isinstance(constraint, models.CheckConstraint) and _wants_a_text(constraint.condition):
        return _("%(field)s is missing.") % {"field": _capital(labels)}
    if isinstance(constraint, models.UniqueConstraint):
        said = _("Another %(kind)s here has the same already: %(fields)s.")
    else:
        said = _("%(kind)s: what stands in “%(fields)s” is not possible.")
    return _capital(said % {"kind": model._meta.verbose_name, "fields": labels})


@cache
def _constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    return {
        constraint.name: (model, constraint)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


def _wants_a_text(condition: object) -> bool:
    """Whether a condition only says that a field is not empty."""
    children = getattr(condition, "children", [])
    return bool(getattr(condition, "negated", False)) and [child[1:] for child in children] == [("",)]


def _labels(model: type[models.Model], constraint: models.BaseConstraint) -> Iterator[str]:
    """The fields a constraint is about, as people call them."""
    names = list(constraint.fields) if isinstance(constraint, models.UniqueConstraint) else []
    if isinstance(constraint, models.CheckConstraint):
        names = list(_named(constraint.condition))
    for name in names:
        yield str(getattr(model._meta.get_field(name.split(LOOKUP_SEP)[0]), "verbose_name", name))


def _named(condition: object) -> Iterator[str]:
    for child in getattr(condition, "children", []):
        if isinstance(child, models.Q):
            yield from _named(child)
        else:
            yield child[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
