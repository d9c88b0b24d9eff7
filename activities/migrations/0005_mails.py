from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_follow_up_version"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_fields_of_its_kind",
        ),
        migrations.AddField(
            model_name="activity",
            name="subject",
            field=models.CharField(blank=True, db_default="", max_length=250, verbose_name="subject"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="kind",
            field=models.CharField(
                choices=[
                    ("call", "Call"),
                    ("appointment", "On-site appointment"),
                    ("note", "Note"),
                    ("mail", "E-mail"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
        AddConstraintNotValid(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends_at", None),
                        ("kind", "call"),
                        ("status", ""),
                        models.Q(("result", ""), _negated=True),
                        models.Q(("direction", ""), _negated=True),
                    ),
                    models.Q(
                        ("direction", ""),
                        ("kind", "appointment"),
                        ("result", ""),
                        models.Q(("status", ""), _negated=True),
                    ),
                    models.Q(
                        ("direction", ""),
                        ("ends_at", None),
                        ("kind", "note"),
                        ("result", ""),
                        ("status", ""),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(
                        ("ends_at", None),
                        ("kind", "mail"),
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
