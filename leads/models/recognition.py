"""Inquiries of people we know already."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rights import covered_owner_ids, led_team_ids
from contacts.duplicate_reasons import labels_of
from contacts.models import Person
from leads.models.lead import Lead
from leads.models.touch import Touch

if TYPE_CHECKING:
    from typing import Self

    from django.utils.functional import Promise

    from accounts.models import User


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    """Inquiries of people we know are for who is in charge of them."""

    def visible_to(self, user: "User") -> "Self":
        """Everyone's: they hang on the open customer database."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Who was told, who stands in for them, managers of their team, admins; all where nobody was."""
        if user.is_admin:
            return self.all()
        return self.filter(told_to(user))

    def waiting_for(self, user: "User") -> "Self":
        """Those this user was told of and has not seen."""
        return self.filter(told_to(user), seen_at=None, lead=None)


def told_to(user: "User") -> Q:
    """The condition that a recognition is this user's to look at."""
    mine = Q(owner__in=[user.pk, *covered_owner_ids(user)])
    if teams := led_team_ids(user):
        mine |= Q(owner__team__in=teams) | Q(owner=None)
    return mine


class Recognition(models.Model):
    """An inquiry of somebody we know: it became a touch, its owner is told, and may overrule that.

    What the inquiry said stands in the touch, so that a lead can still be made of it; `lead` is that lead.
    """

    touch = models.OneToOneField(Touch, models.PROTECT, related_name="recognition", verbose_name=_("touch"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="recognitions", verbose_name=_("person")
    )
    known_lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, related_name="recognitions", verbose_name=_("known lead")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="recognitions",
        verbose_name=_("told"),
    )
    reasons = models.JSONField(_("reasons"), default=list)
    external_id = models.CharField(_("external id"), max_length=150, blank=True)
    at = models.DateTimeField(_("happened at"), db_default=TransactionNow())
    seen_at = models.DateTimeField(_("seen at"), null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("seen by")
    )
    lead = models.OneToOneField(
        Lead, models.PROTECT, null=True, related_name="made_of", verbose_name=_("lead made of it")
    )

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry of somebody we know")
        verbose_name_plural = _("inquiries of people we know")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(known_lead__isnull=False),
                name="recognition_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="recognition_seen_by_someone",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="recognition_external_id_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-at"],
                condition=Q(seen_at=None, lead=None),
                name="recognition_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.known_lead)

    @property
    def reason_labels(self) -> "list[str | Promise]":
        """Why we think that we know them, in words."""
        return labels_of(self.reasons)
