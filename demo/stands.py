"""How fresh the facts of the demo's customers are: some confirmed last week, some from an old list."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

import pgtrigger

from accounts.models import User
from contacts.models import Address, Channel, Company, Person
from contacts.stand import WHOLE, Origin, record_stands
from demo.working_days import at_minute, working_day_from

FIELDS = {
    Company: ("name", "industry", "employees", "legal_form", "customer_number", "owner"),
    Person: ("salutation", "first_name", "last_name", "language"),
    Channel: (WHOLE,),
    Address: (WHOLE,),
}
# (days ago, how it came in, from where, share of the rows)
WAVES = (
    (840, Origin.IMPORT, "adressen-nord.csv", 0.45),
    (610, Origin.IMPORT, "messekontakte.xlsx", 0.2),
    (390, Origin.TYPED, "", 0.5),
    (230, Origin.TYPED, "signature", 0.25),
    (120, Origin.TYPED, "imprint", 0.15),
    (45, Origin.TYPED, "", 0.2),
    (6, Origin.TYPED, "signature", 0.08),
)
ENTERED = (845, 870, 910, 960, 1030, 1100)
Row = Company | Person | Channel | Address


def age(companies: Sequence[Company], persons: Sequence[Person], today: date, seed: int) -> None:
    """Let them have been entered over the years before the first deals; nobody changed them, so no audit."""
    rng = Random(seed + 12)  # noqa: S311 - plausible, not secret
    for kind, rows in ((Company, companies), (Person, persons)):
        by_day: dict[int, list[int]] = {}
        for row in rows:
            by_day.setdefault(rng.choice(ENTERED), []).append(row.pk)
        with pgtrigger.ignore(f"contacts.{kind.__name__}:before_update_update"):
            for days, keys in by_day.items():
                at = _morning(today, days, rng)
                kind.objects.filter(pk__in=keys).update(created_at=at, updated_at=at)


def confirm(tables: Sequence[Sequence[Row]], users: Sequence[User], today: date, seed: int) -> None:
    """Confirm facts in waves, each from one source; a later one of a field replaces the one before."""
    rng = Random(seed + 13)  # noqa: S311 - plausible, not secret
    for days, origin, source, share in WAVES:
        at, by = _morning(today, days, rng), rng.choice(users)
        for rows in tables:
            fields = FIELDS[type(rows[0])]
            chosen = [row.pk for row in rows if rng.random() < share]
            said = [(key, name) for key in chosen for name in rng.sample(fields, (len(fields) + 1) // 2)]
            record_stands(type(rows[0]), said, origin=origin, by=by, at=at, source=source)


def _morning(today: date, days: int, rng: Random) -> datetime:
    return at_minute(working_day_from(today - timedelta(days=days)), rng.randrange(500))
