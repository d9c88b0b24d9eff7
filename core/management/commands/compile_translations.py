"""manage.py compile_translations: makes the catalogues ready to use."""

from django.core.management.base import BaseCommand

from core import catalogue


class Command(BaseCommand):
    help = "Compiles the message catalogues; does nothing where they are up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Compile and say how many."""
        self.stdout.write(f"{catalogue.compile_all()} catalogues compiled")
