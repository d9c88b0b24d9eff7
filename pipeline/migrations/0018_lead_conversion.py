import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0017_reports_to"),
        ("leads", "0005_working"),
        ("pipeline", "0017_deal_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LeadConversion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_company", models.BooleanField(default=False)),
                ("made_person", models.BooleanField(default=False)),
                ("made_deal", models.BooleanField(default=True)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow(),
                        verbose_name="happened at",
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True, verbose_name="undone at")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leads.leadstatechange",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversions",
                        to="contacts.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "company_before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.company",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversions",
                        to="pipeline.deal",
                        verbose_name="deal",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversions",
                        to="leads.lead",
                        verbose_name="lead",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversions",
                        to="contacts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "person_before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.person",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversion of a lead",
                "verbose_name_plural": "conversions of leads",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("lead",), name="lead_converted_once"
                    ),
                    models.UniqueConstraint(fields=("change",), name="conversion_of_one_step"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            ("undone_at__isnull", False),
                            _connector="OR",
                        ),
                        name="conversion_undone_at_a_moment",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadconversion",
            trigger=pgtrigger.compiler.Trigger(
                name="conversion_is_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lead_id" IS DISTINCT FROM (NEW."lead_id") OR OLD."deal_id" IS DISTINCT FROM (NEW."deal_id") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."company_before_id" IS DISTINCT FROM (NEW."company_before_id") OR OLD."person_before_id" IS DISTINCT FROM (NEW."person_before_id") OR OLD."made_company" IS DISTINCT FROM (NEW."made_company") OR OLD."made_person" IS DISTINCT FROM (NEW."made_person") OR OLD."made_deal" IS DISTINCT FROM (NEW."made_deal") OR OLD."change_id" IS DISTINCT FROM (NEW."change_id") OR OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="eac33ee8a2f80d5639fb21a95fc359575a280eb9",
                    operation="UPDATE",
                    pgid="pgtrigger_conversion_is_history_c08ff",
                    table="pipeline_leadconversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadconversion",
            trigger=pgtrigger.compiler.Trigger(
                name="conversion_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="6d7d6e36f82c8d34d8754af5c1ab9457c30bc353",
                    operation="DELETE",
                    pgid="pgtrigger_conversion_is_kept_723b9",
                    table="pipeline_leadconversion",
                    when="BEFORE",
                ),
            ),
        ),
    ]
