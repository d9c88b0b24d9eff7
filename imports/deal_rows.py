"""What one row of a table of deals says, and one row of a table of stage changes."""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Final

from core.sentences import sentence as _
from imports.column_names import Field
from imports.rows import Moment, RowValues
from imports.words import NOTHING, Standing, kind_of
from pipeline.models import DealKind

_OF_OTHERS: Final = (Field.AT, Field.MONTH, Field.MEASURE)
DEAL_FIELDS: Final = tuple(name for name in Field if name not in _OF_OTHERS)
CHANGE_FIELDS: Final = (Field.EXTERNAL_ID, Field.STAGE, Field.OUTCOME, Field.AT, Field.OWNER, Field.TEAM)


@dataclass(frozen=True, slots=True)
class DealRow:
    """One deal as a file has it; what the file does not say is empty or None."""

    line: int
    external_id: str
    title: str = ""
    company: str = ""
    company_id: str = ""
    person: str = ""
    person_id: str = ""
    owner: str = ""
    team: str = ""
    standing: Standing = NOTHING
    opened: Moment | None = None
    closed: Moment | None = None
    value: Decimal | None = None
    currency: str = ""
    product: str = ""
    source: str = ""
    expected_close_on: date | None = None
    loss_reason: str = ""
    kind: DealKind | None = None
    note: str = ""
    is_merged: bool = False
    """Made of several rows of one deal; its standing is none, for it was a history."""

    def merged_with(self, other: "DealRow") -> "DealRow":
        """What this row says, and where it says nothing, what a later row of the same deal says."""
        said = {item.name: getattr(self, item.name) or getattr(other, item.name) for item in fields(self)}
        return replace(self, **{**said, "standing": NOTHING, "is_merged": True})


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Where a deal stood from a moment on, and who owned it then."""

    line: int
    external_id: str
    standing: Standing
    moment: Moment
    owner: str = ""
    team: str = ""


def deal_row(values: RowValues) -> DealRow:
    """Read a row of a table of deals."""
    amount = values.amount()
    next_step = values.text(Field.NEXT_STEP)
    notes = (values.text(Field.NOTE), _("Next step: %(text)s") % {"text": next_step} if next_step else "")
    return DealRow(
        line=values.line,
        external_id=values.key(),
        title=values.text(Field.TITLE),
        company=values.text(Field.COMPANY),
        company_id=values.foreign_key(Field.COMPANY_ID),
        person=values.text(Field.PERSON),
        person_id=values.foreign_key(Field.PERSON_ID),
        owner=values.text(Field.OWNER),
        team=values.text(Field.TEAM),
        standing=values.standing(),
        opened=values.moment(Field.OPENED_AT),
        closed=values.moment(Field.CLOSED_AT),
        value=amount.number if amount and values.says(Field.VALUE) else None,
        currency=amount.currency if amount else "",
        product=values.text(Field.PRODUCT),
        source=values.text(Field.SOURCE),
        expected_close_on=values.day(Field.EXPECTED_CLOSE_ON),
        loss_reason=values.text(Field.LOSS_REASON),
        kind=_kind(values),
        note="\n".join(filter(None, notes)),
    )


def change_row(values: RowValues) -> ChangeRow | None:
    """Read a row of a table of stage changes; it needs a standing and a moment."""
    key, standing, moment = values.key(), values.standing(), values.moment(Field.AT)
    if not values.problems and standing == NOTHING:
        values.problems.append(_("The stage is missing."))
    if not values.problems and moment is None:
        values.problems.append(_("The moment is missing."))
    owner, team = values.text(Field.OWNER), values.text(Field.TEAM)
    return ChangeRow(values.line, key, standing, moment, owner, team) if moment else None


def _kind(values: RowValues) -> DealKind | None:
    """A kind that is no word of ours is none; it is counted, but costs no row."""
    text = values.text(Field.KIND)
    kind = kind_of(text)
    if text and kind is None:
        values.count_unmapped(Field.KIND)
    return kind
