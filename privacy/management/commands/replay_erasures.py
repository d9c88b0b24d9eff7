"""After a backup was restored: do again what people asked for since."""

from django.core.management.base import BaseCommand

from privacy.replay import PLAYERS, replay


class Command(BaseCommand):
    """Erasures, objections, withdrawals and restrictions of the ledger that the database does not know."""

    help = "Do again what the ledger holds and a restored database has forgotten; safe to repeat."

    def handle(self, *args: object, **options: object) -> None:
        """Say what was done again."""
        done = replay()
        for kind in PLAYERS:
            self.stdout.write(f"{kind}: {done[kind]}")
