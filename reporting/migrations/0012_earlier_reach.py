"""What stands beside the funnel of the rolling year is stored: how far the deals of the year before had come."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_land"),
        ("reporting", "0011_reorders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierReach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("stage", models.PositiveSmallIntegerField(verbose_name="furthest stage")),
                (
                    "currency",
                    models.CharField(
                        default="EUR",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}\\Z", "Three capital letters, for example EUR."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                ("deals", models.PositiveIntegerField(verbose_name="deals")),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="value")),
                (
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner at opening",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                        verbose_name="team at opening",
                    ),
                ),
            ],
            options={
                "verbose_name": "reach of earlier deals",
                "verbose_name_plural": "reaches of earlier deals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rep", "team", "starts_on", "stage", "currency"), name="earlier_reach_once"
                    )
                ],
            },
        ),
    ]
