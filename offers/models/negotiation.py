"""Negotiations: rounds in time order, what each side asked for and gave, and what we keep to ourselves."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from core.money import amount_field
from offers.models.version import OfferVersion
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class NegotiationRoundQuerySet(models.QuerySet["NegotiationRound"]):
    """The words we use to talk about many rounds at once; rights follow the deal."""

    def visible_to(self, user: "User") -> "Self":
        """Those of the deals this user may see."""
        return self.filter(Exists(Deal.objects.visible_to(user).filter(pk=OuterRef("deal"))))

    def editable_by(self, user: "User") -> "Self":
        """Those of the deals this user may change."""
        return self.filter(Exists(Deal.objects.editable_by(user).filter(pk=OuterRef("deal"))))


class NegotiationRound(models.Model):
    """One move of one side: the customer asks for something, or we answer; with the offer it was about."""

    class Side(models.TextChoices):
        """Whose move it is."""

        CUSTOMER = "customer", _("Customer")
        US = "us", _("We")

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="rounds", verbose_name=_("deal"))
    number = models.PositiveSmallIntegerField(_("round"))
    side = models.CharField(_("side"), max_length=8, choices=Side)
    version = models.ForeignKey(
        OfferVersion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name=_("version of the offer"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.TextField(_("in words"), max_length=2000, blank=True)
    # Empty when the customer typed it on the page of the offer.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = NegotiationRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of a negotiation")
        verbose_name_plural = _("rounds of negotiations")
        ordering = ["deal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "number"], name="negotiation_round_number_once"),
            models.CheckConstraint(
                condition=Q(side__in=["customer", "us"]), name="negotiation_round_side_known"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Round %(number)d") % {"number": self.number})


class NegotiationPointQuerySet(models.QuerySet["NegotiationPoint"]):
    """The words we use to talk about many points at once; rights follow the deal."""

    def visible_to(self, user: "User") -> "Self":
        """Those of the deals this user may see."""
        return self.filter(Exists(Deal.objects.visible_to(user).filter(pk=OuterRef("round__deal"))))

    def editable_by(self, user: "User") -> "Self":
        """Those of the deals this user may change."""
        return self.filter(Exists(Deal.objects.editable_by(user).filter(pk=OuterRef("round__deal"))))


class NegotiationPoint(models.Model):
    """Something one side wants, or gives; what was given for it says `in_return_for`."""

    class Kind(models.TextChoices):
        """What it is about."""

        PRICE = "price", _("Price")
        QUANTITY = "quantity", _("Quantity")
        SCOPE = "scope", _("Scope")
        DELIVERY = "delivery", _("Delivery")
        PAYMENT = "payment", _("Terms of payment")
        SERVICE = "service", _("Service")
        TERM = "term", _("Term of the contract")

    class Move(models.TextChoices):
        """Asked for or given."""

        DEMAND = "demand", _("demands")
        CONCESSION = "give", _("gives")

    class State(models.TextChoices):
        """What became of a demand; what is given is agreed."""

        OPEN = "open", _("open")
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")

    round = models.ForeignKey(
        NegotiationRound, models.CASCADE, related_name="points", verbose_name=_("round")
    )
    move = models.CharField(_("move"), max_length=6, choices=Move)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.CharField(_("what"), max_length=300)
    amount = amount_field(_("worth, net"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    in_return_for = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="returns",
        verbose_name=_("in return for"),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = NegotiationPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of a negotiation")
        verbose_name_plural = _("points of negotiations")
        ordering = ["round", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="negotiation_point_has_text"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["price", "quantity", "scope", "delivery", "payment", "service", "term"],
                    move__in=["demand", "give"],
                    state__in=["open", "agreed", "refused"],
                ),
                name="negotiation_point_words_known",
            ),
            models.CheckConstraint(
                condition=Q(move="demand") | Q(state="agreed"), name="negotiation_point_given_is_agreed"
            ),
        ]
        indexes = [models.Index(fields=["round"], condition=Q(state="open"), name="negotiation_point_open")]

    def __str__(self) -> str:
        return self.text


class GroundQuerySet(models.QuerySet["NegotiationGround"]):
    """The words we use to talk about many at once; only who may change the deal sees them."""

    def visible_to(self, user: "User") -> "Self":
        """Those of the deals this user may change."""
        return self.filter(Exists(Deal.objects.editable_by(user).filter(pk=OuterRef("deal"))))


@audited()
class NegotiationGround(models.Model):
    """What we know and want in a negotiation; the walk-away point is for the deal's editors only."""

    deal = models.OneToOneField(
        Deal, models.CASCADE, related_name="negotiation_ground", verbose_name=_("deal")
    )
    walk_away_value = amount_field(_("walk-away point, net"), null=True, blank=True)
    walk_away_note = models.CharField(_("why there"), max_length=500, blank=True)
    deciders = models.CharField(_("who decides at the customer"), max_length=500, blank=True)
    competitors = models.CharField(_("competitors"), max_length=500, blank=True)

    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ground of a negotiation")
        verbose_name_plural = _("grounds of negotiations")
        constraints = [
            models.CheckConstraint(
                condition=Q(walk_away_value=None) | Q(walk_away_value__gte=0),
                name="negotiation_ground_not_negative",
            )
        ]

    def __str__(self) -> str:
        return str(self.deal)
