import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_mails_checked"),
        ("contacts", "0013_duplicates"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("pipeline", "0015_extra_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("calendar", "Calendar feed"), ("telephone", "Telephone system")],
                        max_length=9,
                        verbose_name="purpose",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                ("minute_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("uses", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "access key",
                "verbose_name_plural": "access keys",
            },
        ),
        migrations.CreateModel(
            name="ActivityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("appointment", "On-site appointment"),
                            ("note", "Note"),
                            ("meeting", "Online meeting"),
                            ("mail", "E-mail"),
                            ("letter", "Letter"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "subject",
                    models.CharField(blank=True, db_default="", max_length=250, verbose_name="subject"),
                ),
                ("text", models.TextField(blank=True, max_length=10000, verbose_name="notes")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_reached", "Not reached"),
                            ("front_desk", "Front desk"),
                            ("decision_maker", "Decision maker reached"),
                            ("appointment", "Appointment agreed"),
                            ("no_need", "No need"),
                            ("call_back", "Call back agreed"),
                            ("objection", "Objection"),
                        ],
                        max_length=14,
                        verbose_name="result",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("out", "outbound"), ("in", "inbound")],
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "agreed"),
                            ("held", "held"),
                            ("no_show", "no-show"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "duration_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="duration in minutes"
                    ),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends at")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="removed at"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("file", models.FileField(upload_to="", verbose_name="file")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded at")),
                ("waiting_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
            },
        ),
        migrations.CreateModel(
            name="FollowUpEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("mail", "E-mail"),
                            ("visit", "Visit"),
                            ("other", "To do"),
                        ],
                        default="call",
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what is to be done")),
                ("due_on", models.DateField(verbose_name="on")),
                ("due_time", models.TimeField(blank=True, null=True, verbose_name="time")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "repeats",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "once"),
                            ("daily", "every day"),
                            ("working", "every working day"),
                            ("weekly", "every week"),
                            ("monthly", "every month"),
                        ],
                        db_default="",
                        max_length=7,
                        verbose_name="repeated",
                    ),
                ),
                ("repeats_until", models.DateField(blank=True, null=True, verbose_name="repeated until")),
                ("repeats_from", models.DateField(blank=True, editable=False, null=True)),
                (
                    "remind_minutes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="reminder, minutes before"
                    ),
                ),
                (
                    "remind_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminder at"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="named at")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="seen at")),
            ],
            options={
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
            },
        ),
        migrations.CreateModel(
            name="TimelineMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("payload", models.JSONField(blank=True, default=dict, verbose_name="what stands in it")),
                ("url", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "mark on the timeline",
                "verbose_name_plural": "marks on the timeline",
            },
        ),
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_fields_of_its_kind",
        ),
        migrations.RemoveIndex(
            model_name="activity",
            name="activity_agreed",
        ),
        migrations.AddField(
            model_name="activity",
            name="duration_minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="duration in minutes"),
        ),
        migrations.AddField(
            model_name="activity",
            name="edited_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
        ),
        migrations.AddField(
            model_name="followup",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="successor",
                to="activities.followup",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="remind_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminder at"),
        ),
        migrations.AddField(
            model_name="followup",
            name="remind_minutes",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="reminder, minutes before"),
        ),
        migrations.AddField(
            model_name="followup",
            name="reminded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminded at"),
        ),
        migrations.AddField(
            model_name="followup",
            name="repeats",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "once"),
                    ("daily", "every day"),
                    ("working", "every working day"),
                    ("weekly", "every week"),
                    ("monthly", "every month"),
                ],
                db_default="",
                max_length=7,
                verbose_name="repeated",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="repeats_from",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="followup",
            name="repeats_until",
            field=models.DateField(blank=True, null=True, verbose_name="repeated until"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="kind",
            field=models.CharField(
                choices=[
                    ("call", "Call"),
                    ("appointment", "On-site appointment"),
                    ("note", "Note"),
                    ("meeting", "Online meeting"),
                    ("mail", "E-mail"),
                    ("letter", "Letter"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("removed_at", None), ("status", "agreed")),
                fields=["author", "at"],
                name="activity_agreed",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at", None), ("remind_at__isnull", False), ("reminded_at", None)),
                fields=["remind_at"],
                name="follow_up_to_remind",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deal_id" IS DISTINCT FROM (NEW."deal_id") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."duration_minutes" IS DISTINCT FROM (NEW."duration_minutes") OR OLD."edited_at" IS DISTINCT FROM (NEW."edited_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                    func='INSERT INTO "activities_activityevent" ("at", "author_id", "company_id", "created_at", "deal_id", "direction", "duration_minutes", "edited_at", "ends_at", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "removed_at", "result", "status", "subject", "text") VALUES (OLD."at", OLD."author_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."direction", OLD."duration_minutes", OLD."edited_at", OLD."ends_at", OLD."id", OLD."kind", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."place", OLD."removed_at", OLD."result", OLD."status", OLD."subject", OLD."text"); RETURN NULL;',
                    hash="92ade09720e369680b2fe5d29d7da3914bf6a6be",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_b28b2",
                    table="activities_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "activities_activityevent" ("at", "author_id", "company_id", "created_at", "deal_id", "direction", "duration_minutes", "edited_at", "ends_at", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "removed_at", "result", "status", "subject", "text") VALUES (OLD."at", OLD."author_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."direction", OLD."duration_minutes", OLD."edited_at", OLD."ends_at", OLD."id", OLD."kind", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."removed_at", OLD."result", OLD."status", OLD."subject", OLD."text"); RETURN NULL;',
                    hash="e02003796d5557152dcd4ab8f9b425c3e050b972",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cc776",
                    table="activities_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."appointment_id" IS DISTINCT FROM (NEW."appointment_id") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deal_id" IS DISTINCT FROM (NEW."deal_id") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."done_by_id" IS DISTINCT FROM (NEW."done_by_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."due_time" IS DISTINCT FROM (NEW."due_time") OR OLD."follows_id" IS DISTINCT FROM (NEW."follows_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."remind_at" IS DISTINCT FROM (NEW."remind_at") OR OLD."remind_minutes" IS DISTINCT FROM (NEW."remind_minutes") OR OLD."repeats" IS DISTINCT FROM (NEW."repeats") OR OLD."repeats_from" IS DISTINCT FROM (NEW."repeats_from") OR OLD."repeats_until" IS DISTINCT FROM (NEW."repeats_until") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                    func='INSERT INTO "activities_followupevent" ("appointment_id", "company_id", "created_at", "deal_id", "done_at", "done_by_id", "due_on", "due_time", "follows_id", "id", "kind", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_at", "remind_minutes", "repeats", "repeats_from", "repeats_until", "text") VALUES (OLD."appointment_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."done_at", OLD."done_by_id", OLD."due_on", OLD."due_time", OLD."follows_id", OLD."id", OLD."kind", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."remind_at", OLD."remind_minutes", OLD."repeats", OLD."repeats_from", OLD."repeats_until", OLD."text"); RETURN NULL;',
                    hash="ad76d7159bd41e7ce912343b1345db4c01bb5ff0",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_7de47",
                    table="activities_followup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "activities_followupevent" ("appointment_id", "company_id", "created_at", "deal_id", "done_at", "done_by_id", "due_on", "due_time", "follows_id", "id", "kind", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_at", "remind_minutes", "repeats", "repeats_from", "repeats_until", "text") VALUES (OLD."appointment_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."done_at", OLD."done_by_id", OLD."due_on", OLD."due_time", OLD."follows_id", OLD."id", OLD."kind", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remind_at", OLD."remind_minutes", OLD."repeats", OLD."repeats_from", OLD."repeats_until", OLD."text"); RETURN NULL;',
                    hash="5cf87deea91f441c5972ed046113d1e46d502dc2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_26c4d",
                    table="activities_followup",
                    when="AFTER",
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends_at", None),
                        ("kind", "call"),
                        ("status", ""),
                        ("subject", ""),
                        models.Q(("result", ""), _negated=True),
                        models.Q(("direction", ""), _negated=True),
                    ),
                    models.Q(
                        ("direction", ""),
                        ("kind__in", ["appointment", "meeting"]),
                        ("result", ""),
                        models.Q(("status", ""), _negated=True),
                    ),
                    models.Q(
                        ("direction", ""),
                        ("ends_at", None),
                        ("kind", "note"),
                        ("result", ""),
                        ("status", ""),
                        ("subject", ""),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(
                        ("ends_at", None),
                        ("kind__in", ["mail", "letter"]),
                        ("result", ""),
                        ("status", ""),
                        models.Q(("direction", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="activity_fields_of_its_kind",
            ),
        ),
        AddConstraintNotValid(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duration_minutes", None),
                    models.Q(("duration_minutes__gte", 1), ("duration_minutes__lte", 1440), ("kind", "call")),
                    _connector="OR",
                ),
                name="activity_duration_of_calls",
            ),
        ),
        AddConstraintNotValid(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("repeats", ""), ("repeats_from", None), ("repeats_until", None)),
                    models.Q(
                        ("repeats__in", ["daily", "working", "weekly", "monthly"]),
                        ("repeats_from__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="follow_up_series_has_a_beginning",
            ),
        ),
        AddConstraintNotValid(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("remind_at", None), ("remind_minutes", None), ("reminded_at", None)),
                    models.Q(("remind_at__isnull", False), ("remind_minutes__isnull", False)),
                    _connector="OR",
                ),
                name="follow_up_reminder_has_a_moment",
            ),
        ),
        migrations.AddField(
            model_name="accesskey",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="access_keys",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="author",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
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
            model_name="activityevent",
            name="deal",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="pipeline.deal",
                verbose_name="deal",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
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
            model_name="activityevent",
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
            model_name="activityevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="activities.activity",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attachments",
                to="activities.activity",
                verbose_name="entry",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uploaded by",
            ),
        ),
        migrations.AddField(
            model_name="followupevent",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="activities.activity",
                verbose_name="appointment",
            ),
        ),
        migrations.AddField(
            model_name="followupevent",
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
            model_name="followupevent",
            name="deal",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="pipeline.deal",
                verbose_name="deal",
            ),
        ),
        migrations.AddField(
            model_name="followupevent",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="done by",
            ),
        ),
        migrations.AddField(
            model_name="followupevent",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="activities.followup",
            ),
        ),
        migrations.AddField(
            model_name="followupevent",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="followupevent",
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
            model_name="followupevent",
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
            model_name="followupevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="activities.followup",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="activities.activity",
                verbose_name="entry",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="named by",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participants",
                to="activities.activity",
                verbose_name="appointment",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="contacts.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddField(
            model_name="timelinemark",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="timelinemark",
            name="company",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="timeline_marks",
                to="contacts.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="timelinemark",
            name="deal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="timeline_marks",
                to="pipeline.deal",
                verbose_name="deal",
            ),
        ),
        migrations.AddField(
            model_name="timelinemark",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="timeline_marks",
                to="contacts.person",
                verbose_name="person",
            ),
        ),
        migrations.AddIndex(
            model_name="accesskey",
            index=models.Index(fields=["user", "purpose"], name="access_key_user"),
        ),
        migrations.AddConstraint(
            model_name="accesskey",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["calendar", "telephone"])),
                name="access_key_purpose_known",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("activity", None)), fields=["waiting_since"], name="attachment_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["file"], name="attachment_file"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("file", ""), _negated=True)
                ),
                name="attachment_named",
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                condition=models.Q(("seen_at", None)), fields=["user", "-at", "-id"], name="mention_unseen"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("activity", "user"), name="mention_once"),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person", None), ("user__isnull", False)),
                    models.Q(("person__isnull", False), ("user", None)),
                    _connector="OR",
                ),
                name="participant_person_or_colleague",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(fields=("activity", "person"), name="participant_person_once"),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                fields=("activity", "user"), name="participant_colleague_once"
            ),
        ),
        migrations.AddIndex(
            model_name="timelinemark",
            index=models.Index(fields=["company", "-at", "-id"], name="timeline_mark_company"),
        ),
        migrations.AddIndex(
            model_name="timelinemark",
            index=models.Index(fields=["person", "-at", "-id"], name="timeline_mark_person"),
        ),
        migrations.AddIndex(
            model_name="timelinemark",
            index=models.Index(fields=["deal", "-at", "-id"], name="timeline_mark_deal"),
        ),
        migrations.AddConstraint(
            model_name="timelinemark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("company__isnull", False),
                    ("person__isnull", False),
                    ("deal__isnull", False),
                    _connector="OR",
                ),
                name="timeline_mark_linked",
            ),
        ),
        migrations.AddConstraint(
            model_name="timelinemark",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="timeline_mark_code_given"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="timelinemark",
            trigger=pgtrigger.compiler.Trigger(
                name="timeline_mark_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."payload" IS DISTINCT FROM (NEW."payload") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."actor_id" IS DISTINCT FROM (NEW."actor_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="041324a4f222a2d2f704e31785652dbb8e65233f",
                    operation="UPDATE",
                    pgid="pgtrigger_timeline_mark_stays_d4acb",
                    table="activities_timelinemark",
                    when="BEFORE",
                ),
            ),
        ),
    ]
