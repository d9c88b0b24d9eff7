import datetime

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    # Concurrently, so that a large table can be written to meanwhile; that is not possible in a transaction.
    atomic = False

    dependencies = [
        ("pipeline", "0010_deal_change_at"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(fields=["stage", "id"], name="deal_stage"),
        ),
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(fields=["stage_since", "id"], name="deal_stage_since"),
        ),
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                Coalesce(
                    F("expected_close_on"),
                    Value(datetime.date(9999, 12, 31)),
                    output_field=models.DateField(),
                ),
                F("id"),
                name="deal_expected_close",
            ),
        ),
    ]
