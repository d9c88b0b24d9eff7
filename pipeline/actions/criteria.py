"""Meeting criteria: by facts that other apps report, or by a tick with a note."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import BuyingRole, Person
from core import events
from pipeline.errors import DealClosed
from pipeline.models import Criterion, CriterionMet, Deal, DealPerson


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
    return met


@transaction.atomic
def withdraw_evidence(deal: Deal, code: str, *, evidence: str, actor: User | None) -> bool:
    """Open a criterion again that this evidence met; answer whether it did. One ticked by hand stays met."""
    met = CriterionMet.objects.filter(deal=deal, criterion__code=code, evidence=evidence)
    is_withdrawn = met.delete()[0] > 0
    if is_withdrawn:
        events.record("deal.criterion_reopened", deal, actor=actor, criterion=code)
    return is_withdrawn


@transaction.atomic
def tick_criterion(deal: Deal, criterion: Criterion, *, note: str, actor: User) -> CriterionMet:
    """Tick a criterion by hand; `note` says what shows that it is met."""
    if not deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    return meet_criterion(deal, criterion.code, actor=actor, evidence=note)


@transaction.atomic
def name_person(deal: Deal, person: Person, role: BuyingRole, *, actor: User | None) -> DealPerson:
    """Give a person a role in this deal's buying centre; a decision maker meets the criterion of Akquise."""
    named, _is_new = DealPerson.objects.update_or_create(deal=deal, person=person, defaults={"role": role})
    if role == BuyingRole.DECISION_MAKER:
        meet_criterion(deal, Criterion.DECISION_MAKER_KNOWN, actor=actor, evidence=f"person-{person.pk}")
    return named


@transaction.atomic
def withdraw_person(named: DealPerson, *, actor: User) -> None:
    """Take a person out of the buying centre; without a decision maker the criterion is open again."""
    deal = named.deal
    named.delete()
    if not deal.people.filter(role=BuyingRole.DECISION_MAKER).exists():
        CriterionMet.objects.filter(
            deal=deal, criterion__code=Criterion.DECISION_MAKER_KNOWN, evidence=f"person-{named.person_id}"
        ).delete()
