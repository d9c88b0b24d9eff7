"""Seeds the settings of the five stages, their criteria and the usual reasons for losing a deal."""

from django.db import migrations

TIME_LIMITS = {1: 21, 2: 21, 3: 21, 4: 14, 5: 14}

CRITERIA = [
    (
        "decision_maker_known",
        1,
        "Entscheider bekannt",
        "Decision maker known",
        "Entscheider unbekannt",
        "Decision maker unknown",
    ),
    (
        "appointment_agreed",
        2,
        "Vor-Ort-Termin vereinbart",
        "On-site appointment agreed",
        "kein Termin",
        "no appointment",
    ),
    (
        "offer_delivered",
        3,
        "Angebot übergeben",
        "Offer delivered",
        "Angebot nicht übergeben",
        "Offer not delivered",
    ),
    ("terms_settled", 4, "Konditionen geklärt", "Terms settled", "Konditionen offen", "Terms open"),
    ("order_confirmed", 5, "Auftrag bestätigt", "Order confirmed", "Auftrag steht aus", "Order outstanding"),
]

REASONS = [
    ("no_need", "kein Bedarf", "no need", False),
    ("not_reached", "nicht erreicht", "not reached", False),
    ("no_appointment", "kein Termin zustande gekommen", "no appointment came about", False),
    ("price", "Preis", "price", False),
    ("competitor", "Wettbewerb", "competitor", False),
    ("budget", "Budget gestrichen", "budget cancelled", False),
    ("no_answer", "keine Antwort", "no answer", False),
    ("scope", "Leistung passt nicht", "scope does not fit", False),
    ("postponed", "auf unbestimmte Zeit verschoben", "postponed indefinitely", False),
    ("unknown", "unbekannt (übernommen)", "unknown (imported)", False),
    ("other", "anderer Grund", "other reason", True),
]


def seed(apps, schema_editor):
    setting = apps.get_model("pipeline", "StageSetting")
    for stage, days in TIME_LIMITS.items():
        setting.objects.get_or_create(stage=stage, defaults={"time_limit_days": days})
    criterion = apps.get_model("pipeline", "Criterion")
    for code, stage, german, english, unmet_german, unmet_english in CRITERIA:
        criterion.objects.get_or_create(
            code=code,
            defaults={
                "stage": stage,
                "label_de": german,
                "label_en": english,
                "unmet_label_de": unmet_german,
                "unmet_label_en": unmet_english,
            },
        )
    reason = apps.get_model("pipeline", "LossReason")
    for position, (code, german, english, needs_note) in enumerate(REASONS, start=1):
        reason.objects.get_or_create(
            code=code,
            defaults={
                "label_de": german,
                "label_en": english,
                "needs_note": needs_note,
                "position": position * 10,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
