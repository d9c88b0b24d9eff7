"""What migrations seed, for tests whose database was emptied before."""

import importlib

from django.apps import apps


def seed() -> None:
    """Run the seeding functions of the migrations; they add only what is missing."""
    for app, migration in (
        ("accounts", "0002_team_of_those_without"),
        ("catalog", "0005_vat_of_dach"),
        ("pipeline", "0002_defaults"),
        ("privacy", "0002_periods"),
    ):
        importlib.import_module(f"{app}.migrations.{migration}").seed(apps, None)
    importlib.import_module("leads.migrations.0004_reasons").add_reasons(apps, None)
