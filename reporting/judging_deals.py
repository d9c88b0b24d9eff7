"""A manager commits a deal or excludes it by hand; who may do so, and what is known of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Team, User
from core import events
from core.errors import DomainError
from pipeline.models import Deal, DealQuerySet
from reporting.models import DealChance, DealJudgement, DealJudgementQuerySet


class DealNotOpen(DomainError):
    """A deal that is closed needs no judgement any more."""


class JudgeableDeals:
    """Deals as those who lead the owner's team may judge them; others only see the judgement."""

    def visible_to(self, user: User) -> DealQuerySet:
        """As anywhere."""
        return Deal.objects.visible_to(user)

    def editable_by(self, user: User) -> DealQuerySet:
        """Of the teams the user leads; every one for an admin."""
        return Deal.objects.visible_to(user).filter(owner__team__in=Team.objects.led_by(user).values("pk"))


def judgements_of(deal: Deal) -> DealJudgementQuerySet:
    """What was said of a deal, the last word first."""
    return DealJudgement.objects.filter(deal=deal)


@transaction.atomic
def judge_deal(deal: Deal, stance: str, *, reason: str, actor: User) -> DealJudgement | None:
    """Write down what a manager says of an open deal; None where that is what was said last.

    Locks the deal, so that of two judgements at once one is the later.
    """
    deal = Deal.objects.select_for_update(of=["self"], no_key=True).select_related("owner").get(pk=deal.pk)
    if not deal.is_open:
        raise DealNotOpen(_("This deal is already closed."))
    last = judgements_of(deal).first()
    said = (last.stance, last.reason) if last else (DealJudgement.Stance.NONE, "")
    if said == (stance, reason):
        return None
    chance = DealChance.objects.filter(deal=deal).values_list("probability", flat=True).first()
    judgement = DealJudgement.objects.create(
        deal=deal,
        stance=stance,
        reason=reason,
        chance=chance,
        owner=deal.owner,
        team_id=deal.owner.team_id,
        by=actor,
    )
    events.record("deal.judged", deal, actor=actor, stance=stance)
    return judgement
