from django.db import migrations


class Migration(migrations.Migration):
    """What was before the sums is counted by the first worker that looks."""

    dependencies = [("explorer", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO explorer_stepmark (day, made_at) VALUES (NULL, now())", migrations.RunSQL.noop
        )
    ]
