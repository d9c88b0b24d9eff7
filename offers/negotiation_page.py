"""What the workspace of a negotiation shows: rounds, the way of value and margin, limits, the guide."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from contacts.models import BuyingRole, Person, PersonValue
from offers.discounts import Band, Usual, read_bands, usual_of
from offers.models import (
    ApprovalRule,
    GuideEntry,
    NegotiationGround,
    NegotiationPoint,
    NegotiationRound,
    OfferVersion,
)
from offers.negotiation_chart import Station, stations
from pipeline.models import Deal, DealQuerySet

MOST_STATIONS = 20
PERSONS = "self_and_manager"


def negotiated_deals() -> DealQuerySet:
    """Deals with what the workspace shows of them."""
    return Deal.objects.select_related("company", "person", "owner__team", "product__group")


@dataclass(frozen=True)
class Limits:
    """How far the price has gone, and how far it may go; all as parts of the list price."""

    walked: Decimal | None
    floor: Decimal | None
    approval: Decimal | None
    rep: Usual | None
    team: Usual | None


@dataclass(frozen=True)
class Workspace:
    """The negotiation of a deal for one user."""

    deal: Deal
    user: User

    @cached_property
    def may_edit(self) -> bool:
        """Whether this user negotiates."""
        return Deal.objects.editable_by(self.user).filter(pk=self.deal.pk).exists()

    @cached_property
    def rounds(self) -> list[NegotiationRound]:
        """In the order of time, with what was asked for and given."""
        rounds = self.deal.rounds.select_related("version", "noted_by").order_by("number")
        return list(rounds.prefetch_related("points__in_return_for__round"))

    @property
    def open_demands(self) -> list[NegotiationPoint]:
        """What nobody has answered yet."""
        points = [point for one in self.rounds for point in one.points.all()]
        return [point for point in points if point.state == NegotiationPoint.State.OPEN]

    @cached_property
    def versions(self) -> list[OfferVersion]:
        """What was sent, in the order of time."""
        sent = OfferVersion.objects.filter(offer__deal=self.deal, sent_at__isnull=False)
        latest = sent.order_by("-sent_at", "-pk").select_related("offer").prefetch_related("lines")
        return list(reversed(latest[:MOST_STATIONS]))

    @cached_property
    def current(self) -> OfferVersion | None:
        """What is written on or was last sent, of the latest offer."""
        versions = OfferVersion.objects.filter(offer__deal=self.deal, is_current=True)
        return versions.order_by("-offer", "-pk").first()

    @cached_property
    def stations(self) -> list[Station]:
        """What each version came to, what was taken off, and what is left of it for us."""
        return stations(self.versions)

    @cached_property
    def limits(self) -> Limits:
        """Beside how far we have gone."""
        last = self.stations[-1] if self.stations else None
        rules = ApprovalRule.objects.filter(is_active=True, discount_above__isnull=False)
        return Limits(
            walked=last.walked if last else None,
            floor=last.floor if last else None,
            approval=rules.order_by("discount_above").values_list("discount_above", flat=True).first(),
            rep=usual_of(Deal.objects.filter(owner=self.deal.owner_id)) if self._shows_rep else None,
            team=usual_of(Deal.objects.filter(owner__team=self.deal.owner.team_id)),
        )

    @cached_property
    def ground(self) -> NegotiationGround | None:
        """What only those see who negotiate."""
        return NegotiationGround.objects.visible_to(self.user).filter(deal=self.deal).first()

    @cached_property
    def deciders(self) -> list[Person]:
        """Who decides, as the buying centre says."""
        named = self.deal.people.filter(role=BuyingRole.DECISION_MAKER).select_related("person")
        return [row.person for row in named.order_by("pk")[:10]]

    @cached_property
    def motives(self) -> list[PersonValue]:
        """What matters to whom of the people of this deal, the weightiest first."""
        people = Q(person__deal_roles__deal=self.deal) | Q(person=self.deal.person_id)
        values = PersonValue.objects.filter(people).select_related("person").distinct()
        return list(values.order_by("-weight", "value", "pk")[:20])

    @cached_property
    def guide(self) -> list[GuideEntry]:
        """What the house advises in this stage and for what is sold; arguments for their motives first."""
        own = {value.value for value in self.motives}
        fitting = _guide_of(self.deal)
        return sorted(
            fitting, key=lambda entry: (entry.kind, bool(own) and entry.motive not in own, entry.pk)
        )

    @cached_property
    def bands(self) -> list[Band]:
        """How often we won at which discount."""
        return read_bands()

    @property
    def _shows_rep(self) -> bool:
        """Figures of one person are shown to them, to who leads them, and to admins, where that is agreed."""
        owner = self.deal.owner
        if settings.PER_REP_FIGURES != PERSONS:
            return False
        return (
            self.user.pk == owner.pk
            or self.user.is_admin
            or owner.team.managers.filter(pk=self.user.pk).exists()
        )


def _guide_of(deal: Deal) -> QuerySet[GuideEntry]:
    """Of this stage or of all, of a group that is offered or of all."""
    groups = OfferVersion.objects.filter(offer__deal=deal).values("lines__product__group")
    about = Q(group=None) | Q(group__in=groups)
    if deal.product_id is not None:
        about |= Q(group__products=deal.product_id)
    stage = Q(stage=None) | Q(stage=deal.stage)
    return GuideEntry.objects.filter(stage, about, is_archived=False).distinct()[:60]
