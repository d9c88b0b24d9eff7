from decimal import Decimal

import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import offers.models.line


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_vat_of_dach"),
        ("offers", "0003_letterhead"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("pipeline", "0016_lists_of_their_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "discount_above",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="discount above (0 to 1)",
                    ),
                ),
                (
                    "margin_below",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="margin below (0 to 1)",
                    ),
                ),
                (
                    "value_above",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="net value above"
                    ),
                ),
                (
                    "approver_role",
                    models.CharField(
                        choices=[("manager", "a manager of the owner's team"), ("admin", "an administrator")],
                        default="manager",
                        max_length=10,
                        verbose_name="who approves",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="only this colleague approves",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval rule",
                "verbose_name_plural": "approval rules",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "discount_above",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="discount above (0 to 1)",
                    ),
                ),
                (
                    "margin_below",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="margin below (0 to 1)",
                    ),
                ),
                (
                    "value_above",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="net value above"
                    ),
                ),
                (
                    "approver_role",
                    models.CharField(
                        choices=[("manager", "a manager of the owner's team"), ("admin", "an administrator")],
                        default="manager",
                        max_length=10,
                        verbose_name="who approves",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="only this colleague approves",
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
                        to="offers.approvalrule",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("offer", "Offers"), ("order", "Orders")], max_length=5, verbose_name="kind"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="last number")),
            ],
            options={
                "verbose_name": "number counter",
                "verbose_name_plural": "number counters",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "year"), name="number_counter_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["offer", "order"])), name="number_counter_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=20, null=True, unique=True, verbose_name="offer number"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="begun at"
                    ),
                ),
                ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="pipeline.deal",
                        verbose_name="deal",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
            },
        ),
        migrations.CreateModel(
            name="OfferVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("is_current", models.BooleanField(default=True, verbose_name="current")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("asked", "Approval asked for"),
                            ("approved", "Approved"),
                            ("sent", "With the customer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                (
                    "recipient",
                    models.TextField(
                        blank=True,
                        help_text="Name and address as they stand on the letter.",
                        max_length=500,
                        verbose_name="recipient",
                    ),
                ),
                ("salutation", models.CharField(blank=True, max_length=200, verbose_name="salutation")),
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
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "intro",
                    models.TextField(blank=True, max_length=5000, verbose_name="text before the lines"),
                ),
                (
                    "closing",
                    models.TextField(blank=True, max_length=5000, verbose_name="text after the lines"),
                ),
                ("delivery", models.CharField(blank=True, max_length=300, verbose_name="delivery")),
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
                (
                    "payment_note",
                    models.CharField(blank=True, max_length=300, verbose_name="more on payment"),
                ),
                (
                    "discount_rate",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=5,
                        verbose_name="discount on the total, as a part",
                    ),
                ),
                (
                    "discount_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="discount on the total, as an amount",
                    ),
                ),
                ("shows_gross", models.BooleanField(default=False, verbose_name="prices with VAT")),
                (
                    "vat_treatment",
                    models.CharField(
                        choices=[
                            ("own", "VAT of our own country"),
                            ("abroad", "VAT of the customer's country"),
                            ("reverse", "Reverse charge: the customer owes the VAT"),
                            ("export", "Export, free of VAT"),
                        ],
                        default="own",
                        max_length=7,
                        verbose_name="VAT",
                    ),
                ),
                (
                    "internal_note",
                    models.TextField(blank=True, max_length=5000, verbose_name="internal note"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="begun at"
                    ),
                ),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="saved at"
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("decline_reason", models.CharField(blank=True, max_length=500, verbose_name="why declined")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="offers.offerversion",
                        verbose_name="based on",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="offers.offer",
                        verbose_name="offer",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an offer",
                "verbose_name_plural": "versions of offers",
                "ordering": ["offer", "number"],
            },
        ),
        migrations.CreateModel(
            name="OfferQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_customer", models.BooleanField(default=True, verbose_name="asked by the customer")),
                ("asker", models.CharField(blank=True, max_length=120, verbose_name="who asked")),
                ("text", models.TextField(max_length=2000, verbose_name="question")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at"),
                ),
                ("answer", models.TextField(blank=True, max_length=5000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="offers.offer",
                        verbose_name="offer",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="offers.offerversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about an offer",
                "verbose_name_plural": "questions about offers",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OfferLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
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
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "unit_price",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=14, verbose_name="unit price, net"
                    ),
                ),
                (
                    "discount",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=5, verbose_name="discount"
                    ),
                ),
                (
                    "vat_category",
                    models.CharField(
                        choices=[
                            ("standard", "Standard rate"),
                            ("reduced", "Reduced rate"),
                            ("special", "Special rate"),
                            ("zero", "Free of VAT"),
                        ],
                        default="standard",
                        max_length=8,
                        verbose_name="VAT category",
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=5, verbose_name="VAT rate"
                    ),
                ),
                (
                    "billing",
                    models.CharField(
                        choices=[("once", "once"), ("monthly", "per month"), ("yearly", "per year")],
                        default="once",
                        max_length=7,
                        verbose_name="billing",
                    ),
                ),
                ("is_optional", models.BooleanField(default=False, verbose_name="optional")),
                (
                    "alternative_group",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="alternative group"),
                ),
                ("is_chosen", models.BooleanField(default=True, verbose_name="chosen")),
                (
                    "cost",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="cost of one"
                    ),
                ),
                (
                    "floor_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        verbose_name="lowest price of one",
                    ),
                ),
                (
                    "net",
                    models.GeneratedField(
                        db_persist=True,
                        expression=offers.models.line.LineNet(
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
                        output_field=models.DecimalField(decimal_places=2, max_digits=14, verbose_name="net"),
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_lines",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="offers.offerversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer line",
                "verbose_name_plural": "offer lines",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(editable=False)),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at"),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=500, verbose_name="why it should be approved"),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "open"),
                            ("granted", "approved"),
                            ("refused", "not approved"),
                            ("lapsed", "lapsed, because the offer was changed"),
                        ],
                        max_length=7,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("answer_note", models.CharField(blank=True, max_length=500, verbose_name="in words")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "rules",
                    models.ManyToManyField(related_name="+", to="offers.approvalrule", verbose_name="rules"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="offers.offerversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for approval",
                "verbose_name_plural": "requests for approval",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="approvalrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discount_above__isnull", False),
                    ("margin_below__isnull", False),
                    ("value_above__isnull", False),
                    _connector="OR",
                ),
                name="approval_rule_has_limit",
                violation_error_message="Please name at least one limit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("approver_role__in", ["manager", "admin"])),
                name="approval_rule_role_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalrule",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offers_approvalruleevent" ("approver_id", "approver_role", "discount_above", "id", "is_active", "margin_below", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value_above") VALUES (OLD."approver_id", OLD."approver_role", OLD."discount_above", OLD."id", OLD."is_active", OLD."margin_below", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."value_above"); RETURN NULL;',
                    hash="173ab3e63f90f4ba1c4571a0288e7c881356a9c1",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_d008c",
                    table="offers_approvalrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offers_approvalruleevent" ("approver_id", "approver_role", "discount_above", "id", "is_active", "margin_below", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value_above") VALUES (OLD."approver_id", OLD."approver_role", OLD."discount_above", OLD."id", OLD."is_active", OLD."margin_below", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."value_above"); RETURN NULL;',
                    hash="88b0f874bf7aa057d4eafee45d00fad3a99775dd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_beca1",
                    table="offers_approvalrule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["deal", "-id"], name="offer_deal"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["-created_at", "-id"], name="offer_newest"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="offer_number_not_empty"
            ),
        ),
        migrations.AddIndex(
            model_name="offerversion",
            index=models.Index(
                condition=models.Q(("state", "sent")), fields=["valid_until"], name="offer_version_runs_out"
            ),
        ),
        migrations.AddIndex(
            model_name="offerversion",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["state", "offer"],
                name="offer_version_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.UniqueConstraint(fields=("offer", "number"), name="offer_version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)), fields=("offer",), name="offer_version_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "sent")),
                fields=("offer",),
                name="offer_version_one_with_customer",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "accepted")),
                fields=("offer",),
                name="offer_version_one_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "asked",
                            "approved",
                            "sent",
                            "accepted",
                            "declined",
                            "expired",
                            "superseded",
                            "withdrawn",
                        ],
                    )
                ),
                name="offer_version_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("draft", "asked", "approved")), ("sent_at", None)),
                    models.Q(
                        ("state__in", ["sent", "accepted", "declined", "expired"]), ("sent_at__isnull", False)
                    ),
                    ("state__in", ["superseded", "withdrawn"]),
                    _connector="OR",
                ),
                name="offer_version_sent_at_as_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("valid_until__isnull", False), _connector="OR"),
                name="offer_version_sent_has_validity",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discount_amount__gte", 0),
                    ("discount_rate__gte", 0),
                    ("discount_rate__lte", 1),
                    models.Q(("discount_rate", 0), ("discount_amount", 0), _connector="OR"),
                ),
                name="offer_version_one_discount",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("cash_discount__gte", 0), ("cash_discount__lte", 1)),
                name="offer_version_cash_discount_is_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("decline_reason", ""), ("state", "declined"), _connector="OR"),
                name="offer_version_reason_if_declined",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["de", "en"])), name="offer_version_language_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("vat_treatment__in", ["own", "abroad", "reverse", "export"])),
                name="offer_version_vat_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offerversion",
            trigger=pgtrigger.compiler.Trigger(
                name="offer_version_sent_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."sent_at" IS NOT NULL)',
                    func="\nIF to_jsonb(NEW) - ARRAY['state', 'is_current', 'decided_at', 'decline_reason', 'internal_note', 'revision'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'is_current', 'decided_at', 'decline_reason', 'internal_note', 'revision'] THEN\n  RAISE EXCEPTION 'a sent offer says the same for ever' USING ERRCODE = 'check_violation',\n    CONSTRAINT = 'offer_version_sent_is_frozen';\nEND IF;\nRETURN NEW;\n",
                    hash="ebb0b98a265cd0503e5b211ae94f219b0ffccf74",
                    operation="UPDATE",
                    pgid="pgtrigger_offer_version_sent_is_frozen_9cc9d",
                    table="offers_offerversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="offerquestion",
            index=models.Index(fields=["offer", "asked_at"], name="offer_question_offer"),
        ),
        migrations.AddConstraint(
            model_name="offerquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="offer_question_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="offer_question_answered_iff_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="offerline",
            index=models.Index(fields=["product", "version"], name="offer_line_product"),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("version", "position"),
                name="offer_line_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("alternative_group__isnull", False), ("is_chosen", True)),
                fields=("version", "alternative_group"),
                name="offer_line_one_alternative",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["item", "section", "text"])), name="offer_line_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "item"),
                    models.Q(("alternative_group", None), ("is_optional", False), ("product", None)),
                    _connector="OR",
                ),
                name="offer_line_only_items_are_sold",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_chosen", True),
                    ("is_optional", True),
                    ("alternative_group__isnull", False),
                    _connector="OR",
                ),
                name="offer_line_plain_is_chosen",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="offer_line_quantity_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit_price__gte", 0)), name="offer_line_price_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("discount__gte", 0), ("discount__lte", 1)),
                name="offer_line_discount_is_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("vat_rate__gte", 0), ("vat_rate__lte", 1)), name="offer_line_vat_is_rate"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("billing__in", ["once", "monthly", "yearly"]),
                    ("vat_category__in", ["standard", "reduced", "special", "zero"]),
                ),
                name="offer_line_words_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offerline",
            trigger=pgtrigger.compiler.Trigger(
                name="offer_line_sent_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE sent record;",
                    func="\nSELECT version.sent_at, version.state INTO sent FROM offers_offerversion version\n  WHERE version.id = COALESCE(NEW.version_id, OLD.version_id);\nIF sent.sent_at IS NULL THEN\n  RETURN COALESCE(NEW, OLD);\nEND IF;\nIF TG_OP = 'UPDATE' AND sent.state = 'sent'\n   AND to_jsonb(NEW) - ARRAY['is_chosen', 'net'] = to_jsonb(OLD) - ARRAY['is_chosen', 'net'] THEN\n  RETURN NEW;\nEND IF;\nRAISE EXCEPTION 'the lines of a sent offer do not change' USING ERRCODE = 'check_violation',\n  CONSTRAINT = 'offer_line_sent_is_frozen';\n",
                    hash="d5a273df260a538b61a4b757986f96e43c3379f7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_offer_line_sent_is_frozen_30437",
                    table="offers_offerline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")), fields=("version",), name="approval_request_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "granted", "refused", "lapsed"])),
                name="approval_request_answer_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="approval_request_answered_at",
            ),
        ),
    ]
