"""Which offers need somebody's approval, and the approvals that were asked for."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from core.audit import audited
from core.money import amount_field
from offers.models.version import OfferVersion
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


@audited()
class ApprovalRule(models.Model):
    """An offer that goes beyond one of these limits is not sent before somebody has approved it."""

    name = models.CharField(_("name"), max_length=80)
    discount_above = models.DecimalField(
        _("discount above (0 to 1)"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    margin_below = models.DecimalField(
        _("margin below (0 to 1)"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    value_above = amount_field(_("net value above"), null=True, blank=True)
    approver_role = models.CharField(
        _("who approves"),
        max_length=10,
        choices=[(Role.MANAGER, _("a manager of the owner's team")), (Role.ADMIN, _("an administrator"))],
        default=Role.MANAGER,
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only this colleague approves"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("approval rule")
        verbose_name_plural = _("approval rules")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(discount_above__isnull=False)
                | Q(margin_below__isnull=False)
                | Q(value_above__isnull=False),
                name="approval_rule_has_limit",
                violation_error_message=_("Please name at least one limit."),
            ),
            models.CheckConstraint(
                condition=Q(approver_role__in=["manager", "admin"]), name="approval_rule_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApprovalRequestQuerySet(models.QuerySet["ApprovalRequest"]):
    """The words we use to talk about many requests at once; seen by whoever sees the deal."""

    def visible_to(self, user: "User") -> "Self":
        """Those of the deals this user may see."""
        return self.filter(Exists(Deal.objects.visible_to(user).filter(pk=OuterRef("version__offer__deal"))))

    def editable_by(self, user: "User") -> "Self":
        """The same: who may answer is said by the rules (`offers.approval.may_approve`)."""
        return self.visible_to(user)

    def open(self) -> "Self":
        """Those nobody has answered."""
        return self.filter(answer="")


class ApprovalRequest(models.Model):
    """That somebody asked for the approval of a version as it stood then, why, and what was answered."""

    class Answer(models.TextChoices):
        """What became of it."""

        OPEN = "", _("open")
        GRANTED = "granted", _("approved")
        REFUSED = "refused", _("not approved")
        LAPSED = "lapsed", _("lapsed, because the offer was changed")

    version = models.ForeignKey(
        OfferVersion, models.CASCADE, related_name="approvals", verbose_name=_("version")
    )
    # Which revision of the draft was asked for: another one needs another approval.
    revision = models.PositiveIntegerField(editable=False)
    rules = models.ManyToManyField(ApprovalRule, related_name="+", verbose_name=_("rules"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    note = models.CharField(_("why it should be approved"), max_length=500, blank=True)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer_note = models.CharField(_("in words"), max_length=500, blank=True)

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(answer=""), name="approval_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "granted", "refused", "lapsed"]),
                name="approval_request_answer_known",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="approval_request_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_answer_display()}"


class ApprovalLink(models.Model):
    """An approver's way from their mail to a request: a secret of which only the hash is kept."""

    request = models.ForeignKey(
        ApprovalRequest, models.CASCADE, related_name="links", verbose_name=_("request for approval")
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("approver")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    # How often it was used within the minute that began at `minute_at`.
    uses = models.PositiveIntegerField(default=0, editable=False)
    minute_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("link to a request for approval")
        verbose_name_plural = _("links to requests for approval")
        constraints = [
            models.UniqueConstraint(fields=["request", "approver"], name="approval_link_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.approver_id}"
