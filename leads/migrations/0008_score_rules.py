from django.db import migrations

DECIDES = "geschäftsführ, inhaber, gesellschafter, vorstand, leiter, leitung, einkauf, prokurist, ceo, director, head of, owner"
WEB, TELEPHONE, MAIL = "web_form", "phone", "email"
RULES = [
    ("fit", 15, "Position, die entscheidet", "A position that decides", {"job": DECIDES}),
    ("fit", 10, "Firma genannt", "Told a company", {"known": "company_name"}),
    (
        "fit",
        10,
        "E-Mail-Adresse der eigenen Firma",
        "E-mail address of their own company",
        {"known": "work_email"},
    ),
    (
        "fit",
        10,
        "Firma steht in der Kundendatenbank",
        "Company is in the customer database",
        {"known": "company"},
    ),
    ("fit", 5, "Telefonnummer genannt", "Told a phone number", {"known": "phone"}),
    (
        "interest",
        25,
        "Hat angerufen",
        "Called us",
        {"channel": TELEPHONE, "half_life_days": 14, "most_times": 2},
    ),
    (
        "interest",
        20,
        "Hat ein Webformular gesendet",
        "Sent a web form",
        {"channel": WEB, "half_life_days": 14, "most_times": 2},
    ),
    (
        "interest",
        20,
        "Gespräch auf Messe oder Veranstaltung",
        "Talked at a fair or event",
        {"channel": "fair", "half_life_days": 30, "most_times": 2},
    ),
    (
        "interest",
        15,
        "Hat geschrieben",
        "Wrote to us",
        {"channel": MAIL, "half_life_days": 14, "most_times": 3},
    ),
    (
        "interest",
        10,
        "Sah Preise oder Angebote auf der Website",
        "Looked at prices or offers on the web site",
        {
            "channel": "web_visit",
            "page": "preis, angebot, price, offer",
            "half_life_days": 7,
            "most_times": 3,
        },
    ),
    (
        "interest",
        2,
        "Besuchte die Website",
        "Visited the web site",
        {"channel": "web_visit", "half_life_days": 7, "most_times": 10},
    ),
]


def add_rules(apps, schema_editor):
    model = apps.get_model("leads", "ScoreRule")
    if model.objects.exists():
        return
    for place, (part, points, german, english, asked) in enumerate(RULES, start=1):
        direction = {"touch_direction": "inbound"} if "channel" in asked else {}
        model.objects.create(
            part=part,
            points=points,
            label_de=german,
            label_en=english,
            position=place * 10,
            **asked,
            **direction,
        )


class Migration(migrations.Migration):
    dependencies = [("leads", "0007_score_orders")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
