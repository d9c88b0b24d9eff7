import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0008_entries_checked"),
        ("contacts", "0017_reports_to"),
        ("leads", "0004_reasons"),
        ("pipeline", "0017_deal_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="before_update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="followup",
            name="before_update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="followup",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_linked",
        ),
        migrations.RemoveConstraint(
            model_name="followup",
            name="follow_up_linked",
        ),
        migrations.AddField(
            model_name="activity",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="leads.lead",
                verbose_name="lead",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="leads.lead",
                verbose_name="lead",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="follow_ups",
                to="leads.lead",
                verbose_name="lead",
            ),
        ),
        migrations.AddField(
            model_name="followupevent",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="leads.lead",
                verbose_name="lead",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("lead__isnull", False)),
                fields=["lead", "-at", "-id"],
                name="activity_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at", None), ("lead__isnull", False)),
                fields=["lead", "due_on", "id"],
                name="follow_up_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at__isnull", False), ("lead__isnull", False)),
                fields=["lead", "-done_at", "-id"],
                name="follow_up_lead_done",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deal_id" IS DISTINCT FROM (NEW."deal_id") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."duration_minutes" IS DISTINCT FROM (NEW."duration_minutes") OR OLD."edited_at" IS DISTINCT FROM (NEW."edited_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."lead_id" IS DISTINCT FROM (NEW."lead_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                    func='INSERT INTO "activities_activityevent" ("at", "author_id", "company_id", "created_at", "deal_id", "direction", "duration_minutes", "edited_at", "ends_at", "id", "kind", "lead_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "removed_at", "result", "status", "subject", "text") VALUES (OLD."at", OLD."author_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."direction", OLD."duration_minutes", OLD."edited_at", OLD."ends_at", OLD."id", OLD."kind", OLD."lead_id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."place", OLD."removed_at", OLD."result", OLD."status", OLD."subject", OLD."text"); RETURN NULL;',
                    hash="0078fc0352546df69db62974a6b150530587b4cb",
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
                    func='INSERT INTO "activities_activityevent" ("at", "author_id", "company_id", "created_at", "deal_id", "direction", "duration_minutes", "edited_at", "ends_at", "id", "kind", "lead_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "removed_at", "result", "status", "subject", "text") VALUES (OLD."at", OLD."author_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."direction", OLD."duration_minutes", OLD."edited_at", OLD."ends_at", OLD."id", OLD."kind", OLD."lead_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."removed_at", OLD."result", OLD."status", OLD."subject", OLD."text"); RETURN NULL;',
                    hash="5b95914e9dfae300a4b55a1696d224da8047a16b",
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
                    condition='WHEN (OLD."appointment_id" IS DISTINCT FROM (NEW."appointment_id") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deal_id" IS DISTINCT FROM (NEW."deal_id") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."done_by_id" IS DISTINCT FROM (NEW."done_by_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."due_time" IS DISTINCT FROM (NEW."due_time") OR OLD."follows_id" IS DISTINCT FROM (NEW."follows_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."lead_id" IS DISTINCT FROM (NEW."lead_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."remind_at" IS DISTINCT FROM (NEW."remind_at") OR OLD."remind_minutes" IS DISTINCT FROM (NEW."remind_minutes") OR OLD."repeats" IS DISTINCT FROM (NEW."repeats") OR OLD."repeats_from" IS DISTINCT FROM (NEW."repeats_from") OR OLD."repeats_until" IS DISTINCT FROM (NEW."repeats_until") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                    func='INSERT INTO "activities_followupevent" ("appointment_id", "company_id", "created_at", "deal_id", "done_at", "done_by_id", "due_on", "due_time", "follows_id", "id", "kind", "lead_id", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_at", "remind_minutes", "repeats", "repeats_from", "repeats_until", "text") VALUES (OLD."appointment_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."done_at", OLD."done_by_id", OLD."due_on", OLD."due_time", OLD."follows_id", OLD."id", OLD."kind", OLD."lead_id", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."remind_at", OLD."remind_minutes", OLD."repeats", OLD."repeats_from", OLD."repeats_until", OLD."text"); RETURN NULL;',
                    hash="30269b96e4dfa8d139938e6e17d538f1a8ab90b2",
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
                    func='INSERT INTO "activities_followupevent" ("appointment_id", "company_id", "created_at", "deal_id", "done_at", "done_by_id", "due_on", "due_time", "follows_id", "id", "kind", "lead_id", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_at", "remind_minutes", "repeats", "repeats_from", "repeats_until", "text") VALUES (OLD."appointment_id", OLD."company_id", OLD."created_at", OLD."deal_id", OLD."done_at", OLD."done_by_id", OLD."due_on", OLD."due_time", OLD."follows_id", OLD."id", OLD."kind", OLD."lead_id", OLD."owner_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remind_at", OLD."remind_minutes", OLD."repeats", OLD."repeats_from", OLD."repeats_until", OLD."text"); RETURN NULL;',
                    hash="5de84fae948ef0bcef55ac9f28d3bfc6b484fb7a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_26c4d",
                    table="activities_followup",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("company__isnull", False),
                    ("person__isnull", False),
                    ("deal__isnull", False),
                    ("lead__isnull", False),
                    _connector="OR",
                ),
                name="activity_linked",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("company__isnull", False),
                    ("person__isnull", False),
                    ("deal__isnull", False),
                    ("lead__isnull", False),
                    _connector="OR",
                ),
                name="follow_up_linked",
            ),
        ),
    ]
