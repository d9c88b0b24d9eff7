from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="importdoubt",
            name="details",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=300, verbose_name="details"
            ),
        ),
        migrations.AddField(
            model_name="importdoubt",
            name="score",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="score"),
        ),
    ]
