"""Questions between the customer and us about an offer, with their answers (Rückfragen)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models.offer import Offer
from offers.models.version import OfferVersion
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class OfferQuestionQuerySet(models.QuerySet["OfferQuestion"]):
    """The words we use to talk about many questions at once; rights follow the deal."""

    def visible_to(self, user: "User") -> "Self":
        """Those of the deals this user may see."""
        return self.filter(Exists(Deal.objects.visible_to(user).filter(pk=OuterRef("offer__deal"))))

    def editable_by(self, user: "User") -> "Self":
        """Those of the deals this user may change."""
        return self.filter(Exists(Deal.objects.editable_by(user).filter(pk=OuterRef("offer__deal"))))

    def open(self) -> "Self":
        """Those without an answer."""
        return self.filter(answered_at=None)


class OfferQuestion(models.Model):
    """A question asked by the customer, or by us, before or after an offer was sent."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="questions", verbose_name=_("offer"))
    version = models.ForeignKey(
        OfferVersion, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("version")
    )
    by_customer = models.BooleanField(_("asked by the customer"), default=True)
    asker = models.CharField(_("who asked"), max_length=120, blank=True)
    # Who of us asked, or noted down what the customer asked; empty when the customer typed it.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    text = models.TextField(_("question"), max_length=2000)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = OfferQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about an offer")
        verbose_name_plural = _("questions about offers")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="offer_question_has_text"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="offer_question_answered_iff_answer",
            ),
        ]
        indexes = [models.Index(fields=["offer", "asked_at"], name="offer_question_offer")]

    def __str__(self) -> str:
        return self.text[:60]
