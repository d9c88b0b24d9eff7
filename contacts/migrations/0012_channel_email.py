from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    # Tables may be large: the index is built beside the running work.
    atomic = False

    dependencies = [
        ("contacts", "0011_purchases"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="channel",
            index=models.Index(Upper("value"), name="channel_email", condition=Q(kind="email")),
        ),
    ]
