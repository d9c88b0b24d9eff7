from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import offers.models.line

NET = """
ALTER TABLE offers_orderline
  ALTER COLUMN net SET EXPRESSION AS (round(quantity * unit_price * (1 - discount), 2){less})
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_reminder_mail"),
        ("catalog", "0005_vat_of_dach"),
        ("contacts", "0017_reports_to"),
        ("offers", "0004_offers"),
        ("pipeline", "0016_lists_of_their_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="order",
            name="before_update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="order",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="orderline",
            name="before_update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="orderline",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="order",
            name="offer_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="offers.offerversion",
                verbose_name="accepted offer",
            ),
        ),
        migrations.AddField(
            model_name="orderevent",
            name="offer_version",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="offers.offerversion",
                verbose_name="accepted offer",
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="billing",
            field=models.CharField(
                choices=[("once", "once"), ("monthly", "per month"), ("yearly", "per year")],
                db_default="once",
                default="once",
                max_length=7,
                verbose_name="billing",
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="reduction",
            field=models.DecimalField(
                db_default=Decimal("0"),
                decimal_places=2,
                default=Decimal("0"),
                max_digits=14,
                verbose_name="share of the discount on the total",
            ),
        ),
        migrations.AddField(
            model_name="orderlineevent",
            name="billing",
            field=models.CharField(
                choices=[("once", "once"), ("monthly", "per month"), ("yearly", "per year")],
                db_default="once",
                default="once",
                max_length=7,
                verbose_name="billing",
            ),
        ),
        migrations.AddField(
            model_name="orderlineevent",
            name="reduction",
            field=models.DecimalField(
                db_default=Decimal("0"),
                decimal_places=2,
                default=Decimal("0"),
                max_digits=14,
                verbose_name="share of the discount on the total",
            ),
        ),
        # Django alters no generated column; the database can.
        migrations.RunSQL(
            NET.format(less=" - reduction"),
            NET.format(less=""),
            state_operations=[
                migrations.AlterField(
                    model_name="orderline",
                    name="net",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            offers.models.line.LineNet(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("quantity"), "*", models.F("unit_price")
                                    ),
                                    "*",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(1), "-", models.F("discount")
                                    ),
                                )
                            ),
                            "-",
                            models.F("reduction"),
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14, verbose_name="net"),
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offers_orderevent" ("cancel_reason", "cancelled_at", "company_id", "created_at", "currency", "deal_id", "external_id", "form_key", "id", "note", "number", "offer_version_id", "ordered_on", "origin", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "version", "voided_at") VALUES (OLD."cancel_reason", OLD."cancelled_at", OLD."company_id", OLD."created_at", OLD."currency", OLD."deal_id", OLD."external_id", OLD."form_key", OLD."id", OLD."note", OLD."number", OLD."offer_version_id", OLD."ordered_on", OLD."origin", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."team_id", OLD."version", OLD."voided_at"); RETURN NULL;',
                    hash="d2d83411bf0229bfef95da9f4c3aa535ec0e0fb1",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_8d2f5",
                    table="offers_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offers_orderevent" ("cancel_reason", "cancelled_at", "company_id", "created_at", "currency", "deal_id", "external_id", "form_key", "id", "note", "number", "offer_version_id", "ordered_on", "origin", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "version", "voided_at") VALUES (OLD."cancel_reason", OLD."cancelled_at", OLD."company_id", OLD."created_at", OLD."currency", OLD."deal_id", OLD."external_id", OLD."form_key", OLD."id", OLD."note", OLD."number", OLD."offer_version_id", OLD."ordered_on", OLD."origin", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id", OLD."version", OLD."voided_at"); RETURN NULL;',
                    hash="80e6b56ed302c28c9369f2d11af3e7480ab8eb54",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2f291",
                    table="offers_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."billing" IS DISTINCT FROM (NEW."billing") OR OLD."discount" IS DISTINCT FROM (NEW."discount") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."reduction" IS DISTINCT FROM (NEW."reduction") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."unit_price" IS DISTINCT FROM (NEW."unit_price") OR OLD."vat_rate" IS DISTINCT FROM (NEW."vat_rate"))',
                    func='INSERT INTO "offers_orderlineevent" ("billing", "discount", "id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "reduction", "text", "unit", "unit_price", "vat_rate") VALUES (OLD."billing", OLD."discount", OLD."id", OLD."order_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."position", OLD."product_id", OLD."quantity", OLD."reduction", OLD."text", OLD."unit", OLD."unit_price", OLD."vat_rate"); RETURN NULL;',
                    hash="f438294a252a7e46347895c8f02a7953ffe508fc",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_6901c",
                    table="offers_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offers_orderlineevent" ("billing", "discount", "id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "reduction", "text", "unit", "unit_price", "vat_rate") VALUES (OLD."billing", OLD."discount", OLD."id", OLD."order_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."product_id", OLD."quantity", OLD."reduction", OLD."text", OLD."unit", OLD."unit_price", OLD."vat_rate"); RETURN NULL;',
                    hash="2351988910c2bcf6b3f4826f85b45bcf0974eda7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ebd82",
                    table="offers_orderline",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None), ("voided_at", None)),
                fields=("offer_version",),
                name="order_once_of_an_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("net__gte", 0), ("reduction__gte", 0)),
                name="order_line_reduction_not_beyond",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("billing__in", ["once", "monthly", "yearly"])),
                name="order_line_billing_known",
            ),
        ),
    ]
