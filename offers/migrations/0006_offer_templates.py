from decimal import Decimal

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_vat_of_dach"),
        ("offers", "0005_orders_of_offers"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English")],
                        default="de",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "intro",
                    models.TextField(blank=True, max_length=5000, verbose_name="text before the lines"),
                ),
                (
                    "closing",
                    models.TextField(blank=True, max_length=5000, verbose_name="text after the lines"),
                ),
                ("delivery", models.CharField(blank=True, max_length=300, verbose_name="delivery")),
                ("valid_days", models.PositiveSmallIntegerField(default=30, verbose_name="valid for days")),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="payable within days"),
                ),
                (
                    "cash_discount",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=5,
                        verbose_name="cash discount (Skonto)",
                    ),
                ),
                (
                    "cash_discount_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="cash discount within days"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offer_templates",
                        to="catalog.productgroup",
                        verbose_name="only for the product group",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer template",
                "verbose_name_plural": "offer templates",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OfferTemplateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English")],
                        default="de",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "intro",
                    models.TextField(blank=True, max_length=5000, verbose_name="text before the lines"),
                ),
                (
                    "closing",
                    models.TextField(blank=True, max_length=5000, verbose_name="text after the lines"),
                ),
                ("delivery", models.CharField(blank=True, max_length=300, verbose_name="delivery")),
                ("valid_days", models.PositiveSmallIntegerField(default=30, verbose_name="valid for days")),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="payable within days"),
                ),
                (
                    "cash_discount",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=5,
                        verbose_name="cash discount (Skonto)",
                    ),
                ),
                (
                    "cash_discount_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="cash discount within days"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.productgroup",
                        verbose_name="only for the product group",
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
                        to="offers.offertemplate",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OfferTemplateLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[("item", "Item"), ("section", "Section"), ("text", "Text")],
                        default="item",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="text")),
                ("description", models.TextField(blank=True, max_length=5000, verbose_name="description")),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=3, default=Decimal("1"), max_digits=12, verbose_name="quantity"
                    ),
                ),
                ("is_optional", models.BooleanField(default=False, verbose_name="optional")),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offer_template_lines",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="offers.offertemplate",
                        verbose_name="offer template",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an offer template",
                "verbose_name_plural": "lines of offer templates",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OfferTemplateLineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[("item", "Item"), ("section", "Section"), ("text", "Text")],
                        default="item",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="text")),
                ("description", models.TextField(blank=True, max_length=5000, verbose_name="description")),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=3, default=Decimal("1"), max_digits=12, verbose_name="quantity"
                    ),
                ),
                ("is_optional", models.BooleanField(default=False, verbose_name="optional")),
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
                        to="offers.offertemplateline",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offers.offertemplate",
                        verbose_name="offer template",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="offertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("cash_discount__gte", 0), ("cash_discount__lte", 1)),
                name="offer_template_cash_discount_is_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="offertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["de", "en"])), name="offer_template_language_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offers_offertemplateevent" ("cash_discount", "cash_discount_days", "closing", "delivery", "group_id", "id", "intro", "is_active", "language", "name", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_days") VALUES (OLD."cash_discount", OLD."cash_discount_days", OLD."closing", OLD."delivery", OLD."group_id", OLD."id", OLD."intro", OLD."is_active", OLD."language", OLD."name", OLD."payment_days", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."valid_days"); RETURN NULL;',
                    hash="880fb70c67579d466b25a93547c09944af42edf2",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_7c642",
                    table="offers_offertemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offers_offertemplateevent" ("cash_discount", "cash_discount_days", "closing", "delivery", "group_id", "id", "intro", "is_active", "language", "name", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_days") VALUES (OLD."cash_discount", OLD."cash_discount_days", OLD."closing", OLD."delivery", OLD."group_id", OLD."id", OLD."intro", OLD."is_active", OLD."language", OLD."name", OLD."payment_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valid_days"); RETURN NULL;',
                    hash="e8dc0fef643e192769bf1b75f88ac86b7afb1dd7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c9ef2",
                    table="offers_offertemplate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="offertemplateline",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["item", "section", "text"])),
                name="offer_template_line_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offertemplateline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "item"), models.Q(("is_optional", False), ("product", None)), _connector="OR"
                ),
                name="offer_template_line_only_items_are_sold",
            ),
        ),
        migrations.AddConstraint(
            model_name="offertemplateline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="offer_template_line_not_negative"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offertemplateline",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offers_offertemplatelineevent" ("description", "id", "is_optional", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "template_id", "text") VALUES (OLD."description", OLD."id", OLD."is_optional", OLD."kind", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."position", OLD."product_id", OLD."quantity", OLD."template_id", OLD."text"); RETURN NULL;',
                    hash="0c3a345d40e580d28680bc8bc97941d6418b51f7",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_d417b",
                    table="offers_offertemplateline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offertemplateline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offers_offertemplatelineevent" ("description", "id", "is_optional", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "template_id", "text") VALUES (OLD."description", OLD."id", OLD."is_optional", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."product_id", OLD."quantity", OLD."template_id", OLD."text"); RETURN NULL;',
                    hash="a1b10f9bd20b72d344b598f5a8f668d9e5593f74",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_26af7",
                    table="offers_offertemplateline",
                    when="AFTER",
                ),
            ),
        ),
    ]
