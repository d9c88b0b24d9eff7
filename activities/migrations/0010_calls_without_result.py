from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0009_leads"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_fields_of_its_kind",
        ),
        AddConstraintNotValid(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends_at", None),
                        ("kind", "call"),
                        ("status", ""),
                        ("subject", ""),
                        models.Q(("direction", ""), _negated=True),
                    ),
                    models.Q(
                        ("direction", ""),
                        ("kind__in", ["appointment", "meeting"]),
                        ("result", ""),
                        models.Q(("status", ""), _negated=True),
                    ),
                    models.Q(
                        ("direction", ""),
                        ("ends_at", None),
                        ("kind", "note"),
                        ("result", ""),
                        ("status", ""),
                        ("subject", ""),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(
                        ("ends_at", None),
                        ("kind__in", ["mail", "letter"]),
                        ("result", ""),
                        ("status", ""),
                        models.Q(("direction", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="activity_fields_of_its_kind",
            ),
        ),
    ]
