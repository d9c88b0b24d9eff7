"""The house's own guide to negotiating: questions, arguments, objections with answers, give and take."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import PersonValue
from core.audit import audited
from pipeline.models import Stage

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class GuideEntryQuerySet(models.QuerySet["GuideEntry"]):
    """The words we use to talk about many entries at once."""

    def visible_to(self, user: "User") -> "Self":
        """Everybody's."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Those who lead keep the guide."""
        return self.all() if user.is_manager or user.is_admin else self.none()


@audited()
class GuideEntry(models.Model):
    """One piece of advice, for a stage and a product group or for all of them."""

    class Kind(models.TextChoices):
        """What it is."""

        QUESTION = "question", _("Question to ask")
        ARGUMENT = "argument", _("Argument")
        OBJECTION = "objection", _("Objection and answer")
        GIVE_TAKE = "give", _("Give and take")

    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage, null=True, blank=True)
    group = models.ForeignKey(
        "catalog.ProductGroup",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="guide",
        verbose_name=_("product group"),
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    motive = models.CharField(_("buying motive"), max_length=20, blank=True)
    text = models.CharField(_("text"), max_length=500)
    answer = models.TextField(_("answer, or what we want in return"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    is_archived = models.BooleanField(_("archived"), default=False)

    objects = GuideEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the guide")
        verbose_name_plural = _("guide to negotiating")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="guide_entry_has_text"),
            models.CheckConstraint(
                condition=Q(kind__in=["question", "argument", "objection", "give"]),
                name="guide_entry_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(stage=None) | Q(stage__gte=1, stage__lte=5), name="guide_entry_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def motive_label(self) -> str:
        """The motive in words."""
        return str(dict(PersonValue.Value.choices).get(self.motive, ""))
