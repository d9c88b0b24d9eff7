"""Meeting criteria: by facts that other apps report, or by a tick with a note."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import BuyingRole, Person
from core import events
from pipeline.actions.history import lock
from pipeline.errors import DealClosed
from pipeline.models import Criterion, CriterionMet, Deal, DealPerson

# What a named decision maker leaves as evidence; a note of a tick by hand reads otherwise.
PERSON = r"^person-\d+$"


@transaction.atomic
def meet_criterion(
    deal: Deal,
    code: str,
    *,
    actor: User | None,
    evidence: str = "",
    text: str = "",
    due: datetime | None = None,
    at: datetime | None = None,
) -> CriterionMet:
    """Note that a fact arrived that meets a criterion.

    A later fact replaces evidence, text and due, and keeps the first moment.
    `text` is what the card shows (an appointment's date, a name's role), `due` the moment it speaks of (UTC).
    """
    criterion = Criterion.objects.get(code=code)
    met, is_new = CriterionMet.objects.get_or_create(
        deal=deal,
        criterion=criterion,
        defaults={
            "at": at or timezone.now(),
            "by": actor,
            "evidence": evidence,
            "text": text,
            "due": due,
        },
    )
    if is_new:
        events.record("deal.criterion_met", deal, actor=actor, criterion=code)
    else:
        met.evidence, met.text, met.due = evidence, text, due
        met.save(update_fields=["evidence", "text", "due"])
    Deal.objects.filter(pk=deal.pk).touch()
    return met


@transaction.atomic
def withdraw_evidence(deal: Deal, code: str, *, evidence: str, actor: User | None) -> bool:
    """Open a criterion again that this evidence met; answer whether it did. One ticked by hand stays met."""
    met = CriterionMet.objects.filter(deal=deal, criterion__code=code, evidence=evidence)
    is_withdrawn = met.delete()[0] > 0
    if is_withdrawn:
        Deal.objects.filter(pk=deal.pk).touch()
        events.record("deal.criterion_reopened", deal, actor=actor, criterion=code)
    return is_withdrawn


@transaction.atomic
def tick_criterion(deal: Deal, criterion: Criterion, *, note: str, actor: User) -> CriterionMet:
    """Tick a criterion by hand; `note` says what shows that it is met."""
    deal = lock(deal)
    if not deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    return meet_criterion(deal, criterion.code, actor=actor, evidence=note)


@transaction.atomic
def name_person(deal: Deal, person: Person, role: BuyingRole, *, actor: User | None) -> DealPerson:
    """Give a person a role in this deal's buying centre, or another one than before."""
    deal = lock(deal)
    named, _is_new = DealPerson.objects.update_or_create(deal=deal, person=person, defaults={"role": role})
    _follow_decision_makers(deal, actor=actor)
    return named


@transaction.atomic
def withdraw_person(named: DealPerson, *, actor: User) -> None:
    """Take a person out of the buying centre."""
    deal = lock(named.deal)
    named.delete()
    _follow_decision_makers(deal, actor=actor)


def _follow_decision_makers(deal: Deal, *, actor: User | None) -> None:
    """Let the decision maker of the locked deal meet the criterion of Akquise; without one it is open again.

    Of several the one named last is the evidence. A criterion ticked by hand stays met without them.
    """
    latest = deal.people.filter(role=BuyingRole.DECISION_MAKER).order_by("-pk").first()
    if latest is not None:
        evidence = f"person-{latest.person_id}"
        meet_criterion(deal, Criterion.DECISION_MAKER_KNOWN, actor=actor, evidence=evidence)
        return
    met = CriterionMet.objects.filter(deal=deal, criterion__code=Criterion.DECISION_MAKER_KNOWN)
    for evidence in met.filter(evidence__regex=PERSON).values_list("evidence", flat=True):
        withdraw_evidence(deal, Criterion.DECISION_MAKER_KNOWN, evidence=evidence, actor=actor)
