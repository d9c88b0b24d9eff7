import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0016_parts_of_channels"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="employment",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="employment",
            name="before_update_update",
        ),
        migrations.AddField(
            model_name="employment",
            name="reports_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="contacts.employment",
                verbose_name="reports to",
            ),
        ),
        migrations.AddField(
            model_name="employmentevent",
            name="reports_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contacts.employment",
                verbose_name="reports to",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employment",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "contacts_employmentevent" ("company_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reports_to_id", "role", "since", "until", "version") VALUES (OLD."company_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."position", OLD."reports_to_id", OLD."role", OLD."since", OLD."until", OLD."version"); RETURN NULL;',
                    hash="b1c1bdc3b84295da5ef9407c360fc85a0dee54e0",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_39418",
                    table="contacts_employment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contacts_employmentevent" ("company_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reports_to_id", "role", "since", "until", "version") VALUES (OLD."company_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."reports_to_id", OLD."role", OLD."since", OLD."until", OLD."version"); RETURN NULL;',
                    hash="172c65209e0de4cada6e40d5893864d59c4c7d2c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_78971",
                    table="contacts_employment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reports_to", None),
                    models.Q(("reports_to", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="employment_not_its_own_superior",
            ),
        ),
    ]
