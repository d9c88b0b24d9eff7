from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0002_doubts_in_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="importreject",
            name="spoken",
            field=models.JSONField(
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                verbose_name="reason by language",
            ),
        ),
    ]
