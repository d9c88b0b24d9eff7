from django.db import migrations

PERIODS = [
    ("prospect", 24, False, "Art. 5 Abs. 1 Buchst. e DSGVO: ohne Kauf und ohne Kontakt entfällt der Zweck"),
    ("customer", 96, True, "§ 147 AO, § 257 HGB: Buchungsbelege 8, Handelsbriefe 6 Jahre ab Jahresende"),
    ("kept", 0, False, "Nach Ablauf der gesetzlichen Frist des einzelnen Belegs"),
]


def seed(apps, schema_editor):
    """Add the periods that are missing."""
    for kind, months, from_year_end, reason in PERIODS:
        apps.get_model("privacy", "RetentionClass").objects.get_or_create(
            kind=kind, defaults={"months": months, "from_year_end": from_year_end, "reason": reason}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_initial"),
    ]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
