from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The table may be large: the indexes are built beside the running work.
    atomic = False

    dependencies = [("leads", "0006_scores")]

    operations = [
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(fields=["-score", "-id"], name="lead_score"),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(fields=["owner", "-score", "-id"], name="lead_score_owner"),
        ),
    ]
