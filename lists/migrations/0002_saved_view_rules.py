from django.db import migrations, models


class Migration(migrations.Migration):
    # The same names as in the funnel, so its tables have to be gone.
    dependencies = [
        ("pipeline", "0016_lists_of_their_own"),
        ("lists", "0001_from_the_funnel"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="savedview",
            index=models.Index(fields=["shared_with", "page", "name_key"], name="saved_view_shared"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__in", ["board", "list", "companies", "persons"])),
                name="saved_view_page_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="saved_view_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("owner", "page", "name_key"), name="saved_view_name_once"
            ),
        ),
    ]
