from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    # The table may be large: it is read through beside the running work, under a weak lock.
    atomic = False

    dependencies = [
        ("activities", "0010_calls_without_result"),
    ]

    operations = [
        ValidateConstraint(model_name="activity", name="activity_fields_of_its_kind"),
    ]
