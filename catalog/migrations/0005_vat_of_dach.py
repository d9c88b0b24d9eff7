from datetime import date
from decimal import Decimal

from django.db import migrations

# Where VAT ids of the EU begin otherwise than the code of the country.
PREFIXES = {"GR": "EL"}
EU = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
# The higher German rates rested in the second half of 2020; Austria has 13 % since 2016.
RATES = [
    ("DE", "2007-01-01", {"standard": "0.19", "reduced": "0.07"}),
    ("DE", "2020-07-01", {"standard": "0.16", "reduced": "0.05"}),
    ("DE", "2021-01-01", {"standard": "0.19", "reduced": "0.07"}),
    ("AT", "2016-01-01", {"standard": "0.20", "reduced": "0.10", "special": "0.13"}),
    ("CH", "2018-01-01", {"standard": "0.077", "reduced": "0.025", "special": "0.037"}),
    ("CH", "2024-01-01", {"standard": "0.081", "reduced": "0.026", "special": "0.038"}),
]


def seed(apps, schema_editor):
    country, rate = apps.get_model("catalog", "VatCountry"), apps.get_model("catalog", "VatRate")
    if country.objects.exists():
        return
    country.objects.bulk_create(
        country(
            code=code,
            vat_prefix=PREFIXES.get(code, ""),
            is_eu=code in EU,
            is_home=code == "DE",
            is_registered=code in ("DE", "CH"),
        )
        for code in [*EU, "CH"]
    )
    rate.objects.bulk_create(
        rate(country_id=code, category=category, rate=Decimal(height), valid_from=date.fromisoformat(since))
        for code, since, heights in RATES
        for category, height in heights.items()
    )


def remove(apps, schema_editor):
    apps.get_model("catalog", "VatRate").objects.all().delete()
    apps.get_model("catalog", "VatCountry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_prices_and_vat"),
    ]

    operations = [migrations.RunPython(seed, remove)]
