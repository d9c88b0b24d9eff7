"""What leads are scored by: rules that give points, kept by admins."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit import audited
from core.languages import in_readers_language
from leads.models.condition import LeadCondition
from leads.models.words import Direction, TouchChannel

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

MOST_POINTS, LONGEST_HALF_LIFE, MOST_TIMES = 100, 730, 20


class ScoreRuleQuerySet(models.QuerySet["ScoreRule"]):
    """The words we use to talk about many rules at once."""

    def visible_to(self, user: "User") -> "Self":
        """All of them: who works by a score may know what it is made of."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Admins keep them."""
        return self.all() if user.is_admin else self.none()

    def in_use(self) -> "Self":
        """Those that give points."""
        return self.filter(is_active=True)


@audited()
class ScoreRule(LeadCondition):
    """Points for what a lead is (fit) or does (interest); retired ones stay with what they explain.

    A rule that says something of touches gives its points for each touch that fits, `most_times` at most,
    else once for the lead. With a half-life they fade: from the touch, or from the day the lead came.
    """

    class Part(models.TextChoices):
        """Which half of the score."""

        FIT = "fit", _("Fit: what we know of them")
        INTEREST = "interest", _("Interest: what they do")

    class Known(models.TextChoices):
        """What a lead may have told us."""

        COMPANY = "company_name", _("a company")
        POSITION = "position", _("a position")
        PHONE = "phone", _("a phone number")
        EMAIL = "email", _("an e-mail address")
        WORK_EMAIL = "work_email", _("an e-mail address of a company's own")
        FREE_EMAIL = "free_email", _("an e-mail address of a free provider")
        CUSTOMER = "company", _("a company that is in the customer database")

    label_de = models.CharField(_("label, German"), max_length=80)
    label_en = models.CharField(_("label, English"), max_length=80, blank=True)
    part = models.CharField(_("counts for"), max_length=8, choices=Part, default=Part.FIT)
    points = models.SmallIntegerField(
        _("points"),
        validators=[MinValueValidator(-MOST_POINTS), MaxValueValidator(MOST_POINTS)],
        help_text=_("Negative ones speak against the lead."),
    )
    half_life_days = models.PositiveSmallIntegerField(
        _("half of them left after (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_HALF_LIFE)],
        help_text=_("Empty: they do not fade."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100, editable=False)

    known = models.CharField(_("has told us"), max_length=12, choices=Known, blank=True)
    job = models.CharField(
        _("position contains"), max_length=300, blank=True, help_text=_("Any of these words, with commas.")
    )
    wish = models.CharField(
        _("interest or note contains"),
        max_length=300,
        blank=True,
        help_text=_("Any of these words, with commas."),
    )

    channel = models.CharField(_("touch by"), max_length=9, choices=TouchChannel, blank=True)
    touch_direction = models.CharField(
        _("direction of the touch"), max_length=8, choices=Direction, blank=True
    )
    page = models.CharField(
        pgettext_lazy("of a web site", "page contains"),
        max_length=200,
        blank=True,
        help_text=_("Any of these words, with commas; pages of the web site and of web forms."),
    )
    most_times = models.PositiveSmallIntegerField(
        _("so many touches at most"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_TIMES)],
        help_text=_("The latest ones count."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScoreRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of the score")
        verbose_name_plural = _("rules of the score")
        ordering = ["part", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=["fit", "interest"]), name="score_rule_part_known"),
            models.CheckConstraint(
                condition=Q(points__range=(-MOST_POINTS, MOST_POINTS)), name="score_rule_points_bounded"
            ),
            models.CheckConstraint(
                condition=Q(half_life_days=None) | Q(half_life_days__range=(1, LONGEST_HALF_LIFE)),
                name="score_rule_half_life_bounded",
            ),
            models.CheckConstraint(
                condition=Q(most_times__range=(1, MOST_TIMES)), name="score_rule_times_bounded"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["", *TouchChannel.values]), name="score_rule_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return in_readers_language(self.label_de, self.label_en)

    @property
    def is_of_touches(self) -> bool:
        """Whether it counts touches."""
        return bool(self.channel or self.touch_direction or self.page)
