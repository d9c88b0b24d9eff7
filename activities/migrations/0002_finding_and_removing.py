import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0001_initial"),
        ("contacts", "0001_initial"),
        ("pipeline", "0002_defaults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="form_key",
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="removed at"),
        ),
        migrations.AddField(
            model_name="activity",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="followup",
            name="appointment",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="follow_up",
                to="activities.activity",
                verbose_name="appointment",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="form_key",
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("kind", "appointment"), ("removed_at", None), ("status", "agreed")),
                fields=["author", "at"],
                name="activity_agreed",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at__isnull", False)),
                fields=["deal", "-done_at", "-id"],
                name="follow_up_deal_done",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at__isnull", False)),
                fields=["company", "-done_at", "-id"],
                name="follow_up_company_done",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at__isnull", False)),
                fields=["person", "-done_at", "-id"],
                name="follow_up_person_done",
            ),
        ),
    ]
