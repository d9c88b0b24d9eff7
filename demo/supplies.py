"""Where the demo company's customers have the rest from, and what a franc was worth; all of it invented."""

from datetime import date
from decimal import Decimal
from random import Random

from accounts.models import User
from catalog.models import ExchangeRate
from potentials.models import Potential, Supply

NOTED = 0.5
MONTHS = 36
SUPPLIERS = {
    "dealer": ("Elektrogroßhandel Ruhr", "Solarhandel Süd", ""),
    "competitor": ("Nordlicht Technik", "Alpenbau Systeme", "Sonnenfeld AG", ""),
}
GROUNDS = ("am Telefon genannt", "Lieferschein gesehen", "Aufkleber an der Anlage", "vom Einkauf")


def note_supplies(admin: User, today: date, seed: int) -> None:
    """Of half of the estimated demands who else delivers, mostly with a share."""
    rng = Random(seed)  # noqa: S311 - plausible, not secret
    supplies = []
    for potential in Potential.objects.filter(archived_at=None).order_by("pk"):
        if rng.random() >= NOTED:
            continue
        left = 1 - (potential.share or Decimal(0))
        source = rng.choice(("competitor", "competitor", "dealer"))
        share = (left * Decimal(rng.choice(("0.4", "0.6", "0.9")))).quantize(Decimal("0.05"))
        supplies.append(
            Supply(
                company_id=potential.company_id,
                group_id=potential.group_id,
                source=source,
                supplier=rng.choice(SUPPLIERS[source]),
                share=None if rng.random() < 0.2 else share,
                ground=rng.choice(GROUNDS),
                noted_on=today,
                noted_by=admin,
            )
        )
    known: dict[tuple[int, int], Supply] = {(one.company_id, one.group_id): one for one in supplies}
    Supply.objects.bulk_create(known.values(), batch_size=1000)


def enter_francs(today: date, seed: int) -> None:
    """One invented rate for each month."""
    rng, rate = Random(seed), Decimal("0.955")  # noqa: S311 - plausible, not secret
    rows = []
    for back in range(MONTHS, -1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        rate += Decimal(rng.randrange(-6, 6)) / 1000
        day = date(year, month + 1, 1)
        rows.append(ExchangeRate(currency="CHF", valid_from=day, per_euro=rate, source="Beispiel"))
    ExchangeRate.objects.bulk_create(rows)
