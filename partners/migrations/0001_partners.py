import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0013_duplicates"),
        ("offers", "0002_purchases_of_wins"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("pipeline", "0015_extra_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DealPartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("referred", "Referred by"),
                            ("sold", "Sold through"),
                            ("supplies", "Supplies with us"),
                        ],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "commission_rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="commission"
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_links",
                        to="pipeline.deal",
                        verbose_name="deal",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner of a deal",
                "verbose_name_plural": "partners of deals",
            },
        ),
        migrations.CreateModel(
            name="OrderPartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("referred", "Referred by"),
                            ("sold", "Sold through"),
                            ("supplies", "Supplies with us"),
                        ],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "commission_rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="commission"
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_links",
                        to="offers.order",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner of an order",
                "verbose_name_plural": "partners of orders",
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "commission_rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="commission"
                    ),
                ),
                (
                    "commission_text",
                    models.CharField(blank=True, max_length=200, verbose_name="commission in words"),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="partner since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="partner until")),
                ("note", models.TextField(blank=True, max_length=5000, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "company",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner",
                        to="contacts.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_contacts",
                        to="contacts.person",
                        verbose_name="contact person",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner",
                        to="contacts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
            },
        ),
        migrations.CreateModel(
            name="OrderPartnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("referred", "Referred by"),
                            ("sold", "Sold through"),
                            ("supplies", "Supplies with us"),
                        ],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "commission_rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="commission"
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offers.order",
                        verbose_name="order",
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
                        to="partners.orderpartner",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="orderpartner",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_links",
                to="partners.partner",
                verbose_name="partner",
            ),
        ),
        migrations.CreateModel(
            name="DealPartnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("referred", "Referred by"),
                            ("sold", "Sold through"),
                            ("supplies", "Supplies with us"),
                        ],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "commission_rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="commission"
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="pipeline.deal",
                        verbose_name="deal",
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
                        to="partners.dealpartner",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="dealpartner",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deal_links",
                to="partners.partner",
                verbose_name="partner",
            ),
        ),
        migrations.CreateModel(
            name="PartnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "commission_rate",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="commission"
                    ),
                ),
                (
                    "commission_text",
                    models.CharField(blank=True, max_length=200, verbose_name="commission in words"),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="partner since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="partner until")),
                ("note", models.TextField(blank=True, max_length=5000, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "company",
                    models.ForeignKey(
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
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.person",
                        verbose_name="contact person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
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
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("company", None), ("person__isnull", False)),
                    models.Q(("company__isnull", False), ("person", None)),
                    _connector="OR",
                ),
                name="partner_is_company_or_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("commission_rate", None),
                    models.Q(("commission_rate__gte", 0), ("commission_rate__lte", 1)),
                    _connector="OR",
                ),
                name="partner_commission_is_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since", None), ("until", None), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="partner_ends_after_start",
                violation_error_message="The end must not lie before the start.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "partners_partnerevent" ("commission_rate", "commission_text", "company_id", "contact_id", "created_at", "id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "version") VALUES (OLD."commission_rate", OLD."commission_text", OLD."company_id", OLD."contact_id", OLD."created_at", OLD."id", OLD."note", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."since", OLD."until", OLD."version"); RETURN NULL;',
                    hash="dcf39043713576f3385d53d4cb11a0af88095dd4",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_e28a8",
                    table="partners_partner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_partnerevent" ("commission_rate", "commission_text", "company_id", "contact_id", "created_at", "id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "version") VALUES (OLD."commission_rate", OLD."commission_text", OLD."company_id", OLD."contact_id", OLD."created_at", OLD."id", OLD."note", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."until", OLD."version"); RETURN NULL;',
                    hash="d1ce93c8acd988542de4d8baa3f0e79bbbf4d087",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e7dd8",
                    table="partners_partner",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpartner",
            constraint=models.UniqueConstraint(
                fields=("order", "partner", "role"), name="order_partner_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpartner",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["referred", "sold", "supplies"])),
                name="order_partner_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpartner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("commission_rate", None),
                    models.Q(("commission_rate__gte", 0), ("commission_rate__lte", 1)),
                    _connector="OR",
                ),
                name="order_partner_commission_is_rate",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderpartner",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "partners_orderpartnerevent" ("added_at", "added_by_id", "commission_rate", "id", "order_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (OLD."added_at", OLD."added_by_id", OLD."commission_rate", OLD."id", OLD."order_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."role"); RETURN NULL;',
                    hash="964dc4888f8b80c5be4e1caa6f98277f578118cb",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_5f5bf",
                    table="partners_orderpartner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderpartner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_orderpartnerevent" ("added_at", "added_by_id", "commission_rate", "id", "order_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (OLD."added_at", OLD."added_by_id", OLD."commission_rate", OLD."id", OLD."order_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role"); RETURN NULL;',
                    hash="83c77cd602f4079fd0756857c8b1910b351be7f4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_35710",
                    table="partners_orderpartner",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="dealpartner",
            constraint=models.UniqueConstraint(fields=("deal", "partner", "role"), name="deal_partner_once"),
        ),
        migrations.AddConstraint(
            model_name="dealpartner",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["referred", "sold", "supplies"])),
                name="deal_partner_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealpartner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("commission_rate", None),
                    models.Q(("commission_rate__gte", 0), ("commission_rate__lte", 1)),
                    _connector="OR",
                ),
                name="deal_partner_commission_is_rate",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dealpartner",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "partners_dealpartnerevent" ("added_at", "added_by_id", "commission_rate", "deal_id", "id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (OLD."added_at", OLD."added_by_id", OLD."commission_rate", OLD."deal_id", OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."role"); RETURN NULL;',
                    hash="be71cdc8324153d053a2444b7d54251e944aef41",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_1b0bd",
                    table="partners_dealpartner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dealpartner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_dealpartnerevent" ("added_at", "added_by_id", "commission_rate", "deal_id", "id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (OLD."added_at", OLD."added_by_id", OLD."commission_rate", OLD."deal_id", OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role"); RETURN NULL;',
                    hash="2f91ec8190eafb6cdccb8224fd3555c82c0a842b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1b47a",
                    table="partners_dealpartner",
                    when="AFTER",
                ),
            ),
        ),
    ]
