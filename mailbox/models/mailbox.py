"""Mailboxes mails are taken in from, and what each look into one found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit import audited


@audited(leaving_out=["uid_validity", "last_uid", "looked_at", "error"])
class Mailbox(models.Model):
    """An IMAP folder that is read regularly; nothing in it is changed or deleted.

    Its password is no column: it stands in the environment as MAILBOX_PASSWORD_<secret>, or in the file that
    MAILBOX_PASSWORD_<secret>_FILE names.
    """

    class Use(models.TextChoices):
        """What arrives in it."""

        INBOX = "inbox", _("Mails of customers")
        DROP_BOX = "drop_box", _("Drop-box: copies that colleagues send")

    class Security(models.TextChoices):
        """How the connection is protected."""

        TLS = "tls", "TLS (993)"
        STARTTLS = "starttls", "STARTTLS (143)"
        NONE = "none", _("none (only on the same machine)")

    name = models.CharField(_("name"), max_length=60, unique=True)
    address = models.EmailField(_("e-mail address"))
    use = models.CharField(_("use"), max_length=8, choices=Use, default=Use.INBOX)
    host = models.CharField(_("server"), max_length=200)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("protection"), max_length=8, choices=Security, default=Security.TLS)
    username = models.CharField(_("user name"), max_length=200)
    secret = models.CharField(
        _("name of the secret"),
        max_length=40,
        help_text=_("The password stands in the environment as MAILBOX_PASSWORD_… with this name."),
    )
    folder = models.CharField(_("folder"), max_length=100, default="INBOX")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="kept_mailboxes",
        verbose_name=pgettext_lazy("person in charge", "owner"),
        help_text=_("Mails of customers nobody is in charge of are filed in this name."),
    )
    makes_leads = models.BooleanField(
        _("makes leads"),
        default=False,
        help_text=_(
            "Mails of unknown senders become leads by themselves; machines and ignored senders do not."
        ),
    )
    lead_source = models.ForeignKey(
        "leads.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of its leads"),
    )
    is_active = models.BooleanField(_("is read"), default=True)
    uid_validity = models.BigIntegerField(default=0, editable=False)
    last_uid = models.BigIntegerField(default=0, editable=False)
    looked_at = models.DateTimeField(_("last read at"), null=True, blank=True, editable=False)
    error = models.CharField(_("last error"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(use__in=["inbox", "drop_box"]), name="mailbox_use_known"),
            models.CheckConstraint(
                condition=Q(security__in=["tls", "starttls", "none"]), name="mailbox_security_known"
            ),
            models.CheckConstraint(condition=Q(port__gte=1, port__lte=65535), name="mailbox_port_possible"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_drop_box(self) -> bool:
        """Whether colleagues send copies here."""
        return self.use == self.Use.DROP_BOX


class FetchRun(models.Model):
    """One look into a mailbox that found something: every mail seen has become one of the four."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="runs", verbose_name=_("mailbox"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    seen = models.PositiveIntegerField(_("seen"))
    filed = models.PositiveIntegerField(_("filed"))
    queued = models.PositiveIntegerField(_("queued"))
    rejected = models.PositiveIntegerField(_("rejected"))
    known = models.PositiveIntegerField(_("known already"))

    class Meta:
        verbose_name = _("look into a mailbox")
        verbose_name_plural = _("looks into mailboxes")
        constraints = [
            models.CheckConstraint(
                condition=Q(seen=F("filed") + F("queued") + F("rejected") + F("known")),
                name="fetch_run_adds_up",
            )
        ]
        indexes = [models.Index(fields=["mailbox", "-at"], name="fetch_run_latest")]

    def __str__(self) -> str:
        return f"{self.mailbox_id} {self.at:%Y-%m-%d %H:%M}"
