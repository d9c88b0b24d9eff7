"""manage.py load_demo: fills an empty database with the demo company."""

import time

import pghistory.models
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import Team, User
from demo.company import ADMIN_EMAIL, DOMAIN, PASSWORD
from demo.world import create_world
from pipeline.models import Deal
from pipeline.usual_stays import measure_usual_stays
from quality.actions import take_stock

# What the demo writes to, and what is computed from it; settings of the process are kept.
EMPTIED_APPS = (
    "core",
    "accounts",
    "lists",
    "extra_fields",
    "contacts",
    "catalog",
    "leads",
    "offers",
    "partners",
    "potentials",
    "activities",
    "mailbox",
    "planning",
    "reporting",
    "explorer",
    "quality",
    "imports",
    "automation",
)
EMPTIED_MODELS = ("deal", "dealmember", "dealperson", "stagechange", "dealchange", "criterionmet")


class Command(BaseCommand):
    help = f"Loads a demo company of twenty-seven months up to today; everyone's password is {PASSWORD}."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, and what to do with what is there."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are users already")
        parser.add_argument("--reset", action="store_true", help="throw an earlier demo away first")
        parser.add_argument("--deals", type=int, default=950)
        parser.add_argument("--seed", type=int, default=5)

    def handle(self, *, if_empty: bool, reset: bool, deals: int, seed: int, **options: object) -> None:
        """Refuse where there is anything that is not the demo."""
        is_empty = not (User.objects.exists() or Deal.objects.exists())
        if if_empty and not is_empty:
            return
        if not is_empty and not reset:
            raise CommandError("The database is not empty. --reset replaces an earlier demo.")
        began_at = time.monotonic()
        with transaction.atomic():
            if not is_empty:
                _refuse_real_data()
                empty_tables()
            create_world(timezone.localdate(), deals=deals, seed=seed)
            measure_usual_stays(timezone.now())
            take_stock()
        if options["verbosity"]:
            self.stdout.write(f"Demo company: {deals} deals in {time.monotonic() - began_at:.1f} s")


def empty_tables() -> None:
    """History cannot be deleted row by row, on purpose; a demo is thrown away whole."""
    unassigned = Team.objects.unassigned().name
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _emptied())
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")
    Team.objects.create(name=unassigned, is_unassigned=True)


def _refuse_real_data() -> None:
    """Only a database whose active people all belong to the demo may be emptied."""
    is_demo = User.objects.filter(email=ADMIN_EMAIL).exists()
    if not is_demo or User.objects.active().exclude(email__endswith=f"@{DOMAIN}").exists():
        raise CommandError("There are people here who do not belong to the demo; nothing was removed.")


def _emptied() -> list[type[models.Model]]:
    """The models whose tables are emptied, with the audit of them."""
    whole = [model for app in EMPTIED_APPS for model in apps.get_app_config(app).get_models()]
    deals = [apps.get_model("pipeline", name) for name in EMPTIED_MODELS]
    audit = [
        model
        for model in apps.get_app_config("pipeline").get_models()
        if issubclass(model, pghistory.models.Event)
    ]
    return [model for model in (*whole, *deals, *audit) if model._meta.managed and not model._meta.proxy]
