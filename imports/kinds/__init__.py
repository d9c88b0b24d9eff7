"""The tables that can be brought in. A new one is a module with a TableKind, and a line here."""

from accounts.models import User
from imports.kinds.activities import Activities
from imports.kinds.base import TableKind
from imports.kinds.companies import Companies
from imports.kinds.deals import Deals
from imports.kinds.leads import Leads
from imports.kinds.order_lines import OrderLines
from imports.kinds.orders import Orders
from imports.kinds.persons import Persons
from imports.kinds.products import Products

__all__ = ["KINDS", "TableKind", "kinds_for"]

KINDS: dict[str, TableKind] = {
    kind.code: kind
    for kind in (Companies(), Persons(), Products(), Deals(), Activities(), Orders(), OrderLines(), Leads())
}


def kinds_for(user: User) -> dict[str, TableKind]:
    """The tables this user may bring in: reps their own address books, managers and admins everything."""
    if user.is_admin or user.is_manager:
        return KINDS
    return {code: kind for code, kind in KINDS.items() if kind.is_for_reps}
