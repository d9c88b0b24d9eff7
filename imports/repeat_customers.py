"""Whether a won deal won a new customer: by the moments of all wins of that customer, old and imported."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from django.db.models import Q

from contacts.models import Company, Person
from pipeline.models import Deal, Outcome

Customer = Company | Person


def mark_new_customers(deals: Iterable[Deal]) -> int:
    """Set `is_new_customer` of won, unsaved deals: a customer's first win, of several at once the first.

    Deals that were won here before keep what was fixed when they were won; the answer is how many customers
    have an imported win before the first one here, so that theirs would be different.
    """
    wins = sorted((deal for deal in deals if deal.is_won), key=_closed_at)
    first_here = _first_wins([_customer(deal) for deal in wins])
    first_imported: dict[int, datetime] = {}
    late = 0
    for deal in wins:
        customer, at = _customer(deal), _closed_at(deal)
        here = first_here.get((type(customer), customer.pk))
        is_first = id(customer) not in first_imported
        first_imported.setdefault(id(customer), at)
        deal.is_new_customer = is_first and (here is None or here >= at)
        late += is_first and here is not None and here > at
    return late


def _closed_at(deal: Deal) -> datetime:
    return cast(datetime, deal.closed_at)


def _customer(deal: Deal) -> Customer:
    return cast(Customer, deal.company or deal.person)


def _first_wins(customers: Sequence[Customer]) -> dict[tuple[type, int], datetime]:
    """The first win here of each customer that exists already."""
    companies = {customer.pk for customer in customers if isinstance(customer, Company) and customer.pk}
    persons = {customer.pk for customer in customers if isinstance(customer, Person) and customer.pk}
    theirs = Q(company__in=companies) | Q(company=None, person__in=persons)
    won = Deal.objects.current().filter(theirs, outcome=Outcome.WON).order_by("-closed_at")
    first: dict[tuple[type, int], datetime] = {}
    for deal in won.select_related("company", "person"):
        customer = _customer(deal)
        first[type(customer), customer.pk] = _closed_at(deal)
    return first
