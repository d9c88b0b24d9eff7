from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("pipeline", "0007_deal_touched")]

    operations = [
        AddIndexConcurrently(
            model_name="deal", index=models.Index(fields=["touched_at"], name="deal_touched")
        ),
    ]
