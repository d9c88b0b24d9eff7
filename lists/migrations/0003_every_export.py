from django.db import migrations, models

PAGES = [
    ("list", "Deals"),
    ("companies", "Companies"),
    ("persons", "People"),
    ("orders", "Orders"),
    ("offers", "Offers"),
    ("leads", "Leads"),
    ("activities", "Activities"),
    ("potentials", "Potentials"),
    ("partners", "Partners"),
    ("rejects", "Rejected rows of an import"),
    ("dossier", "Report on one person"),
]


class Migration(migrations.Migration):
    dependencies = [("lists", "0002_saved_view_rules")]

    operations = [
        migrations.RemoveConstraint(model_name="exportlog", name="export_log_page_known"),
        migrations.AlterField(
            model_name="exportlog",
            name="page",
            field=models.CharField(choices=PAGES, max_length=10, verbose_name="list"),
        ),
        migrations.AddConstraint(
            model_name="exportlog",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__in", [code for code, _label in PAGES])),
                name="export_log_page_known",
            ),
        ),
    ]
