from django.db import migrations

REASONS = [
    ("no_need", "Kein Bedarf", "No need"),
    ("no_budget", "Kein Budget", "No budget"),
    ("not_our_customer", "Passt nicht zu uns", "Not a fit"),
    ("unreachable", "Nicht erreichbar", "Cannot be reached"),
    ("competitor", "Kauft beim Wettbewerb", "Buys from a competitor"),
    ("later", "Erst später", "Not before later"),
    ("spam", "Unsinn oder Werbung", "Nonsense or advertising"),
    ("twice", "Doppelt", "A duplicate"),
    ("wrong_data", "Falsche Angaben", "Wrong details"),
]


def add_reasons(apps, schema_editor):
    model = apps.get_model("leads", "DisqualifyReason")
    for place, (code, german, english) in enumerate(REASONS, start=1):
        model.objects.get_or_create(
            code=code, defaults={"label_de": german, "label_en": english, "position": place * 10}
        )


class Migration(migrations.Migration):
    dependencies = [("leads", "0003_leads")]

    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop)]
