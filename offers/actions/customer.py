"""What a customer does on the page of an offer: accept, decline, ask, and want something else."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from offers.actions.answering import accept_version, decline_version
from offers.actions.asking import ask_question
from offers.actions.documents import keep_document
from offers.actions.negotiating import PointFacts, RoundFacts, add_round
from offers.errors import TooManyQuestions
from offers.models import Acceptance, NegotiationRound, OfferLink, OfferQuestion, OfferVersion

MOST_QUESTIONS = 50


@dataclass(frozen=True)
class Signer:
    """Who accepts, as they say themselves, and from which address on the Internet."""

    name: str
    email: str
    address: str | None = None


@transaction.atomic
def accept_by_link(link: OfferLink, signer: Signer, *, chosen: Collection[int]) -> OfferVersion:
    """The customer accepts what lies with them; the evidence is kept with it. Twice is a no-op.

    `chosen` are the positions of the optional items that were ticked. Raises what accept_version raises.
    """
    version = accept_version(link.version, chosen=chosen, actor=None)
    Acceptance.objects.get_or_create(
        version=version,
        defaults={
            "link": link,
            "name": signer.name,
            "email": signer.email,
            "address": signer.address,
            "sha256": keep_document(version).sha256,
            "chosen": sorted(chosen),
        },
    )
    return version


@transaction.atomic
def decline_by_link(link: OfferLink, *, reason: str) -> OfferVersion:
    """The customer does not want it. Raises what decline_version raises."""
    return decline_version(link.version, reason=reason, actor=None)


@transaction.atomic
def ask_by_link(link: OfferLink, text: str, *, asker: str) -> OfferQuestion:
    """The customer asks; the same question again is the one there is. Raises TooManyQuestions."""
    offer = link.version.offer
    asked = offer.questions.filter(by_customer=True)
    if (already := asked.filter(text=text.strip(), answered_at=None).first()) is not None:
        return already
    if asked.count() >= MOST_QUESTIONS:
        raise TooManyQuestions
    return ask_question(offer, text, actor=None, asker=asker, version=link.version)


@transaction.atomic
def counter_by_link(link: OfferLink, wish: PointFacts, *, name: str) -> NegotiationRound:
    """The customer wants something else: the first time moves the deal to Verhandlung.

    Raises NotWithCustomer, DealClosed, TooManyRounds.
    """
    facts = RoundFacts(side=NegotiationRound.Side.CUSTOMER, version=link.version, note=name, points=(wish,))
    return add_round(link.version.offer.deal, facts, actor=None)
