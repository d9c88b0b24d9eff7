"""Deals: the import of the command line (imports.deals) behind the steps of the page."""

from collections.abc import Collection, Mapping

from django.conf import settings as site
from django.utils.translation import gettext_lazy as _

from imports.column_names import NAMES, Field
from imports.column_specs import Column, ColumnKind, choice
from imports.deal_rows import DEAL_FIELDS, deal_row
from imports.deals import write_plan
from imports.kinds.base import TableKind
from imports.mapping import ValueMap
from imports.planning import Planner
from imports.read_rows import RowReader
from imports.rejects import merged
from imports.rows import Interpreter, Settings
from imports.rules import Rules
from imports.run import Run
from imports.sources import Source
from imports.words import own_words, standing_of
from pipeline.models import DealKind, Outcome, Stage

LABELS: Mapping[str, object] = {
    Field.EXTERNAL_ID: _("external id"),
    Field.TITLE: _("title"),
    Field.COMPANY: _("company"),
    Field.PERSON: _("person"),
    Field.OWNER: _("owner (name or address)"),
    Field.TEAM: _("team"),
    Field.STAGE: _("stage"),
    Field.OUTCOME: _("outcome"),
    Field.OPENED_AT: _("opened at"),
    Field.CLOSED_AT: _("closed at"),
    Field.VALUE: _("value"),
    Field.CURRENCY: _("currency"),
    Field.PRODUCT: _("product"),
    Field.SOURCE: _("source"),
    Field.EXPECTED_CLOSE_ON: _("expected close"),
    Field.LOSS_REASON: _("loss reason"),
    Field.KIND: _("kind of business"),
    Field.NEXT_STEP: _("next step"),
    Field.NOTE: _("note"),
    Field.COMPANY_ID: _("company (id)"),
    Field.PERSON_ID: _("person (id)"),
}


class Deals(TableKind):
    """Deals, "
    "each with what its row tells of its history; stage histories are brought in on the command line."""

    code = "deals"
    label = _("Deals")
    one = _("Deal")
    order = 30
    keys = {"external_id": _("external id")}

    def columns(self) -> list[Column]:
        """The fields of the import of deals; stages and outcomes may be mapped by hand."""
        return [_column(name) for name in DEAL_FIELDS]

    def missing(self, mapped: Collection[str]) -> str:
        """A deal needs an id, and a stage or an outcome."""
        if Field.EXTERNAL_ID not in mapped:
            return str(
                _("Please say which column holds the id of the deal: it makes a second import harmless.")
            )
        if not {Field.STAGE, Field.OUTCOME} & set(mapped):
            return str(_("Please say which column holds the stage or the outcome."))
        return ""

    def take_file(self, reader: RowReader, run: Run) -> None:
        """Plan all deals of the file together, and write them with their histories."""
        rules = Rules(_settings(reader, run), now=run.now)
        interpreter = Interpreter(reader.table, reader.columns, rules.settings)
        source = Source(interpreter, *interpreter.rows(deal_row))
        planner = Planner(source, None, rules)
        plan = planner.run()
        run.progress.report(message=run.file.name)
        before = {deal.pk: planner.before[deal.pk] for deal in plan.filled}
        write_plan(planner, plan, rules, actor=run.actor)

        lines = {row.external_id: row.line for row in source.rows}
        run.made((lines[new.deal.external_id], new.deal) for new in plan.created)
        references = planner.references
        for rows in (
            references.companies.prepared,
            references.persons.prepared,
            references.persons.employments,
        ):
            run.made((0, row) for row in rows)
        run.changed((lines[deal.external_id], deal, before[deal.pk]) for deal in plan.filled)
        run.remember()
        for reject in merged(source.rejects):
            run.reject(reject.line, reject.cells, reject.reason)
        self._tell(run, planner, interpreter)
        run.advance(source.read)

    def _tell(self, run: Run, planner: Planner, interpreter: Interpreter) -> None:
        plan, tally = planner.plan, run.tally
        tally.counts["created"] += len(plan.created)
        tally.counts["updated"] += len(plan.filled)
        tally.counts["unchanged"] += plan.unchanged
        tally.counts["companies"] += len(planner.references.companies.prepared)
        if plan.differing:
            tally.notes[_("deals that are here already and say something else; nothing was overwritten")] += (
                plan.differing
            )
        tally.unmapped.update({(str(name), text): n for (name, text), n in interpreter.unmapped.items()})


def _settings(reader: RowReader, run: Run) -> Settings:
    given = reader.conventions
    words = [
        f"{code}:{theirs}={ours}"
        for code, pairs in given.values.items()
        for theirs, ours in pairs.items()
        if ours and theirs
    ]
    return Settings(
        zone=given.zone,
        currency=site.DEFAULT_CURRENCY,
        order=given.order,
        sign=given.sign,
        values=ValueMap(words),
        own_words=own_words(),
        key_of=run.key_of,
    )


def _column(name: Field) -> Column:
    label, names = LABELS[name], NAMES[name]
    if name in (Field.STAGE, Field.OUTCOME):
        outcomes = [(outcome.value, str(outcome.label)) for outcome in Outcome]
        stages = [(stage.name.lower(), str(stage.label)) for stage in Stage]
        return Column(name, label, names, ColumnKind.CHOICE, choices=(*stages, *outcomes), words=_Standings())  # type: ignore[arg-type]
    if name == Field.KIND:
        return choice(name, label, names, words={}, choices=DealKind.choices)  # type: ignore[arg-type]
    return Column(name, label, names, longest=4000)  # type: ignore[arg-type]


class _Standings(dict):
    """The words for stages and outcomes, asked one by one: their list stands in imports.words."""

    def get(self, word: str, default: object = None) -> object:
        """What a word means, by its name."""
        standing = standing_of(word, own_words())
        if standing is None:
            return default
        return standing.outcome or (standing.stage.name.lower() if standing.stage else default)
