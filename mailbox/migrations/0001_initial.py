import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("activities", "0006_mails_checked"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailTemplateEvent",
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
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("text", models.TextField(max_length=10000, verbose_name="text")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SentMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to_address", models.EmailField(max_length=254, verbose_name="to")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("contract", "Running business, an answer, what was asked for"),
                            ("advertising", "Advertising"),
                        ],
                        default="contract",
                        max_length=11,
                        verbose_name="purpose",
                    ),
                ),
                ("message_id", models.CharField(max_length=255, unique=True)),
                ("text", models.TextField(max_length=20000, verbose_name="text")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "is being sent"),
                            ("claimed", "is leaving"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                            ("bounced", "came back"),
                            ("given_up", "given up"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="failed attempts")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed at")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "mail written here",
                "verbose_name_plural": "mails written here",
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="signature")),
            ],
        ),
        migrations.CreateModel(
            name="TakenMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=255, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("filed", "filed"), ("queued", "to be decided"), ("rejected", "rejected")],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "–"),
                            ("unknown", "Sender unknown"),
                            ("no_customer", "No customer among the recipients"),
                            ("several", "Several contacts have this address"),
                            ("not_proven", "Not sent to a colleague's own drop-box address"),
                            ("ignored", "This sender is ignored"),
                            ("unreadable", "The mail cannot be read"),
                            ("too_large", "The mail is too large"),
                            ("automatic", "Automatic message of an unknown sender"),
                            ("spam", "Advertising or fraud"),
                            ("private", "Private"),
                            ("other", "No customer mail"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "received"), ("out", "sent")],
                        default="in",
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                ("from_address", models.CharField(blank=True, max_length=254, verbose_name="from")),
                (
                    "from_name",
                    models.CharField(blank=True, max_length=160, verbose_name="name of the sender"),
                ),
                ("others", models.JSONField(default=list)),
                ("subject", models.CharField(blank=True, max_length=250, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("attachment_names", models.JSONField(default=list)),
                ("is_automatic", models.BooleanField(default=False, verbose_name="written by a machine")),
                ("answers", models.JSONField(default=list)),
                ("at", models.DateTimeField(verbose_name="sent at")),
                ("taken_at", models.DateTimeField(auto_now_add=True, verbose_name="taken in at")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("raw", models.FileField(blank=True, upload_to="mails/")),
            ],
            options={
                "verbose_name": "mail taken in",
                "verbose_name_plural": "mails taken in",
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_filing",
                        to="activities.activity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IgnoredSender",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "ignored sender",
                "verbose_name_plural": "ignored senders",
                "ordering": ["address"],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("inbox", "Mails of customers"),
                            ("drop_box", "Drop-box: copies that colleagues send"),
                        ],
                        default="inbox",
                        max_length=8,
                        verbose_name="use",
                    ),
                ),
                ("host", models.CharField(max_length=200, verbose_name="server")),
                ("port", models.PositiveIntegerField(default=993, verbose_name="port")),
                (
                    "security",
                    models.CharField(
                        choices=[
                            ("tls", "TLS (993)"),
                            ("starttls", "STARTTLS (143)"),
                            ("none", "none (only on the same machine)"),
                        ],
                        default="tls",
                        max_length=8,
                        verbose_name="protection",
                    ),
                ),
                ("username", models.CharField(max_length=200, verbose_name="user name")),
                (
                    "secret",
                    models.CharField(
                        help_text="The password stands in the environment as MAILBOX_PASSWORD_… with this name.",
                        max_length=40,
                        verbose_name="name of the secret",
                    ),
                ),
                ("folder", models.CharField(default="INBOX", max_length=100, verbose_name="folder")),
                ("is_active", models.BooleanField(default=True, verbose_name="is read")),
                ("uid_validity", models.BigIntegerField(default=0, editable=False)),
                ("last_uid", models.BigIntegerField(default=0, editable=False)),
                (
                    "looked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last read at"),
                ),
                (
                    "error",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="last error"),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        help_text="Mails of customers nobody is in charge of are filed in this name.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_mailboxes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "mailbox",
                "verbose_name_plural": "mailboxes",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="FetchRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("seen", models.PositiveIntegerField(verbose_name="seen")),
                ("filed", models.PositiveIntegerField(verbose_name="filed")),
                ("queued", models.PositiveIntegerField(verbose_name="queued")),
                ("rejected", models.PositiveIntegerField(verbose_name="rejected")),
                ("known", models.PositiveIntegerField(verbose_name="known already")),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="mailbox.mailbox",
                        verbose_name="mailbox",
                    ),
                ),
            ],
            options={
                "verbose_name": "look into a mailbox",
                "verbose_name_plural": "looks into mailboxes",
            },
        ),
        migrations.CreateModel(
            name="MailboxEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("inbox", "Mails of customers"),
                            ("drop_box", "Drop-box: copies that colleagues send"),
                        ],
                        default="inbox",
                        max_length=8,
                        verbose_name="use",
                    ),
                ),
                ("host", models.CharField(max_length=200, verbose_name="server")),
                ("port", models.PositiveIntegerField(default=993, verbose_name="port")),
                (
                    "security",
                    models.CharField(
                        choices=[
                            ("tls", "TLS (993)"),
                            ("starttls", "STARTTLS (143)"),
                            ("none", "none (only on the same machine)"),
                        ],
                        default="tls",
                        max_length=8,
                        verbose_name="protection",
                    ),
                ),
                ("username", models.CharField(max_length=200, verbose_name="user name")),
                (
                    "secret",
                    models.CharField(
                        help_text="The password stands in the environment as MAILBOX_PASSWORD_… with this name.",
                        max_length=40,
                        verbose_name="name of the secret",
                    ),
                ),
                ("folder", models.CharField(default="INBOX", max_length=100, verbose_name="folder")),
                ("is_active", models.BooleanField(default=True, verbose_name="is read")),
                (
                    "keeper",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Mails of customers nobody is in charge of are filed in this name.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
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
                        to="mailbox.mailbox",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MailTemplate",
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
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("text", models.TextField(max_length=10000, verbose_name="text")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "mail template",
                "verbose_name_plural": "mail templates",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)),
                        fields=("name",),
                        name="mail_template_name_once",
                        violation_error_message="There is a template of this name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["de", "en"])), name="mail_template_language"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "mailbox_mailtemplateevent" ("archived_at", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text", "version") VALUES (OLD."archived_at", OLD."id", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."subject", OLD."text", OLD."version"); RETURN NULL;',
                    hash="243ee17f796dd670a099e01dc459ca9465ca3db3",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_ce8b0",
                    table="mailbox_mailtemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "mailbox_mailtemplateevent" ("archived_at", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text", "version") VALUES (OLD."archived_at", OLD."id", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subject", OLD."text", OLD."version"); RETURN NULL;',
                    hash="6b76da64510b35a18ab031e5a00c1e44b49f9fb9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9bd70",
                    table="mailbox_mailtemplate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="mailtemplateevent",
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
            model_name="mailtemplateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="mailbox.mailtemplate",
            ),
        ),
        migrations.AddField(
            model_name="sentmail",
            name="activity",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sent_mail",
                to="activities.activity",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signature",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddField(
            model_name="takenmail",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="takenmail",
            name="mailbox",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mails",
                to="mailbox.mailbox",
                verbose_name="mailbox",
            ),
        ),
        migrations.AddField(
            model_name="takenmail",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="mail",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="filings", to="mailbox.takenmail"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["inbox", "drop_box"])), name="mailbox_use_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("security__in", ["tls", "starttls", "none"])),
                name="mailbox_security_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("port__gte", 1), ("port__lte", 65535)), name="mailbox_port_possible"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailbox",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."folder" IS DISTINCT FROM (NEW."folder") OR OLD."host" IS DISTINCT FROM (NEW."host") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."keeper_id" IS DISTINCT FROM (NEW."keeper_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."port" IS DISTINCT FROM (NEW."port") OR OLD."secret" IS DISTINCT FROM (NEW."secret") OR OLD."security" IS DISTINCT FROM (NEW."security") OR OLD."use" IS DISTINCT FROM (NEW."use") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                    func='INSERT INTO "mailbox_mailboxevent" ("address", "folder", "host", "id", "is_active", "keeper_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "port", "secret", "security", "use", "username") VALUES (OLD."address", OLD."folder", OLD."host", OLD."id", OLD."is_active", OLD."keeper_id", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."port", OLD."secret", OLD."security", OLD."use", OLD."username"); RETURN NULL;',
                    hash="3f5614bea04fde8e777aa4ff7aa580f1c7dd8cb4",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_30ac7",
                    table="mailbox_mailbox",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailbox",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "mailbox_mailboxevent" ("address", "folder", "host", "id", "is_active", "keeper_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "port", "secret", "security", "use", "username") VALUES (OLD."address", OLD."folder", OLD."host", OLD."id", OLD."is_active", OLD."keeper_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."port", OLD."secret", OLD."security", OLD."use", OLD."username"); RETURN NULL;',
                    hash="cefde118a669286846e638500b0a77768337d669",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a041a",
                    table="mailbox_mailbox",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="fetchrun",
            index=models.Index(fields=["mailbox", "-at"], name="fetch_run_latest"),
        ),
        migrations.AddConstraint(
            model_name="fetchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "seen",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("filed"), "+", models.F("queued")
                                ),
                                "+",
                                models.F("rejected"),
                            ),
                            "+",
                            models.F("known"),
                        ),
                    )
                ),
                name="fetch_run_adds_up",
            ),
        ),
        migrations.AddIndex(
            model_name="sentmail",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["due_at"], name="sent_mail_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="sentmail",
            index=models.Index(
                condition=models.Q(("state", "claimed")), fields=["claimed_at"], name="sent_mail_claimed"
            ),
        ),
        migrations.AddConstraint(
            model_name="sentmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "claimed", "sent", "failed", "bounced", "given_up"])
                ),
                name="sent_mail_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sentmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["contract", "advertising"])),
                name="sent_mail_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sentmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state__in", ["sent", "bounced"])),
                    models.Q(models.Q(("state__in", ["sent", "bounced"]), _negated=True), ("sent_at", None)),
                    _connector="OR",
                ),
                name="sent_mail_has_left_when_sent",
            ),
        ),
        migrations.AddIndex(
            model_name="takenmail",
            index=models.Index(fields=["state", "-at", "-id"], name="taken_mail_state"),
        ),
        migrations.AddIndex(
            model_name="takenmail",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["from_address"], name="taken_mail_from"
            ),
        ),
        migrations.AddConstraint(
            model_name="takenmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("state", "filed")),
                    models.Q(("state__in", ["queued", "rejected"]), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="taken_mail_reason_unless_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="takenmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["in", "out"])), name="taken_mail_direction"
            ),
        ),
    ]
