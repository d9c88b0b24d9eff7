"""The list of leads as a file: what each of its columns becomes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.table_files import Cell
from core.templatetags.dates import local_day
from extra_fields.columns import extra_outs
from leads.models import Direction, DisqualifyReason, LeadState
from lists.columns import Column
from lists.files import Out, joined


def lead_outs(columns: Sequence[Column]) -> list[Out]:
    """The columns of the file for those of the list: who it is first, extra fields last."""
    known = _known_outs()
    names = ["lead", *(column.name for column in columns)]
    return [out for name in names for out in known.get(name, ())] + extra_outs("lead", columns)


def _known_outs() -> dict[str, tuple[Out, ...]]:
    reasons = {reason.pk: str(reason) for reason in DisqualifyReason.objects.all()}
    states = {value: str(label) for value, label in LeadState.choices}
    directions = {value: str(label) for value, label in Direction.choices}
    owner = pgettext_lazy("person in charge", "Owner")
    return {
        "lead": (
            Out(_("Number"), ("external_id", "pk"), lambda theirs, ours: theirs or str(ours)),
            Out(_("Person"), ("title", "first_name", "last_name"), joined),
            Out(_("Company"), ("company_name",)),
        ),
        "due": (Out(_("Answer by"), ("answer_by",), _day),),
        "state": (Out(_("State"), ("state",), states.get),),
        "step": (Out(_("Next step"), ("next_step",)), Out(_("Next step on"), ("next_step_on",))),
        "score": (
            Out(_("Score"), ("score",)),
            Out(_("Fit"), ("fit",)),
            Out(_("Interest shown"), ("keenness",)),
        ),
        "chance": (Out(_("Chance of a won deal"), ("learned__chance",)),),
        "source": (Out(_("Source"), ("source__name",)),),
        "owner": (Out(owner, ("owner__first_name", "owner__last_name"), joined),),
        "received": (Out(_("Received on"), ("received_at",), _day),),
        "touched": (Out(_("Last touch"), ("touched_at",), _day),),
        "interest": (Out(_("Interest"), ("interest",)),),
        "email": (Out(_("E-mail"), ("email",)),),
        "phone": (Out(_("Phone"), ("phone",)),),
        "campaign": (Out(_("Campaign"), ("campaign__name",)),),
        "direction": (Out(_("Direction"), ("direction",), directions.get),),
        "team": (Out(_("Team"), ("team__name",)),),
        "industry": (Out(_("Industry"), ("industry",)),),
        "postal": (Out(_("Postal code"), ("postal_code",)),),
        "city": (Out(_("Place"), ("city",)),),
        "group": (Out(_("Product group"), ("product_group__name",)),),
        "reason": (Out(_("Reason for disqualifying"), ("disqualify_reason",), reasons.get),),
    }


def _day(moment: datetime | None) -> Cell:
    return local_day(moment) if moment else None
