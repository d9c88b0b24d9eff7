from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_land"),
        ("lists", "0003_every_export"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="listcolumns",
            name="list_columns_page_known",
        ),
        migrations.RemoveConstraint(
            model_name="savedview",
            name="saved_view_page_known",
        ),
        migrations.AlterField(
            model_name="listcolumns",
            name="page",
            field=models.CharField(
                choices=[
                    ("board", "Funnel"),
                    ("list", "Deals"),
                    ("companies", "Companies"),
                    ("persons", "People"),
                    ("leads", "Leads"),
                ],
                max_length=9,
                verbose_name="page",
            ),
        ),
        migrations.AlterField(
            model_name="savedview",
            name="page",
            field=models.CharField(
                choices=[
                    ("board", "Funnel"),
                    ("list", "Deals"),
                    ("companies", "Companies"),
                    ("persons", "People"),
                    ("leads", "Leads"),
                ],
                max_length=9,
                verbose_name="page",
            ),
        ),
        migrations.AddConstraint(
            model_name="listcolumns",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__in", ["board", "list", "companies", "persons", "leads"])),
                name="list_columns_page_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__in", ["board", "list", "companies", "persons", "leads"])),
                name="saved_view_page_known",
            ),
        ),
    ]
