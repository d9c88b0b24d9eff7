"""What left our house of an offer, and what came back: the exact PDF, the links, the acceptance."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models.version import OfferVersion

if TYPE_CHECKING:
    from typing import Self


class SentDocument(models.Model):
    """The file a customer was given, byte by byte; it stays for ever as it was."""

    version = models.OneToOneField(
        OfferVersion, models.PROTECT, related_name="document", verbose_name=_("version")
    )
    content = models.BinaryField(_("file"))
    sha256 = models.CharField("SHA-256", max_length=64)
    is_archivable = models.BooleanField(_("PDF/A"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("sent document")
        verbose_name_plural = _("sent documents")
        triggers = [
            pgtrigger.Protect(name="sent_document_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.sha256


class OfferLinkQuerySet(models.QuerySet["OfferLink"]):
    """The words we use to talk about many links at once."""

    def valid(self) -> "Self":
        """Those that still open something."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class OfferLink(models.Model):
    """The customer's way to a version: a secret of which only the hash is kept."""

    version = models.ForeignKey(OfferVersion, models.CASCADE, related_name="links", verbose_name=_("version"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened by the customer at"), null=True, blank=True)
    # How often it was used within the minute that began at `minute_at`.
    uses = models.PositiveIntegerField(default=0, editable=False)
    minute_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfferLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to an offer")
        verbose_name_plural = _("links to offers")
        indexes = [models.Index(fields=["version", "-made_at"], name="offer_link_version")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.made_at:%Y-%m-%d %H:%M}"


class Acceptance(models.Model):
    """That and how a customer accepted a version: the evidence, never changed."""

    version = models.OneToOneField(
        OfferVersion, models.PROTECT, related_name="acceptance", verbose_name=_("version")
    )
    link = models.ForeignKey(
        OfferLink, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("link")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    address = models.GenericIPAddressField(_("address on the Internet"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256 of what was accepted"), max_length=64)
    # The places of the optional items that were ticked.
    chosen = models.JSONField(_("chosen items"), default=list, blank=True)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="acceptance_has_name")]
        triggers = [
            pgtrigger.Protect(name="acceptance_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.name
