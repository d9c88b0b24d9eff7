"""Seeds the team of those who belong to none: every user has a home team, and this one gives no rights."""

from django.db import migrations


def seed(apps, schema_editor):
    apps.get_model("accounts", "Team").objects.get_or_create(
        is_unassigned=True, defaults={"name": "Ohne Team"}
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
