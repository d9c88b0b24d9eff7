from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_product_sort_key"),
        ("contacts", "0017_reports_to"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="BundlePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(decimal_places=3, default=1, max_digits=12, verbose_name="quantity"),
                ),
            ],
            options={
                "verbose_name": "part of a bundle",
                "verbose_name_plural": "parts of bundles",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="BundlePartEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "quantity",
                    models.DecimalField(decimal_places=3, default=1, max_digits=12, verbose_name="quantity"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CustomerGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "verbose_name": "customer group",
                "verbose_name_plural": "customer groups",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="CustomerGroupEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CustomerGroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a customer group",
                "verbose_name_plural": "members of customer groups",
            },
        ),
        migrations.CreateModel(
            name="CustomerGroupMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
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
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "price list",
                "verbose_name_plural": "price lists",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PriceListEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
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
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceListItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_quantity",
                    models.DecimalField(
                        decimal_places=3, default=Decimal("0"), max_digits=12, verbose_name="from quantity"
                    ),
                ),
                ("price", models.DecimalField(decimal_places=4, max_digits=14, verbose_name="price, net")),
            ],
            options={
                "verbose_name": "price",
                "verbose_name_plural": "prices",
                "ordering": ["product", "from_quantity"],
            },
        ),
        migrations.CreateModel(
            name="PriceListItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "from_quantity",
                    models.DecimalField(
                        decimal_places=3, default=Decimal("0"), max_digits=12, verbose_name="from quantity"
                    ),
                ),
                ("price", models.DecimalField(decimal_places=4, max_digits=14, verbose_name="price, net")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VatCountry",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=2,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}\\Z", "Two capital letters, for example DE."
                            )
                        ],
                        verbose_name="country",
                    ),
                ),
                (
                    "vat_prefix",
                    models.CharField(
                        blank=True,
                        help_text="EL for Greece; empty: the country.",
                        max_length=2,
                        verbose_name="beginning of VAT ids",
                    ),
                ),
                ("is_eu", models.BooleanField(default=False, verbose_name="in the European Union")),
                ("is_home", models.BooleanField(default=False, verbose_name="our own country")),
                (
                    "is_registered",
                    models.BooleanField(
                        default=False,
                        help_text="Registered for VAT there; otherwise deliveries beyond the EU are exports without VAT.",
                        verbose_name="we charge the VAT of this country",
                    ),
                ),
            ],
            options={
                "verbose_name": "country of VAT",
                "verbose_name_plural": "countries of VAT",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="VatCountryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "code",
                    models.CharField(
                        max_length=2,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}\\Z", "Two capital letters, for example DE."
                            )
                        ],
                        verbose_name="country",
                    ),
                ),
                (
                    "vat_prefix",
                    models.CharField(
                        blank=True,
                        help_text="EL for Greece; empty: the country.",
                        max_length=2,
                        verbose_name="beginning of VAT ids",
                    ),
                ),
                ("is_eu", models.BooleanField(default=False, verbose_name="in the European Union")),
                ("is_home", models.BooleanField(default=False, verbose_name="our own country")),
                (
                    "is_registered",
                    models.BooleanField(
                        default=False,
                        help_text="Registered for VAT there; otherwise deliveries beyond the EU are exports without VAT.",
                        verbose_name="we charge the VAT of this country",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VatRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("standard", "Standard rate"),
                            ("reduced", "Reduced rate"),
                            ("special", "Special rate"),
                            ("zero", "Free of VAT"),
                        ],
                        max_length=8,
                        verbose_name="VAT category",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="rate, from 0 to 1"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
            ],
            options={
                "verbose_name": "VAT rate",
                "verbose_name_plural": "VAT rates",
                "ordering": ["country", "category", "-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="VatRateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("standard", "Standard rate"),
                            ("reduced", "Reduced rate"),
                            ("special", "Special rate"),
                            ("zero", "Free of VAT"),
                        ],
                        max_length=8,
                        verbose_name="VAT category",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="rate, from 0 to 1"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="product",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="product",
            name="before_update_update",
        ),
        migrations.AddField(
            model_name="product",
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
            model_name="product",
            name="cost",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="cost"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="description_de",
            field=models.TextField(
                blank=True, db_default="", max_length=2000, verbose_name="description in German"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="description_en",
            field=models.TextField(
                blank=True, db_default="", max_length=2000, verbose_name="description in English"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="floor_price",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="lowest price, net"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="name_en",
            field=models.CharField(blank=True, db_default="", max_length=200, verbose_name="name in English"),
        ),
        migrations.AddField(
            model_name="product",
            name="vat_category",
            field=models.CharField(
                choices=[
                    ("standard", "Standard rate"),
                    ("reduced", "Reduced rate"),
                    ("special", "Special rate"),
                    ("zero", "Free of VAT"),
                ],
                db_default="standard",
                default="standard",
                max_length=8,
                verbose_name="VAT category",
            ),
        ),
        migrations.AddField(
            model_name="productevent",
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
            model_name="productevent",
            name="cost",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="cost"
            ),
        ),
        migrations.AddField(
            model_name="productevent",
            name="description_de",
            field=models.TextField(
                blank=True, db_default="", max_length=2000, verbose_name="description in German"
            ),
        ),
        migrations.AddField(
            model_name="productevent",
            name="description_en",
            field=models.TextField(
                blank=True, db_default="", max_length=2000, verbose_name="description in English"
            ),
        ),
        migrations.AddField(
            model_name="productevent",
            name="floor_price",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="lowest price, net"
            ),
        ),
        migrations.AddField(
            model_name="productevent",
            name="name_en",
            field=models.CharField(blank=True, db_default="", max_length=200, verbose_name="name in English"),
        ),
        migrations.AddField(
            model_name="productevent",
            name="vat_category",
            field=models.CharField(
                choices=[
                    ("standard", "Standard rate"),
                    ("reduced", "Reduced rate"),
                    ("special", "Special rate"),
                    ("zero", "Free of VAT"),
                ],
                db_default="standard",
                default="standard",
                max_length=8,
                verbose_name="VAT category",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."billing" IS DISTINCT FROM (NEW."billing") OR OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."description_de" IS DISTINCT FROM (NEW."description_de") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."floor_price" IS DISTINCT FROM (NEW."floor_price") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."price" IS DISTINCT FROM (NEW."price") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."vat_category" IS DISTINCT FROM (NEW."vat_category"))',
                    func='INSERT INTO "catalog_productevent" ("billing", "cost", "currency", "description_de", "description_en", "floor_price", "group_id", "id", "is_active", "name", "name_en", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "unit", "vat_category") VALUES (OLD."billing", OLD."cost", OLD."currency", OLD."description_de", OLD."description_en", OLD."floor_price", OLD."group_id", OLD."id", OLD."is_active", OLD."name", OLD."name_en", OLD."number", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."price", OLD."unit", OLD."vat_category"); RETURN NULL;',
                    hash="dc93ff8325e4b3a273bde370b5ea656355c07aca",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_20926",
                    table="catalog_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_productevent" ("billing", "cost", "currency", "description_de", "description_en", "floor_price", "group_id", "id", "is_active", "name", "name_en", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "unit", "vat_category") VALUES (OLD."billing", OLD."cost", OLD."currency", OLD."description_de", OLD."description_en", OLD."floor_price", OLD."group_id", OLD."id", OLD."is_active", OLD."name", OLD."name_en", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price", OLD."unit", OLD."vat_category"); RETURN NULL;',
                    hash="e752b861cc4759d46631936a6c9d74238ac1cd98",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a763a",
                    table="catalog_product",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost", None), ("cost__gte", 0), _connector="OR"),
                name="product_cost_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("floor_price", None), ("floor_price__gte", 0), _connector="OR"),
                name="product_floor_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("vat_category__in", ["standard", "reduced", "special", "zero"])),
                name="product_vat_category_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("billing__in", ["once", "monthly", "yearly"])),
                name="product_billing_known",
            ),
        ),
        migrations.AddField(
            model_name="bundlepart",
            name="bundle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="catalog.product",
                verbose_name="bundle",
            ),
        ),
        migrations.AddField(
            model_name="bundlepart",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="part_of",
                to="catalog.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="bundlepartevent",
            name="bundle",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.product",
                verbose_name="bundle",
            ),
        ),
        migrations.AddField(
            model_name="bundlepartevent",
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
            model_name="bundlepartevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.bundlepart",
            ),
        ),
        migrations.AddField(
            model_name="bundlepartevent",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.product",
                verbose_name="product",
            ),
        ),
        migrations.AddConstraint(
            model_name="customergroup",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                name="customer_group_name_once",
                violation_error_message="There is a customer group of this name.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customergroup",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_customergroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id"); RETURN NULL;',
                    hash="3499f706319b50a234e7bf95c925a5f079d01ee8",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_6523a",
                    table="catalog_customergroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customergroup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_customergroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="7f43fd6beab31fb1965ae4371c1cb44c01c9b727",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_63b08",
                    table="catalog_customergroup",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="customergroupevent",
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
            model_name="customergroupevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.customergroup",
            ),
        ),
        migrations.AddField(
            model_name="customergroupmember",
            name="company",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="group_membership",
                to="contacts.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="customergroupmember",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="catalog.customergroup",
                verbose_name="customer group",
            ),
        ),
        migrations.AddField(
            model_name="customergroupmember",
            name="person",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="group_membership",
                to="contacts.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="customergroupmemberevent",
            name="company",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contacts.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="customergroupmemberevent",
            name="group",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.customergroup",
                verbose_name="customer group",
            ),
        ),
        migrations.AddField(
            model_name="customergroupmemberevent",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contacts.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="customergroupmemberevent",
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
            model_name="customergroupmemberevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.customergroupmember",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="company",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="price_lists",
                to="contacts.company",
                verbose_name="only for the company",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="price_lists",
                to="catalog.customergroup",
                verbose_name="only for the customer group",
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="price_lists",
                to="contacts.person",
                verbose_name="only for the person",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="company",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contacts.company",
                verbose_name="only for the company",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.customergroup",
                verbose_name="only for the customer group",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contacts.person",
                verbose_name="only for the person",
            ),
        ),
        migrations.AddField(
            model_name="pricelistevent",
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
            model_name="pricelistevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.pricelist",
            ),
        ),
        migrations.AddField(
            model_name="pricelistitem",
            name="price_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="catalog.pricelist",
                verbose_name="price list",
            ),
        ),
        migrations.AddField(
            model_name="pricelistitem",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="list_prices",
                to="catalog.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="pricelistitemevent",
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
            model_name="pricelistitemevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.pricelistitem",
            ),
        ),
        migrations.AddField(
            model_name="pricelistitemevent",
            name="price_list",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.pricelist",
                verbose_name="price list",
            ),
        ),
        migrations.AddField(
            model_name="pricelistitemevent",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.product",
                verbose_name="product",
            ),
        ),
        migrations.AddConstraint(
            model_name="vatcountry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_home", True)),
                fields=("is_home",),
                name="vat_country_one_home",
                violation_error_message="Another country is our own already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vatcountry",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_vatcountryevent" ("code", "is_eu", "is_home", "is_registered", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vat_prefix") VALUES (OLD."code", OLD."is_eu", OLD."is_home", OLD."is_registered", _pgh_attach_context(), NOW(), \'before_update\', OLD."code", OLD."vat_prefix"); RETURN NULL;',
                    hash="a964acd5af474675e450996fff704526df6b3b15",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_76b4e",
                    table="catalog_vatcountry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vatcountry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_vatcountryevent" ("code", "is_eu", "is_home", "is_registered", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vat_prefix") VALUES (OLD."code", OLD."is_eu", OLD."is_home", OLD."is_registered", _pgh_attach_context(), NOW(), \'delete\', OLD."code", OLD."vat_prefix"); RETURN NULL;',
                    hash="3b587226f1ad8975df9cd166c21a554540951564",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_52439",
                    table="catalog_vatcountry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="vatcountryevent",
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
            model_name="vatcountryevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.vatcountry",
            ),
        ),
        migrations.AddField(
            model_name="vatrate",
            name="country",
            field=models.ForeignKey(
                db_column="country",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rates",
                to="catalog.vatcountry",
                verbose_name="country",
            ),
        ),
        migrations.AddField(
            model_name="vatrateevent",
            name="country",
            field=models.ForeignKey(
                db_column="country",
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.vatcountry",
                verbose_name="country",
            ),
        ),
        migrations.AddField(
            model_name="vatrateevent",
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
            model_name="vatrateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="catalog.vatrate",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundlepart",
            constraint=models.UniqueConstraint(fields=("bundle", "product"), name="bundle_part_once"),
        ),
        migrations.AddConstraint(
            model_name="bundlepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="bundle_part_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="bundlepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("bundle", models.F("product")), _negated=True),
                name="bundle_not_its_own_part",
                violation_error_message="A bundle is no part of itself.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bundlepart",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_bundlepartevent" ("bundle_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "quantity") VALUES (OLD."bundle_id", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."product_id", OLD."quantity"); RETURN NULL;',
                    hash="a5307dceffe8c77533485e902624114d3cb63031",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_e5392",
                    table="catalog_bundlepart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bundlepart",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_bundlepartevent" ("bundle_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "quantity") VALUES (OLD."bundle_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."quantity"); RETURN NULL;',
                    hash="8a7d2950a80e7d45c2f48f4267dd0a32620e6939",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a0ec7",
                    table="catalog_bundlepart",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="customergroupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("company", None), ("person__isnull", False)),
                    models.Q(("company__isnull", False), ("person", None)),
                    _connector="OR",
                ),
                name="customer_group_member_is_one",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customergroupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_customergroupmemberevent" ("company_id", "group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."company_id", OLD."group_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id"); RETURN NULL;',
                    hash="bc36c8976dcbbb6b3943370f7785ae6adbb3eee7",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_2ae3b",
                    table="catalog_customergroupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customergroupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_customergroupmemberevent" ("company_id", "group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."company_id", OLD."group_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="9639c300623a1e357cacf5aac10b29bb247eada7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_df749",
                    table="catalog_customergroupmember",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("company", None), ("person", None)),
                    models.Q(("company", None), ("group", None)),
                    models.Q(("group", None), ("person", None)),
                    _connector="OR",
                ),
                name="price_list_for_one",
                violation_error_message="A price list is for a company, a person, a group, or everyone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until", None), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="price_list_valid_forwards",
                violation_error_message="The last day lies before the first.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_pricelistevent" ("company_id", "currency", "group_id", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (OLD."company_id", OLD."currency", OLD."group_id", OLD."id", OLD."name", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                    hash="f1805f3f72f97057d7fa39443d34f5e6c72f143f",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_23f55",
                    table="catalog_pricelist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_pricelistevent" ("company_id", "currency", "group_id", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (OLD."company_id", OLD."currency", OLD."group_id", OLD."id", OLD."name", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                    hash="de56cebbd9546b082c2790c2ddfeb6b5b7938d29",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_adb3c",
                    table="catalog_pricelist",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelistitem",
            constraint=models.UniqueConstraint(
                fields=("price_list", "product", "from_quantity"), name="price_list_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelistitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_quantity__gte", 0), ("price__gte", 0)),
                name="price_list_item_not_negative",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelistitem",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_pricelistitemevent" ("from_quantity", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "price_list_id", "product_id") VALUES (OLD."from_quantity", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."price", OLD."price_list_id", OLD."product_id"); RETURN NULL;',
                    hash="99f7c0226f9c49a006507adeb32fff07528c6a79",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_9050b",
                    table="catalog_pricelistitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelistitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_pricelistitemevent" ("from_quantity", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "price_list_id", "product_id") VALUES (OLD."from_quantity", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price", OLD."price_list_id", OLD."product_id"); RETURN NULL;',
                    hash="d4405618fbb71f2eb58961369484028b8f40e744",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_16429",
                    table="catalog_pricelistitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="vatrate",
            constraint=models.UniqueConstraint(
                fields=("country", "category", "valid_from"), name="vat_rate_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vatrate",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate__gte", 0), ("rate__lte", 1)), name="vat_rate_is_rate"
            ),
        ),
        migrations.AddConstraint(
            model_name="vatrate",
            constraint=models.CheckConstraint(
                condition=models.Q(("category__in", ["standard", "reduced", "special", "zero"])),
                name="vat_rate_category_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vatrate",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalog_vatrateevent" ("category", "country", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "valid_from") VALUES (OLD."category", OLD."country", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."rate", OLD."valid_from"); RETURN NULL;',
                    hash="7cb3663a9008935be98a244e1488d503a36fbc0b",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_f77ca",
                    table="catalog_vatrate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vatrate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalog_vatrateevent" ("category", "country", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "valid_from") VALUES (OLD."category", OLD."country", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rate", OLD."valid_from"); RETURN NULL;',
                    hash="15de318627f4086dfed77b824bea0cddb4be478c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_787ce",
                    table="catalog_vatrate",
                    when="AFTER",
                ),
            ),
        ),
    ]
