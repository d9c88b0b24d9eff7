"""Seeds the chances of the five stages as many companies type them; admins change them."""

from django.db import migrations

WEIGHTS = {1: 10, 2: 25, 3: 50, 4: 75, 5: 90}


def seed(apps, schema_editor):
    weight = apps.get_model("reporting", "StageWeight")
    for stage, percent in WEIGHTS.items():
        weight.objects.get_or_create(stage=stage, defaults={"percent": percent})


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_forecast_review")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
