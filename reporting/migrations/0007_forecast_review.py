"""The review of past forecasts, and the chances of stages typed by hand."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_land"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("reporting", "0006_forecast"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForecastReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateTimeField(verbose_name="as of")),
                ("kept", models.PositiveIntegerField(verbose_name="forecasts from the diary")),
                ("recomputed", models.PositiveIntegerField(verbose_name="forecasts recomputed")),
                ("seconds", models.FloatField(verbose_name="seconds")),
            ],
            options={
                "verbose_name": "review of the forecasts",
                "verbose_name_plural": "reviews of the forecasts",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="StageWeightEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Prospecting"),
                            (2, "Contact"),
                            (3, "Offer"),
                            (4, "Negotiation"),
                            (5, "Closing"),
                        ],
                        serialize=False,
                        verbose_name="stage",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="chance in per cent",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChanceCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("kept", "from the diary"),
                            ("again", "recomputed from what had happened by then"),
                        ],
                        max_length=5,
                        verbose_name="source",
                    ),
                ),
                ("made_on", models.DateField(verbose_name="made on")),
                ("tenth", models.PositiveSmallIntegerField(verbose_name="tenth")),
                ("deals", models.PositiveIntegerField(verbose_name="deals")),
                ("expected", models.FloatField(verbose_name="expected wins")),
                ("won", models.PositiveIntegerField(verbose_name="won")),
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
            ],
            options={
                "verbose_name": "chances of a past forecast",
                "verbose_name_plural": "chances of past forecasts",
            },
        ),
        migrations.CreateModel(
            name="ForecastCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("kept", "from the diary"),
                            ("again", "recomputed from what had happened by then"),
                        ],
                        max_length=5,
                        verbose_name="source",
                    ),
                ),
                ("made_on", models.DateField(verbose_name="made on")),
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
                ("month", models.DateField(verbose_name="month")),
                ("ahead", models.PositiveSmallIntegerField(verbose_name="months ahead")),
                ("expected", models.FloatField(verbose_name="expected")),
                ("q05", models.FloatField()),
                ("q25", models.FloatField()),
                ("q50", models.FloatField()),
                ("q75", models.FloatField()),
                ("q95", models.FloatField()),
                ("came", models.FloatField(verbose_name="came")),
                ("by_weights", models.FloatField(null=True, verbose_name="by stage weights")),
                ("by_rate", models.FloatField(null=True, verbose_name="by rate times stock")),
                ("by_year", models.FloatField(null=True, verbose_name="by last year's same month")),
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
            ],
            options={
                "verbose_name": "figure of a past forecast",
                "verbose_name_plural": "figures of past forecasts",
            },
        ),
        migrations.CreateModel(
            name="StageWeight",
            fields=[
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Prospecting"),
                            (2, "Contact"),
                            (3, "Offer"),
                            (4, "Negotiation"),
                            (5, "Closing"),
                        ],
                        primary_key=True,
                        serialize=False,
                        verbose_name="stage",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="chance in per cent",
                    ),
                ),
            ],
            options={
                "verbose_name": "chance of a stage typed by hand",
                "verbose_name_plural": "chances of stages typed by hand",
                "ordering": ["stage"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100), ("stage__in", [1, 2, 3, 4, 5])),
                        name="stage_weight_is_a_share",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stageweight",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reporting_stageweightevent" ("percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage") VALUES (OLD."percent", _pgh_attach_context(), NOW(), \'before_update\', OLD."stage", OLD."stage"); RETURN NULL;',
                    hash="8a4b3b2a5be8468a0c42c06bf831f086a9a6a9c9",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_bf068",
                    table="reporting_stageweight",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stageweight",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reporting_stageweightevent" ("percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage") VALUES (OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."stage", OLD."stage"); RETURN NULL;',
                    hash="19721e93c9b86877180e597098303bc8e722e48e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a5b2",
                    table="reporting_stageweight",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="stageweightevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="stageweightevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="reporting.stageweight",
            ),
        ),
        migrations.AddConstraint(
            model_name="chancecheck",
            constraint=models.UniqueConstraint(
                fields=("rep", "team", "source", "made_on", "tenth"),
                name="chance_check_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="chancecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("rep", None), ("team", None), _connector="OR"),
                name="chance_check_one_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="chancecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("tenth__lte", 9), ("won__lte", models.F("deals"))),
                name="chance_check_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastcheck",
            constraint=models.UniqueConstraint(
                fields=("rep", "team", "source", "basis", "measure", "currency", "made_on", "month"),
                name="forecast_check_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("rep", None), ("team", None), _connector="OR"),
                name="forecast_check_one_scope",
            ),
        ),
    ]
