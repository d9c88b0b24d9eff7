from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0002_audit_of_the_past"),
        ("contacts", "0011_purchases"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("pipeline", "0015_extra_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Potential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                (
                    "demand",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="demand per year"),
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
                (
                    "quantity",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="quantity"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "stated_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="our share, as stated",
                    ),
                ),
                (
                    "bought",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=14,
                        null=True,
                        verbose_name="bought in the last 12 months",
                    ),
                ),
                (
                    "open_value",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Greatest(
                            django.db.models.expressions.CombinedExpression(
                                models.F("demand"),
                                "-",
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("bought"),
                                    django.db.models.functions.math.Round(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("demand"),
                                                "*",
                                                django.db.models.functions.comparison.Coalesce(
                                                    models.F("stated_share"),
                                                    models.Value(Decimal("0")),
                                                    output_field=models.DecimalField(),
                                                ),
                                            ),
                                            output_field=models.DecimalField(),
                                        ),
                                        output_field=models.DecimalField(
                                            decimal_places=2, max_digits=14, verbose_name=""
                                        ),
                                        precision=2,
                                    ),
                                ),
                            ),
                            models.Value(
                                Decimal("0"),
                                output_field=models.DecimalField(
                                    decimal_places=2, max_digits=14, verbose_name=""
                                ),
                            ),
                        ),
                        output_field=models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="open"
                        ),
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=120, verbose_name="source of the estimate"),
                ),
                (
                    "estimated_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="estimated on"),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="potentials",
                        to="contacts.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "estimated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="estimated by",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="potentials",
                        to="catalog.productgroup",
                        verbose_name="product group",
                    ),
                ),
            ],
            options={
                "verbose_name": "potential",
                "verbose_name_plural": "potentials",
            },
        ),
        migrations.CreateModel(
            name="PotentialDeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="potential_link",
                        to="pipeline.deal",
                        verbose_name="deal",
                    ),
                ),
                (
                    "potential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deal_links",
                        to="potentials.potential",
                        verbose_name="potential",
                    ),
                ),
            ],
            options={
                "verbose_name": "deal from a potential",
                "verbose_name_plural": "deals from potentials",
            },
        ),
        migrations.CreateModel(
            name="PotentialEstimate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "demand",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="demand per year"),
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
                (
                    "quantity",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="quantity"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "stated_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="our share, as stated",
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=120, verbose_name="source of the estimate"),
                ),
                ("estimated_on", models.DateField(verbose_name="estimated on")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="estimated by",
                    ),
                ),
                (
                    "potential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="estimates",
                        to="potentials.potential",
                        verbose_name="potential",
                    ),
                ),
            ],
            options={
                "verbose_name": "estimate",
                "verbose_name_plural": "estimates",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PotentialEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                (
                    "demand",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="demand per year"),
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
                (
                    "quantity",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="quantity"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "stated_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="our share, as stated",
                    ),
                ),
                (
                    "bought",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=14,
                        null=True,
                        verbose_name="bought in the last 12 months",
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=120, verbose_name="source of the estimate"),
                ),
                (
                    "estimated_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="estimated on"),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "estimated_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="estimated by",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.productgroup",
                        verbose_name="product group",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="potentials.potential",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="potential",
            index=models.Index(fields=["-open_value", "-id"], name="potential_most_open"),
        ),
        migrations.AddIndex(
            model_name="potential",
            index=models.Index(fields=["group", "-open_value"], name="potential_group"),
        ),
        migrations.AddConstraint(
            model_name="potential",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at", None)),
                fields=("company", "group", "year"),
                name="potential_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="potential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year", None), models.Q(("year__gte", 2000), ("year__lte", 2100)), _connector="OR"
                ),
                name="potential_year_sensible",
            ),
        ),
        migrations.AddConstraint(
            model_name="potential",
            constraint=models.CheckConstraint(
                condition=models.Q(("demand__gte", 0)), name="potential_demand_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="potential",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity", None), ("quantity__gt", 0), _connector="OR"),
                name="potential_quantity_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="potential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stated_share", None),
                    models.Q(("stated_share__gte", 0), ("stated_share__lte", 1)),
                    _connector="OR",
                ),
                name="potential_share_is_rate",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="potential",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."archived_at" IS DISTINCT FROM (NEW."archived_at") OR OLD."bought" IS DISTINCT FROM (NEW."bought") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."demand" IS DISTINCT FROM (NEW."demand") OR OLD."estimated_by_id" IS DISTINCT FROM (NEW."estimated_by_id") OR OLD."estimated_on" IS DISTINCT FROM (NEW."estimated_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."stated_share" IS DISTINCT FROM (NEW."stated_share") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func='INSERT INTO "potentials_potentialevent" ("archived_at", "bought", "company_id", "created_at", "currency", "demand", "estimated_by_id", "estimated_on", "form_key", "group_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "source", "stated_share", "unit", "version", "year") VALUES (OLD."archived_at", OLD."bought", OLD."company_id", OLD."created_at", OLD."currency", OLD."demand", OLD."estimated_by_id", OLD."estimated_on", OLD."form_key", OLD."group_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."quantity", OLD."source", OLD."stated_share", OLD."unit", OLD."version", OLD."year"); RETURN NULL;',
                    hash="645c06eea6f8236c884320c09a52fa1cf3e7bd24",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_1fbfe",
                    table="potentials_potential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="potential",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "potentials_potentialevent" ("archived_at", "bought", "company_id", "created_at", "currency", "demand", "estimated_by_id", "estimated_on", "form_key", "group_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "source", "stated_share", "unit", "version", "year") VALUES (OLD."archived_at", OLD."bought", OLD."company_id", OLD."created_at", OLD."currency", OLD."demand", OLD."estimated_by_id", OLD."estimated_on", OLD."form_key", OLD."group_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."source", OLD."stated_share", OLD."unit", OLD."version", OLD."year"); RETURN NULL;',
                    hash="767c28ffb8432bfa1040fa99f03b57cb0e1bbfc7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1920e",
                    table="potentials_potential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="potentialestimate",
            trigger=pgtrigger.compiler.Trigger(
                name="potential_estimate_is_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."demand" IS DISTINCT FROM (NEW."demand") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."stated_share" IS DISTINCT FROM (NEW."stated_share") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."estimated_on" IS DISTINCT FROM (NEW."estimated_on") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d4be593efe4170c13c389ef41189d40283197b9e",
                    operation="UPDATE",
                    pgid="pgtrigger_potential_estimate_is_history_3cf5e",
                    table="potentials_potentialestimate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="potentialestimate",
            trigger=pgtrigger.compiler.Trigger(
                name="potential_estimate_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c0892f43bd8475ca8c602f9c050b4dd1466a459b",
                    operation="DELETE",
                    pgid="pgtrigger_potential_estimate_is_kept_a944d",
                    table="potentials_potentialestimate",
                    when="BEFORE",
                ),
            ),
        ),
    ]
