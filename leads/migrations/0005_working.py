import datetime

import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_land"),
        ("catalog", "0003_product_sort_key"),
        ("contacts", "0017_reports_to"),
        ("leads", "0004_reasons"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("inbound", "Inbound"), ("outbound", "Outbound")],
                        max_length=8,
                        verbose_name="direction",
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "postal_codes",
                    models.CharField(
                        blank=True,
                        help_text="Beginnings of postal codes, or ranges of them, with commas: 10-14, 20, 221",
                        max_length=300,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\s*\\w{1,10}(\\s*-\\s*\\w{1,10})?(\\s*,\\s*\\w{1,10}(\\s*-\\s*\\w{1,10})?)*\\s*$",
                                "Beginnings of postal codes, or ranges of them, with commas: 10-14, 20, 221",
                            )
                        ],
                        verbose_name="postal codes",
                    ),
                ),
                (
                    "industry",
                    models.CharField(
                        blank=True,
                        help_text="Any of these words, with commas.",
                        max_length=80,
                        verbose_name="industry contains",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("de", "Deutsch"),
                            ("en", "English"),
                            ("fr", "Français"),
                            ("it", "Italiano"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("owner", "who is in charge of the company already"),
                            ("rep", "this rep"),
                            ("turn", "the team, in turn"),
                            ("load", "the team, who has the fewest open leads"),
                            ("team", "the team; somebody takes it"),
                        ],
                        default="turn",
                        max_length=5,
                        verbose_name="goes to",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment rule",
                "verbose_name_plural": "assignment rules",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AssignmentRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("inbound", "Inbound"), ("outbound", "Outbound")],
                        max_length=8,
                        verbose_name="direction",
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "postal_codes",
                    models.CharField(
                        blank=True,
                        help_text="Beginnings of postal codes, or ranges of them, with commas: 10-14, 20, 221",
                        max_length=300,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\s*\\w{1,10}(\\s*-\\s*\\w{1,10})?(\\s*,\\s*\\w{1,10}(\\s*-\\s*\\w{1,10})?)*\\s*$",
                                "Beginnings of postal codes, or ranges of them, with commas: 10-14, 20, 221",
                            )
                        ],
                        verbose_name="postal codes",
                    ),
                ),
                (
                    "industry",
                    models.CharField(
                        blank=True,
                        help_text="Any of these words, with commas.",
                        max_length=80,
                        verbose_name="industry contains",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("de", "Deutsch"),
                            ("en", "English"),
                            ("fr", "Français"),
                            ("it", "Italiano"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("owner", "who is in charge of the company already"),
                            ("rep", "this rep"),
                            ("turn", "the team, in turn"),
                            ("load", "the team, who has the fewest open leads"),
                            ("team", "the team; somebody takes it"),
                        ],
                        default="turn",
                        max_length=5,
                        verbose_name="goes to",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeadCapacity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "most_open",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="open leads at most"
                    ),
                ),
                ("is_receiving", models.BooleanField(default=True, verbose_name="gets leads by rules")),
            ],
            options={
                "verbose_name": "capacity for leads",
                "verbose_name_plural": "capacities for leads",
                "ordering": ["user"],
            },
        ),
        migrations.CreateModel(
            name="LeadCapacityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "most_open",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="open leads at most"
                    ),
                ),
                ("is_receiving", models.BooleanField(default=True, verbose_name="gets leads by rules")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeadSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer_minutes",
                    models.PositiveIntegerField(
                        default=240,
                        help_text="An inquiry that nobody answered until then stands on top of the inbox.",
                        verbose_name="answer within (minutes of working hours)",
                    ),
                ),
                (
                    "reassign_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        default=960,
                        help_text="Counted from the moment a rep got it by a rule; empty: never.",
                        null=True,
                        verbose_name="give to somebody else after (minutes of working hours)",
                    ),
                ),
                (
                    "most_reassigned",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="so many times, then to the manager"
                    ),
                ),
                (
                    "stale_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="forgotten after (days without touch and next step)"
                    ),
                ),
            ],
            options={
                "verbose_name": "settings of leads",
                "verbose_name_plural": "settings of leads",
            },
        ),
        migrations.CreateModel(
            name="LeadSettingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "answer_minutes",
                    models.PositiveIntegerField(
                        default=240,
                        help_text="An inquiry that nobody answered until then stands on top of the inbox.",
                        verbose_name="answer within (minutes of working hours)",
                    ),
                ),
                (
                    "reassign_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        default=960,
                        help_text="Counted from the moment a rep got it by a rule; empty: never.",
                        null=True,
                        verbose_name="give to somebody else after (minutes of working hours)",
                    ),
                ),
                (
                    "most_reassigned",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="so many times, then to the manager"
                    ),
                ),
                (
                    "stale_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="forgotten after (days without touch and next step)"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="reasons")),
                ("external_id", models.CharField(blank=True, max_length=150, verbose_name="external id")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow(),
                        verbose_name="happened at",
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True, verbose_name="seen at")),
            ],
            options={
                "verbose_name": "inquiry of somebody we know",
                "verbose_name_plural": "inquiries of people we know",
            },
        ),
        migrations.CreateModel(
            name="TeamTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "whose turn it is",
                "verbose_name_plural": "whose turn it is",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="lead",
            name="before_update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="lead",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="lead",
            name="answer_by",
            field=models.DateTimeField(blank=True, null=True, verbose_name="answer by"),
        ),
        migrations.AddField(
            model_name="leadevent",
            name="answer_by",
            field=models.DateTimeField(blank=True, null=True, verbose_name="answer by"),
        ),
        migrations.AddField(
            model_name="lead",
            name="due_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(("state__in", ("new", "working", "qualified")), _negated=True),
                        then=models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC)),
                    ),
                    models.When(
                        models.Q(("answer_by__isnull", False), ("answered_at", None)),
                        then=models.F("answer_by"),
                    ),
                    models.When(
                        models.Q(("next_step_on__isnull", False)),
                        then=models.Func(
                            models.F("next_step_on"), template="timezone('UTC', %(expressions)s::timestamp)"
                        ),
                    ),
                    default=models.F("touched_at"),
                    output_field=models.DateTimeField(),
                ),
                output_field=models.DateTimeField(),
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["due_key", "id"], name="lead_due"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["owner", "due_key", "id"], name="lead_due_owner"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lead",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answer_by" IS DISTINCT FROM (NEW."answer_by") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."company_name" IS DISTINCT FROM (NEW."company_name") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."disqualify_note" IS DISTINCT FROM (NEW."disqualify_note") OR OLD."disqualify_reason_id" IS DISTINCT FROM (NEW."disqualify_reason_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry" IS DISTINCT FROM (NEW."industry") OR OLD."interest" IS DISTINCT FROM (NEW."interest") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."next_step_key" IS DISTINCT FROM (NEW."next_step_key") OR OLD."next_step_on" IS DISTINCT FROM (NEW."next_step_on") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."product_group_id" IS DISTINCT FROM (NEW."product_group_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."salutation" IS DISTINCT FROM (NEW."salutation") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."touched_at" IS DISTINCT FROM (NEW."touched_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."voided_at" IS DISTINCT FROM (NEW."voided_at") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                    func='INSERT INTO "leads_leadevent" ("answer_by", "answered_at", "campaign_id", "city", "company_id", "company_name", "country", "created_at", "direction", "disqualify_note", "disqualify_reason_id", "email", "external_id", "extra", "first_name", "id", "industry", "interest", "language", "last_name", "next_step", "next_step_on", "note", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "postal_code", "product_group_id", "received_at", "salutation", "source_id", "state", "state_since", "street", "team_id", "title", "touched_at", "version", "voided_at", "website") VALUES (OLD."answer_by", OLD."answered_at", OLD."campaign_id", OLD."city", OLD."company_id", OLD."company_name", OLD."country", OLD."created_at", OLD."direction", OLD."disqualify_note", OLD."disqualify_reason_id", OLD."email", OLD."external_id", OLD."extra", OLD."first_name", OLD."id", OLD."industry", OLD."interest", OLD."language", OLD."last_name", OLD."next_step", OLD."next_step_on", OLD."note", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."phone", OLD."position", OLD."postal_code", OLD."product_group_id", OLD."received_at", OLD."salutation", OLD."source_id", OLD."state", OLD."state_since", OLD."street", OLD."team_id", OLD."title", OLD."touched_at", OLD."version", OLD."voided_at", OLD."website"); RETURN NULL;',
                    hash="e2f93e15dd1c1890ebf45851d3813425a2b92ccd",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_4a392",
                    table="leads_lead",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lead",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "leads_leadevent" ("answer_by", "answered_at", "campaign_id", "city", "company_id", "company_name", "country", "created_at", "direction", "disqualify_note", "disqualify_reason_id", "email", "external_id", "extra", "first_name", "id", "industry", "interest", "language", "last_name", "next_step", "next_step_on", "note", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "postal_code", "product_group_id", "received_at", "salutation", "source_id", "state", "state_since", "street", "team_id", "title", "touched_at", "version", "voided_at", "website") VALUES (OLD."answer_by", OLD."answered_at", OLD."campaign_id", OLD."city", OLD."company_id", OLD."company_name", OLD."country", OLD."created_at", OLD."direction", OLD."disqualify_note", OLD."disqualify_reason_id", OLD."email", OLD."external_id", OLD."extra", OLD."first_name", OLD."id", OLD."industry", OLD."interest", OLD."language", OLD."last_name", OLD."next_step", OLD."next_step_on", OLD."note", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."position", OLD."postal_code", OLD."product_group_id", OLD."received_at", OLD."salutation", OLD."source_id", OLD."state", OLD."state_since", OLD."street", OLD."team_id", OLD."title", OLD."touched_at", OLD."version", OLD."voided_at", OLD."website"); RETURN NULL;',
                    hash="52b54159402b2f3edda6403c3c82d90cbc43d9ca",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9ddd5",
                    table="leads_lead",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="leads.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="product_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.productgroup",
                verbose_name="product group",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="rep",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rep",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="leads.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.team",
                verbose_name="team",
            ),
        ),
        migrations.AddField(
            model_name="assignmentruleevent",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="leads.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="assignmentruleevent",
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
            model_name="assignmentruleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="leads.assignmentrule",
            ),
        ),
        migrations.AddField(
            model_name="assignmentruleevent",
            name="product_group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalog.productgroup",
                verbose_name="product group",
            ),
        ),
        migrations.AddField(
            model_name="assignmentruleevent",
            name="rep",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rep",
            ),
        ),
        migrations.AddField(
            model_name="assignmentruleevent",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="leads.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="assignmentruleevent",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.team",
                verbose_name="team",
            ),
        ),
        migrations.AddField(
            model_name="leadcapacity",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lead_capacity",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rep",
            ),
        ),
        migrations.AddField(
            model_name="leadcapacityevent",
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
            model_name="leadcapacityevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="leads.leadcapacity",
            ),
        ),
        migrations.AddField(
            model_name="leadcapacityevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rep",
            ),
        ),
        migrations.AddConstraint(
            model_name="leadsetting",
            constraint=models.CheckConstraint(condition=models.Q(("pk", 1)), name="lead_setting_is_one"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadsetting",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "leads_leadsettingevent" ("answer_minutes", "id", "most_reassigned", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reassign_minutes", "stale_days") VALUES (OLD."answer_minutes", OLD."id", OLD."most_reassigned", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."reassign_minutes", OLD."stale_days"); RETURN NULL;',
                    hash="2dceb56acc53bf58fa2e35735bfe9d5d9aef1589",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_e9bc2",
                    table="leads_leadsetting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadsetting",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "leads_leadsettingevent" ("answer_minutes", "id", "most_reassigned", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reassign_minutes", "stale_days") VALUES (OLD."answer_minutes", OLD."id", OLD."most_reassigned", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reassign_minutes", OLD."stale_days"); RETURN NULL;',
                    hash="b397e562401ac1a800bdc72fe9af8bc7cc1c7745",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cb96c",
                    table="leads_leadsetting",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="leadsettingevent",
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
            model_name="leadsettingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="leads.leadsetting",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="known_lead",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to="leads.lead",
                verbose_name="known lead",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="lead",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="made_of",
                to="leads.lead",
                verbose_name="lead made of it",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="told",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to="contacts.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="seen_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="seen by",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="touch",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognition",
                to="leads.touch",
                verbose_name="touch",
            ),
        ),
        migrations.AddField(
            model_name="teamturn",
            name="last",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="teamturn",
            name="team",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="lead_turn", to="accounts.team"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("way", "owner"),
                    models.Q(("rep__isnull", False), ("way", "rep")),
                    models.Q(("team__isnull", False), ("way__in", ["turn", "load", "team"])),
                    _connector="OR",
                ),
                name="assignment_rule_leads_to_someone",
                violation_error_message="Please choose the rep or the team it goes to.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["", "inbound", "outbound"])),
                name="assignment_rule_direction_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmentrule",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "leads_assignmentruleevent" ("campaign_id", "country", "direction", "id", "industry", "is_active", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "postal_codes", "product_group_id", "rep_id", "source_id", "team_id", "way") VALUES (OLD."campaign_id", OLD."country", OLD."direction", OLD."id", OLD."industry", OLD."is_active", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."position", OLD."postal_codes", OLD."product_group_id", OLD."rep_id", OLD."source_id", OLD."team_id", OLD."way"); RETURN NULL;',
                    hash="0c83d15e4ea61bfe97019b09edc0fe6e6b04b7c1",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_2289f",
                    table="leads_assignmentrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmentrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "leads_assignmentruleevent" ("campaign_id", "country", "direction", "id", "industry", "is_active", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "postal_codes", "product_group_id", "rep_id", "source_id", "team_id", "way") VALUES (OLD."campaign_id", OLD."country", OLD."direction", OLD."id", OLD."industry", OLD."is_active", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."postal_codes", OLD."product_group_id", OLD."rep_id", OLD."source_id", OLD."team_id", OLD."way"); RETURN NULL;',
                    hash="b4b99c365da567534c90cf63e3b55fb31f2032c1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_32565",
                    table="leads_assignmentrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadcapacity",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "leads_leadcapacityevent" ("id", "is_receiving", "most_open", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."is_receiving", OLD."most_open", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."user_id"); RETURN NULL;',
                    hash="f0593066fb088beec8dc36372edb7c839b64adc6",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_e621d",
                    table="leads_leadcapacity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadcapacity",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "leads_leadcapacityevent" ("id", "is_receiving", "most_open", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."is_receiving", OLD."most_open", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                    hash="1e433c95a82355555429812ccdecc9815ca77ee7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_640a4",
                    table="leads_leadcapacity",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="recognition",
            index=models.Index(
                condition=models.Q(("lead", None), ("seen_at", None)),
                fields=["owner", "-at"],
                name="recognition_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", False), ("known_lead__isnull", False), _connector="OR"),
                name="recognition_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at", None), ("seen_by", None)),
                    models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                    _connector="OR",
                ),
                name="recognition_seen_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("external_id",),
                name="recognition_external_id_once",
            ),
        ),
    ]
