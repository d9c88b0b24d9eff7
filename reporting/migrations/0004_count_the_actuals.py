"""Figures that were computed before there were actuals are computed once more, in the background."""

from django.db import migrations


def mark_everything_stale(apps, schema_editor):
    if apps.get_model("reporting", "Rebuild").objects.exists():
        apps.get_model("reporting", "StaleMark").objects.create(deal=None)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_month_actuals")]

    operations = [migrations.RunPython(mark_everything_stale, migrations.RunPython.noop)]
