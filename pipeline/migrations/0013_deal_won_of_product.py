from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    # Concurrently, so that a large table can be written to meanwhile; that is not possible in a transaction.
    atomic = False

    dependencies = [
        ("pipeline", "0012_list_columns"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                fields=["product", "currency", "-closed_at", "-id"],
                condition=Q(outcome="won", voided_at=None),
                name="deal_won_of_product",
            ),
        ),
    ]
