"""Numbers of offers and orders: one after the other within a year, without gaps and without doubles."""

from datetime import date

from django.db import transaction

from offers.models import NumberCounter

# Angebot; Auftragsbestätigung.
PREFIXES = {NumberCounter.Kind.OFFER: "AN", NumberCounter.Kind.ORDER: "AB"}


@transaction.atomic
def draw_number(kind: NumberCounter.Kind, *, day: date) -> str:
    """The next number of a kind in the year of a day, such as AN-2026-0001.

    The counter stays locked until the caller's transaction ends: who comes second waits, and a number that
    was drawn in vain goes back with everything else.
    """
    NumberCounter.objects.bulk_create([NumberCounter(kind=kind, year=day.year)], ignore_conflicts=True)
    counter = NumberCounter.objects.select_for_update().get(kind=kind, year=day.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{PREFIXES[kind]}-{day.year}-{counter.last:04d}"
