"""What customers do with offers becomes something to be done, at once; so does the end of a validity.

Each is written under a key made of what it tells of: whoever comes second finds it written.
"""

from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from activities.actions import About, NextStep, plan_follow_up
from activities.models import FollowUp
from activities.reminder_mail import mail_of_offer
from core.models import Event
from core.templatetags.dates import short_date
from offers.models import NegotiationRound, OfferQuestion, OfferState, OfferVersion
from pipeline.models import Deal

KEYS = UUID("5b0c3a52-6a25-4f0f-9f0c-3f5b3a1d1c77")
DAYS_BEFORE = 3
MOST_AT_ONCE = 1000


def tell_owner_of(event_id: int) -> None:
    """Tell the owner what the customer did on the page of the offer; of an acceptance by mail, too."""
    event = Event.objects.get(pk=event_id)
    # What somebody of us noted is known to us.
    if event.actor_id is not None:
        return
    deal = _deal_of(event)
    if deal is None:
        return
    with override(deal.owner.language):
        text = _words(event, deal)
    follow_up = _plan(deal, text, f"event-{event.pk}")
    if event.kind == "offer.accepted":
        mail_of_offer(follow_up, event)


def remind_of_validity() -> int:
    """Remind the owners of offers that run out within three days; answer how many. Safe to repeat."""
    today = timezone.localdate()
    soon = OfferVersion.objects.filter(
        state=OfferState.SENT, valid_until__gte=today, valid_until__lte=today + timedelta(days=DAYS_BEFORE)
    )
    versions = soon.select_related("offer__deal__owner").order_by("valid_until", "pk")[:MOST_AT_ONCE]
    for version in versions:
        deal = version.offer.deal
        with override(deal.owner.language):
            said = {"number": version.offer.number, "day": short_date(version.valid_until)}
            text = _("Offer %(number)s runs out on %(day)s: ask the customer") % said
        _plan(deal, text, f"validity-{version.pk}")
    return len(versions)


def _plan(deal: Deal, text: str, about_what: str) -> FollowUp:
    step = NextStep(on=timezone.localdate(), kind=FollowUp.Kind.CALL, text=text[:200], owner=deal.owner)
    return plan_follow_up(About(deal=deal), step, actor=deal.owner, form_key=uuid5(KEYS, about_what))


def _deal_of(event: Event) -> Deal | None:
    deals = Deal.objects.select_related("owner")
    if event.kind == "negotiation.round_added":
        return deals.filter(rounds=event.subject_id).first()
    if event.kind == "offer.question_asked":
        return deals.filter(offers__questions=event.subject_id).first()
    return deals.filter(offers__versions=event.subject_id).first()


def _words(event: Event, deal: Deal) -> str:
    if event.kind == "offer.accepted":
        return _("Offer accepted: confirm the order")
    if event.kind == "offer.declined":
        version = OfferVersion.objects.get(pk=event.subject_id)
        return _("Offer declined: %(why)s") % {"why": version.decline_reason or "–"}
    if event.kind == "offer.question_asked":
        return _("Question about the offer: %(text)s") % {
            "text": OfferQuestion.objects.get(pk=event.subject_id).text
        }
    asked = NegotiationRound.objects.get(pk=event.subject_id).points.first()
    return _("Demand of the customer: %(text)s") % {"text": asked or "–"}
