from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    # Tables may be large: the index is built beside the running work.
    atomic = False

    dependencies = [
        ("pipeline", "0014_extra_fields"),
    ]

    operations = [
        AddIndexConcurrently(model_name="deal", index=GinIndex(fields=["extra"], name="deal_extra")),
    ]
