"""Rules: when something happens or has lasted, and conditions fit, then deeds follow by themselves."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import FollowUp
from core.audit import audited
from mailbox.models import MailTemplate
from pipeline.models import LossReason

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

MOST_DAYS = 1100


class Trigger(models.TextChoices):
    """When a rule looks at a deal or a customer: at an event, or at what the clock finds."""

    OFFER_SENT = "offer_sent", _("an offer was sent")
    OFFER_OPENED = "offer_opened", _("the customer opened an offer")
    APPOINTMENT_HELD = "appointment_held", _("an appointment was held")
    DEAL_OPENED = "deal_opened", _("a deal was opened")
    DEAL_MOVED = "deal_moved", _("a deal moved to another stage")
    DEAL_WON = "deal_won", _("a deal was won")
    DEAL_LOST = "deal_lost", _("a deal was lost")
    NO_NEXT_STEP = "no_next_step", _("a deal is without next step")
    STEP_OVERDUE = "step_overdue", _("a next step is overdue")
    TOO_LONG = "too_long", _("a deal is too long in its stage")
    OFFER_RUNS_OUT = "offer_runs_out", _("an offer is about to expire")
    CUSTOMER_SILENT = "customer_silent", _("a customer is silent longer than usual for them")


BY_THE_CLOCK = (
    Trigger.NO_NEXT_STEP,
    Trigger.STEP_OVERDUE,
    Trigger.TOO_LONG,
    Trigger.OFFER_RUNS_OUT,
    Trigger.CUSTOMER_SILENT,
)


class Deed(models.TextChoices):
    """What a rule can do."""

    FOLLOW_UP = "follow_up", _("plan a follow-up for the owner")
    NOTIFY_OWNER = "notify_owner", _("remind the owner")
    NOTIFY_MANAGER = "notify_manager", _("tell the manager")
    ASSIGN = "assign", _("hand the deal to")
    MAIL = "mail", _("mail the customer from a template")
    TAG = "tag", _("tag the company")
    SET_CLOSE = "set_close", _("set the expected closing")


class RuleQuerySet(models.QuerySet["Rule"]):
    """Rules belong to the house: all see what runs by itself, admins decide it."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Admins keep them."""
        return self.all() if user.is_admin else self.none()

    def running(self) -> "Self":
        """Those switched on."""
        return self.filter(is_active=True)


@audited()
class Rule(models.Model):
    """What happens by itself, and when.

    `days` counts from the event or from the beginning of what the clock finds (before the end, for offers
    that run out). `conditions` are questions of the list of deals, by name, as they stand in its address.
    """

    name = models.CharField(_("name"), max_length=80)
    # Which ready-made rule it was made of.
    code = models.SlugField(max_length=40, blank=True, editable=False)
    is_active = models.BooleanField(_("switched on"), default=False)
    trigger = models.CharField(_("when"), max_length=20, choices=Trigger)
    days = models.PositiveSmallIntegerField(_("days"), default=0, validators=[MaxValueValidator(MOST_DAYS)])
    loss_reason = models.ForeignKey(
        LossReason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lost because of"),
    )
    conditions = models.JSONField(_("only if"), default=dict, blank=True)
    per_day = models.PositiveSmallIntegerField(
        _("at most so many a day"),
        default=100,
        help_text=_("What is beyond that comes the next day."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("automation", "rule")
        verbose_name_plural = pgettext_lazy("automation", "rules")
        ordering = ["-is_active", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(trigger__in=Trigger.values), name="rule_trigger_known"),
            models.CheckConstraint(condition=Q(days__lte=MOST_DAYS), name="rule_days_bounded"),
            models.CheckConstraint(condition=Q(per_day__gte=1), name="rule_some_a_day"),
            models.CheckConstraint(
                condition=Q(loss_reason=None) | Q(trigger=Trigger.DEAL_LOST), name="rule_reason_of_a_loss"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="rule_ready_made_once"),
        ]
        indexes = [models.Index(fields=["trigger"], condition=Q(is_active=True), name="rule_running")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("automation:rule_detail", args=[self.pk])

    @property
    def is_by_the_clock(self) -> bool:
        """Whether the clock finds what it meets, not an event."""
        return self.trigger in BY_THE_CLOCK

    @property
    def is_about_customers(self) -> bool:
        """Whether it meets companies, not deals."""
        return self.trigger == Trigger.CUSTOMER_SILENT


@audited()
class RuleAction(models.Model):
    """One deed of a rule; what it needs beside its kind stands in the columns of that kind."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="deeds", verbose_name=_("rule"))
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("then"), max_length=20, choices=Deed)
    text = models.CharField(_("text"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(
        _("in so many days"), default=0, validators=[MaxValueValidator(MOST_DAYS)]
    )
    step_kind = models.CharField(_("kind"), max_length=10, choices=FollowUp.Kind, default=FollowUp.Kind.CALL)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
    )
    template = models.ForeignKey(
        MailTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("template")
    )

    class Meta:
        verbose_name = _("deed of a rule")
        verbose_name_plural = _("deeds of rules")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Deed.values), name="rule_action_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=Deed.ASSIGN) | Q(to__isnull=False), name="rule_action_assigns_to_someone"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Deed.MAIL) | Q(template__isnull=False), name="rule_action_mails_a_template"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Deed.NOTIFY_OWNER, Deed.NOTIFY_MANAGER, Deed.TAG]) | ~Q(text=""),
                name="rule_action_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
