from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    # The tables may be large: they are read through beside the running work, under a weak lock.
    atomic = False

    dependencies = [
        ("activities", "0007_entries_grow"),
    ]

    operations = [
        ValidateConstraint(model_name="activity", name="activity_fields_of_its_kind"),
        ValidateConstraint(model_name="activity", name="activity_duration_of_calls"),
        ValidateConstraint(model_name="followup", name="follow_up_series_has_a_beginning"),
        ValidateConstraint(model_name="followup", name="follow_up_reminder_has_a_moment"),
    ]
