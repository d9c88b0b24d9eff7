"""The list of deals as a file: what each of its columns becomes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from core.table_files import Cell
from core.templatetags.dates import local_day
from extra_fields.columns import extra_outs
from lists.columns import Column
from lists.files import Out, joined
from pipeline.models import DealKind, LossReason, Outcome, StageSetting


def deal_outs(columns: Sequence[Column]) -> list[Out]:
    """The columns of the file for those of the list: number, customer and title first, extra fields last."""
    known = _known_outs()
    names = ["deal", *(column.name for column in columns)]
    return [out for name in names for out in known.get(name, ())] + extra_outs("deal", columns)


def _known_outs() -> dict[str, tuple[Out, ...]]:
    """What each column of the list becomes: amounts get their currency, stages their outcome beside them."""
    stages = {setting.stage: str(setting.label) for setting in StageSetting.objects.all()}
    reasons = {reason.pk: str(reason.label) for reason in LossReason.objects.all()}
    outcomes, kinds = _words(Outcome), _words(DealKind)
    company = Out(_lazy("Company"), ("company__name",))
    person = Out(_lazy("Person"), ("person__title", "person__first_name", "person__last_name"), joined)
    outcome = Out(_lazy("Outcome"), ("outcome",), outcomes.get)
    currency = Out(_lazy("Currency"), ("currency",))
    return {
        "deal": (
            Out(_lazy("Number"), ("external_id", "pk"), lambda theirs, ours: theirs or str(ours)),
            company,
            person,
            Out(pgettext_lazy("of a deal", "Title"), ("title",)),
        ),
        "stage": (Out(_lazy("Stage"), ("stage",), stages.get), outcome),
        "value": (Out(_lazy("Value"), ("value",)), currency),
        "step": (
            Out(_lazy("Next step"), ("outcome", "next_step"), _while_open),
            Out(_lazy("Next step on"), ("outcome", "next_step_on"), _while_open),
        ),
        "days": (Out(_lazy("Days in the stage"), ("stage_since", "closed_at"), _days),),
        "owner": (
            Out(
                pgettext_lazy("person in charge", "Owner"), ("owner__first_name", "owner__last_name"), joined
            ),
        ),
        "opened": (Out(_lazy("Opened on"), ("opened_at",), _day),),
        "expected": (Out(_lazy("Expected closing"), ("expected_close_on",)),),
        "company": (company,),
        "person": (person,),
        "product": (Out(_lazy("Product"), ("product__name",)),),
        "source": (Out(_lazy("Source"), ("source__name",)),),
        "kind": (Out(_lazy("Kind"), ("kind",), kinds.get),),
        "team": (Out(_lazy("Team"), ("owner__team__name",)),),
        "outcome": (outcome,),
        "closed": (Out(_lazy("Closed on"), ("closed_at",), _day),),
        "won": (Out(_lazy("Value won"), ("won_value",)), currency),
        "reason": (Out(_lazy("Loss reason"), ("loss_reason",), reasons.get),),
    }


def _words(choices: type[Outcome] | type[DealKind]) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _while_open(outcome: str, cell: Cell) -> Cell:
    return cell if outcome == Outcome.OPEN else None


def _day(moment: datetime | None) -> Cell:
    return local_day(moment) if moment else None


def _days(since: datetime, until: datetime | None) -> int:
    return ((until or timezone.now()) - since).days
