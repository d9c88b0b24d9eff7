"""The diary of the forecast, and what is expected of each open deal."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_land"),
        ("pipeline", "0017_deal_lead"),
        ("reporting", "0005_totals_from_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForecastRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_on", models.DateField(unique=True, verbose_name="made on")),
                ("as_of", models.DateTimeField(verbose_name="as of")),
                ("open_deals", models.PositiveIntegerField(verbose_name="open deals")),
                ("open_offers", models.PositiveIntegerField(verbose_name="open offers")),
                ("wins_learned", models.PositiveIntegerField(verbose_name="wins learned from")),
                ("seconds", models.FloatField(verbose_name="seconds")),
                ("is_recomputed", models.BooleanField(default=False, verbose_name="recomputed later")),
            ],
            options={
                "verbose_name": "forecast",
                "verbose_name_plural": "forecasts",
                "ordering": ["-made_on"],
            },
        ),
        migrations.CreateModel(
            name="DealChance",
            fields=[
                (
                    "deal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="chance",
                        serialize=False,
                        to="pipeline.deal",
                        verbose_name="deal",
                    ),
                ),
                ("stage", models.PositiveSmallIntegerField(verbose_name="stage")),
                ("age_days", models.PositiveIntegerField(verbose_name="days in the stage")),
                ("probability", models.FloatField(verbose_name="probability to be won")),
                (
                    "expected_value",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="expected value"),
                ),
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
                ("alike", models.PositiveIntegerField(verbose_name="past deals that stood there as long")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner at that time",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "chance of a deal",
                "verbose_name_plural": "chances of deals",
                "indexes": [
                    models.Index(fields=["-expected_value", "-deal"], name="deal_chance_expected"),
                    models.Index(fields=["team", "-expected_value", "-deal"], name="deal_chance_team"),
                    models.Index(fields=["owner", "-expected_value", "-deal"], name="deal_chance_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("probability__gte", 0), ("probability__lte", 1)),
                        name="deal_chance_is_a_share",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastDiary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("open", "today's open deals"),
                            ("total", "with expected inflow"),
                            ("offers", "open offers"),
                        ],
                        max_length=6,
                        verbose_name="covers",
                    ),
                ),
                ("month", models.DateField(null=True, verbose_name="month")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("wins", "deals won"),
                            ("new", "new customers"),
                            ("repeat", "repeat customers"),
                            ("revenue", "revenue"),
                        ],
                        max_length=7,
                        verbose_name="measure",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("expected", models.FloatField(verbose_name="expected")),
                ("q05", models.FloatField()),
                ("q25", models.FloatField()),
                ("q50", models.FloatField()),
                ("q75", models.FloatField()),
                ("q95", models.FloatField()),
                (
                    "rep",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rep",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="reporting.forecastrun",
                        verbose_name="forecast",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the forecast diary",
                "verbose_name_plural": "forecast diary",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "rep", "team", "basis", "month", "measure", "currency"),
                        name="forecast_diary_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rep", None), ("team", None), _connector="OR"),
                        name="forecast_diary_one_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("q05__gte", 0),
                            ("q25__gte", models.F("q05")),
                            ("q50__gte", models.F("q25")),
                            ("q75__gte", models.F("q50")),
                            ("q95__gte", models.F("q75")),
                        ),
                        name="forecast_diary_quantiles_ascend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("measure", "revenue"), ("currency", ""), _connector="XOR"),
                        name="forecast_diary_money_has_currency",
                    ),
                ],
            },
        ),
    ]
