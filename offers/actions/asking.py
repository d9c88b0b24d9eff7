"""Questions about an offer and their answers."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from offers.errors import QuestionAnswered
from offers.models import Offer, OfferQuestion, OfferVersion


@transaction.atomic
def ask_question(
    offer: Offer,
    text: str,
    *,
    actor: User | None,
    by_customer: bool = True,
    asker: str = "",
    version: OfferVersion | None = None,
) -> OfferQuestion:
    """Note a question: the customer's own (`actor` is None when they typed it), or one of ours to them."""
    question = OfferQuestion.objects.create(
        offer=offer,
        version=version,
        text=text.strip(),
        by_customer=by_customer,
        asker=asker.strip()[:120],
        noted_by=actor,
    )
    events.record("offer.question_asked", question, actor=actor, offer=offer.pk, by_customer=by_customer)
    return question


@transaction.atomic
def answer_question(question: OfferQuestion, answer: str, *, actor: User | None) -> OfferQuestion:
    """Answer a question; the same answer twice is a no-op. Raises QuestionAnswered if it has another."""
    question = OfferQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.answer == answer.strip():
        return question
    if question.answered_at is not None:
        raise QuestionAnswered
    question.answer, question.answered_by, question.answered_at = answer.strip(), actor, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    events.record("offer.question_answered", question, actor=actor, offer=question.offer_id)
    return question
