"""How the company sells: settings of the stages, criteria, reasons for losing."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from core.languages import in_readers_language
from pipeline.models.stage import DealKind, Stage

if TYPE_CHECKING:
    from typing import Self

    from pipeline.models.deal import Deal


@audited(leaving_out=["measured_days", "measured_stays"])
class StageSetting(models.Model):
    """What a company calls one of the five stages and how long deals usually stay there.

    What is usual is measured from the company's own history (`pipeline.usual_stays`); `time_limit_days` holds
    until there is enough of it, and for good where the company wants it so.
    """

    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage, primary_key=True)
    label_de = models.CharField(_("label, German"), max_length=40, blank=True)
    label_en = models.CharField(_("label, English"), max_length=40, blank=True)
    time_limit_days = models.PositiveSmallIntegerField(_("usual days in the stage"))
    is_limit_fixed = models.BooleanField(
        _("always the days stated here"),
        default=False,
        help_text=_(
            "Otherwise what is usual is measured every night, once enough deals have left the stage."
        ),
    )
    measured_days = models.PositiveSmallIntegerField(_("measured days"), null=True, editable=False)
    measured_stays = models.PositiveIntegerField(_("stays measured"), default=0, editable=False)

    class Meta:
        verbose_name = _("stage setting")
        verbose_name_plural = _("stage settings")
        ordering = ["stage"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_setting_stage_known")
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> str | Promise:
        """The company's own label in the user's language, else the name of the stage."""
        return in_readers_language(self.label_de, self.label_en) or Stage(self.stage).label

    @property
    def usual_days(self) -> int:
        """How many whole days are usual here; longer is too long."""
        if self.is_limit_fixed or self.measured_days is None:
            return self.time_limit_days
        return self.measured_days


@audited()
class LossReason(models.Model):
    """Why deals are lost; retired ones stay with the deals they explain."""

    # What an import writes where the other system knew no reason; nobody chooses it.
    UNKNOWN = "unknown"

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label_de = models.CharField(_("label, German"), max_length=60)
    label_en = models.CharField(_("label, English"), max_length=60, blank=True)
    needs_note = models.BooleanField(_("asks for an explanation"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("loss reason")
        verbose_name_plural = _("loss reasons")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the user's language."""
        return in_readers_language(self.label_de, self.label_en)


class CriterionQuerySet(models.QuerySet["Criterion"]):
    """The words we use to talk about many criteria at once."""

    def active(self) -> "Self":
        """Those in use."""
        return self.filter(is_active=True)

    def of_kind(self, kind: str) -> "Self":
        """The active criteria for this kind of business."""
        return self.active().filter(Q(kind="") | Q(kind=kind))

    def unmet_by(self, deal: "Deal", *, before: int) -> "Self":
        """The active criteria from the deal's present stage up to `before` that it has not met."""
        met = CriterionMet.objects.filter(deal=deal).values("criterion")
        return self.of_kind(deal.kind).filter(stage__gte=deal.stage, stage__lt=before).exclude(pk__in=met)


@audited()
class Criterion(models.Model):
    """What must be true before a deal leaves a stage: asked for, or demanded when mandatory.

    The five seeded ones are met by facts of the system; admins add others, which are ticked with a note.
    """

    DECISION_MAKER_KNOWN = "decision_maker_known"
    APPOINTMENT_AGREED = "appointment_agreed"
    OFFER_DELIVERED = "offer_delivered"
    TERMS_SETTLED = "terms_settled"
    ORDER_CONFIRMED = "order_confirmed"

    code = models.SlugField(_("code"), max_length=40, unique=True)
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage)
    kind = models.CharField(
        _("only for"),
        max_length=8,
        choices=DealKind,
        blank=True,
        help_text=_("Empty: for every kind of business."),
    )
    label_de = models.CharField(_("label, German"), max_length=80)
    label_en = models.CharField(_("label, English"), max_length=80, blank=True)
    unmet_label_de = models.CharField(_("label while not met, German"), max_length=80, blank=True)
    unmet_label_en = models.CharField(_("label while not met, English"), max_length=80, blank=True)
    is_mandatory = models.BooleanField(
        _("mandatory"),
        default=False,
        help_text=_("Without it no deal moves on; otherwise the user is asked."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["stage", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="criterion_stage_known"),
            models.CheckConstraint(condition=Q(kind__in=["", *DealKind.values]), name="criterion_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the user's language."""
        return in_readers_language(self.label_de, self.label_en)

    @property
    def unmet_label(self) -> str:
        """What to show while it is not met, in the user's language."""
        return in_readers_language(self.unmet_label_de, self.unmet_label_en) or self.label


class CriterionMet(models.Model):
    """That a deal met a criterion, when, by whom, and what shows it."""

    deal = models.ForeignKey(
        "pipeline.Deal", models.CASCADE, related_name="criteria_met", verbose_name=_("deal")
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="met", verbose_name=_("criterion"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    text = models.CharField(_("shown on the card"), max_length=80, blank=True)
    due = models.DateTimeField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name = _("criterion met")
        verbose_name_plural = _("criteria met")
        constraints = [models.UniqueConstraint(fields=["deal", "criterion"], name="criterion_met_once")]

    def __str__(self) -> str:
        return f"{self.criterion} ({self.deal_id})"

    @property
    def shown(self) -> str:
        """What a card says of it, before the day it speaks of: its own text, else what was met."""
        if self.due and not self.text and self.criterion.code == Criterion.APPOINTMENT_AGREED:
            return str(_("Appointment"))
        return self.text or self.criterion.label
