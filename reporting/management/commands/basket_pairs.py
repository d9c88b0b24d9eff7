"""manage.py basket_pairs: products that are bought together."""

import csv
import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offers.models import Order
from reporting.purchases.pairs import MOST_PAIRS, Pair, basket_pairs

HEADS = ("first", "second", "together", "with_first", "with_second", "baskets", "confidence", "back", "lift")


class Command(BaseCommand):
    help = (
        "Prints the pairs of products in the same order: in how many orders both, each, and any product "
        "stand, the confidence both ways, and the lift (reporting/purchases/pairs.py says how they are "
        "defined)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How frequent a pair has to be, and how to print them."""
        parser.add_argument("--min-support", type=int, default=2, help="orders that hold both; default: 2")
        parser.add_argument("--limit", type=int, default=MOST_PAIRS)
        parser.add_argument("--format", choices=["csv", "json"], default="csv")

    def handle(self, *args: object, **options: int | str) -> None:
        """Count and print."""
        least, limit = int(options["min_support"]), int(options["limit"])
        if least < 1 or limit < 1:
            raise CommandError("--min-support and --limit are 1 or more.")
        rows = [_row(pair) for pair in basket_pairs(Order.objects.bought(), min_support=least, limit=limit)]
        if options["format"] == "json":
            self.stdout.write(json.dumps([dict(zip(HEADS, row, strict=True)) for row in rows], indent=1))
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows(rows)


def _row(pair: Pair) -> tuple[str | int | float, ...]:
    return (
        pair.first,
        pair.second,
        pair.together,
        pair.with_first,
        pair.with_second,
        pair.baskets,
        round(pair.confidence, 4),
        round(pair.confidence_back, 4),
        round(pair.lift, 4),
    )
