"""Customers near a visit: by the postal code of where it is."""

from dataclasses import dataclass

from accounts.models import User
from activities.models import Activity
from contacts.models import Address
from contacts.places import Near, companies_near

MOST = 30
KM = 25


@dataclass(frozen=True)
class Nearby:
    """Whom one could call on on the way; `around` is None where nobody knows where the visit is."""

    around: Address | None
    companies: list[Near]


def read_nearby(appointment: Activity, user: User) -> Nearby:
    """Companies around the customer of an appointment, without that customer."""
    around = _address(appointment)
    if around is None:
        return Nearby(None, [])
    found = companies_near(user, around.country, around.postal_code, km=KM, most=MOST + 1)
    return Nearby(around, [near for near in found if near.company.pk != appointment.company_id][:MOST])


def _address(appointment: Activity) -> Address | None:
    """The customer's address the place names, else the first with a postal code."""
    rows = Address.objects.exclude(postal_code="")
    customers = {"company": appointment.company_id, "person": appointment.person_id}
    for name, key in customers.items():
        found = list(rows.filter(**{name: key}).order_by("pk")[:20]) if key else []
        if found:
            named = [row for row in found if row.postal_code in appointment.place]
            return (named or found)[0]
    return None
