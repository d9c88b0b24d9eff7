"""Offers: what was proposed in a deal; rights follow the deal."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models.version import OfferState, OfferVersion, with_letters
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class OfferQuerySet(models.QuerySet["Offer"]):
    """The words we use to talk about many offers at once; rights follow the deal."""

    def visible_to(self, user: "User") -> "Self":
        """Those of the deals this user may see."""
        deals = with_letters(Deal.objects.visible_to(user), user).filter(pk=OuterRef("deal"))
        return self.filter(Exists(deals))

    def editable_by(self, user: "User") -> "Self":
        """Those of the deals this user may change."""
        deals = with_letters(Deal.objects.editable_by(user), user).filter(pk=OuterRef("deal"))
        return self.filter(Exists(deals))

    def with_current(self) -> "Self":
        """Each offer says in `current_*` what its current version says, and in `current_net` its sum."""
        versions = OfferVersion.objects.filter(offer=OuterRef("pk"), is_current=True).with_net()

        def said(name: str) -> Subquery:
            return Subquery(versions.values(name)[:1])

        return self.annotate(
            current_id=said("pk"),
            current_number=said("number"),
            current_state=said("state"),
            current_valid_until=said("valid_until"),
            current_currency=said("currency"),
            current_sent_at=said("sent_at"),
            current_net=said("net_total"),
        )

    def for_list(self) -> "Self":
        """Everything a row of the list shows."""
        loaded = self.select_related("deal__company", "deal__person", "deal__owner")
        return loaded.defer("deal__note", "deal__company__note", "deal__person__note").with_current()


class Offer(models.Model):
    """A priced proposal in a deal (Angebot); what it proposes is said by its versions, one of them current.

    The number is drawn when a version is first sent; all versions share it.
    """

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="offers", verbose_name=_("deal"))
    number = models.CharField(_("offer number"), max_length=20, null=True, blank=True, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("begun by"),
    )
    created_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    # Given by the form that began it, so that a form sent twice begins one offer.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="offer_number_not_empty"),
        ]
        indexes = [
            models.Index(fields=["deal", "-id"], name="offer_deal"),
            models.Index(fields=["-created_at", "-id"], name="offer_newest"),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft of an offer"))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("offers:offer_detail", args=[self.pk])

    @property
    def current(self) -> "OfferVersion":
        """The version that is worked on or was last sent."""
        return self.versions.get(is_current=True)

    @property
    def standing(self) -> "OfferVersion | None":
        """The version that lies with the customer and may be accepted; None if there is none."""
        return self.versions.filter(state=OfferState.SENT).first()
