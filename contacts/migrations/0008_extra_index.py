from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    # Tables may be large: the index is built beside the running work.
    atomic = False

    dependencies = [
        ("contacts", "0007_extra_fields"),
    ]

    operations = [
        AddIndexConcurrently(model_name="company", index=GinIndex(fields=["extra"], name="company_extra")),
        AddIndexConcurrently(model_name="person", index=GinIndex(fields=["extra"], name="person_extra")),
    ]
