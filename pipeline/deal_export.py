"""The list of deals as a file: the filter, the order and the columns of an address, all rows of it."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.table_files import Cell, write_csv, write_workbook
from core.templatetags.dates import local_day
from core.templatetags.money import number
from pipeline.deal_columns import Column, known_sort, order_of, read_columns
from pipeline.errors import ExportTooLarge
from pipeline.filters import DealFilter
from pipeline.models import DealKind, DealQuerySet, LossReason, Outcome, StageSetting

CHUNK = 2000


@dataclass(frozen=True)
class Format:
    """A kind of file: who writes it, how many rows it may have (as many as take a few seconds)."""

    write: Callable[[IO[bytes], Sequence[str], Iterator[Sequence[Cell]]], None]
    most_rows: int
    content_type: str


FORMATS = {
    "csv": Format(write_csv, 100_000, "text/csv; charset=utf-8"),
    "xlsx": Format(
        write_workbook, 20_000, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
}


@dataclass(frozen=True)
class Export:
    """A written file, at its beginning."""

    file: IO[bytes]
    rows: int
    name: str
    content_type: str


@dataclass(frozen=True)
class Out:
    """A column of the file: what it reads of a deal, and what it makes of that."""

    label: str | Promise
    paths: tuple[str, ...]
    cell: Callable[..., Cell] = lambda value: value


def export_deals(user: User, query: QueryDict, file_format: str) -> Export:
    """Write the deals an address asks for, as the user may see them, into a temporary file.

    Raises ExportTooLarge when there are more than the kind of file may have.
    """
    kind = FORMATS[file_format]
    deals = DealFilter(query, user=user).qs.with_expected_close_key()
    count = deals.order_by()[: kind.most_rows + 1].count()
    if count > kind.most_rows:
        raise ExportTooLarge(_too_large(file_format))
    outs = _outs(read_columns(user, query))
    ordered = deals.order_by(*order_of(known_sort(query.get("sort", ""))))
    # Closed by the answer that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    kind.write(file, [str(out.label) for out in outs], _rows(ordered, outs))
    file.seek(0)
    return Export(
        file, count, f"{_('deals')}-{timezone.localdate():%Y-%m-%d}.{file_format}", kind.content_type
    )


def _too_large(file_format: str) -> str:
    message = _("A file takes at most %(csv)s rows. Please narrow the filter.")
    if file_format == "xlsx":
        message = _(
            "Excel takes at most %(xlsx)s rows. Please narrow the filter, or take CSV (up to %(csv)s)."
        )
    return message % {name: number(kind.most_rows) for name, kind in FORMATS.items()}


def _rows(deals: DealQuerySet, outs: Sequence[Out]) -> Iterator[list[Cell]]:
    """The cells of each deal, read in chunks."""
    paths = list(dict.fromkeys(path for out in outs for path in out.paths))
    places = [(out.cell, [paths.index(path) for path in out.paths]) for out in outs]
    for values in deals.values_list(*paths).iterator(chunk_size=CHUNK):
        yield [cell(*[values[place] for place in wanted]) for cell, wanted in places]


def _outs(columns: Sequence[Column]) -> list[Out]:
    """The columns of the file for those of the list: number, customer and title first, each once."""
    known = _known_outs()
    names = ["deal", *(column.name for column in columns)]
    return list({str(out.label): out for name in names for out in known[name]}.values())


def _known_outs() -> dict[str, tuple[Out, ...]]:
    """What each column of the list becomes: amounts get their currency, stages their outcome beside them."""
    stages = {setting.stage: str(setting.label) for setting in StageSetting.objects.all()}
    reasons = {reason.pk: str(reason.label) for reason in LossReason.objects.all()}
    outcomes, kinds = _words(Outcome), _words(DealKind)
    company = Out(_lazy("Company"), ("company__name",))
    person = Out(_lazy("Person"), ("person__title", "person__first_name", "person__last_name"), _joined)
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
                pgettext_lazy("person in charge", "Owner"), ("owner__first_name", "owner__last_name"), _joined
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


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _while_open(outcome: str, cell: Cell) -> Cell:
    return cell if outcome == Outcome.OPEN else None


def _day(moment: datetime | None) -> Cell:
    return local_day(moment) if moment else None


def _days(since: datetime, until: datetime | None) -> int:
    return ((until or timezone.now()) - since).days
