from django.db import migrations


class Migration(migrations.Migration):
    # Their rows were copied into the tables of lists.
    dependencies = [
        ("pipeline", "0015_extra_index"),
        ("lists", "0001_from_the_funnel"),
    ]

    operations = [
        migrations.DeleteModel(name="StartView"),
        migrations.DeleteModel(name="SavedView"),
        migrations.DeleteModel(name="ListColumns"),
    ]
