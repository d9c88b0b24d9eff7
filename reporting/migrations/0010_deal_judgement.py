"""What managers say of deals by hand; the age of an open offer beside the chance of its deal."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_land"),
        ("pipeline", "0018_lead_conversion"),
        ("reporting", "0009_affinities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dealchance",
            name="offer_days",
            field=models.PositiveIntegerField(null=True, verbose_name="days its offer has waited"),
        ),
        migrations.AddField(
            model_name="dealchance",
            name="offer_probability",
            field=models.FloatField(null=True, verbose_name="chance by the age of the offer alone"),
        ),
        migrations.CreateModel(
            name="DealJudgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("committed", "committed: it will be won"),
                            ("excluded", "excluded: do not count on it"),
                            ("none", "no judgement: the computed chance holds"),
                        ],
                        max_length=9,
                        verbose_name="judgement",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("chance", models.FloatField(null=True, verbose_name="computed chance at that time")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="pipeline.deal",
                        verbose_name="deal",
                    ),
                ),
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
                "verbose_name": "judgement of a deal",
                "verbose_name_plural": "judgements of deals",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["deal", "-id"], name="deal_judgement_last")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["committed", "excluded", "none"])),
                        name="deal_judgement_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chance", None),
                            models.Q(("chance__gte", 0), ("chance__lte", 1)),
                            _connector="OR",
                        ),
                        name="deal_judgement_chance",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dealjudgement",
            trigger=pgtrigger.compiler.Trigger(
                name="deal_judgement_is_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."deal_id" IS DISTINCT FROM (NEW."deal_id") OR OLD."stance" IS DISTINCT FROM (NEW."stance") OR OLD."chance" IS DISTINCT FROM (NEW."chance") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c8b3575359775338ad5b6ab079108f0385f9ee43",
                    operation="UPDATE",
                    pgid="pgtrigger_deal_judgement_is_history_61b19",
                    table="reporting_dealjudgement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dealjudgement",
            trigger=pgtrigger.compiler.Trigger(
                name="deal_judgement_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="81ea5f029701ac89a2f8b1cb79773f46e30754af",
                    operation="DELETE",
                    pgid="pgtrigger_deal_judgement_is_kept_ab310",
                    table="reporting_dealjudgement",
                    when="BEFORE",
                ),
            ),
        ),
    ]
