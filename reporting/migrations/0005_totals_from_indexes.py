"""The indexes of a period hold what is added up in it; the new ones stand before the old ones go."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reporting", "0004_count_the_actuals")]

    operations = [
        AddIndexConcurrently(
            "dealstanding",
            models.Index(
                fields=["opened_at"],
                include=("furthest", "outcome", "loss_reason", "is_new_customer", "currency", "value"),
                name="standing_opened_totals",
            ),
        ),
        AddIndexConcurrently(
            "dealstanding",
            models.Index(
                fields=["outcome", "closed_at"],
                include=("stands_in", "loss_reason", "is_new_customer", "currency", "closing_value"),
                name="standing_closed_totals",
            ),
        ),
        AddIndexConcurrently(
            "stageentry",
            models.Index(
                fields=["stage", "entered_at"],
                include=("ending", "currency", "value"),
                name="stage_entry_totals",
            ),
        ),
        RemoveIndexConcurrently("dealstanding", "standing_opened"),
        RemoveIndexConcurrently("dealstanding", "standing_closed"),
        RemoveIndexConcurrently("stageentry", "stage_entry_cohort"),
    ]
