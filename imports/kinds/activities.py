"""What was done with customers before they came here, and what is still to be done: each as what it is."""

from collections.abc import Collection, Iterable, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.actions import bring_in
from activities.models import Activity, FollowUp
from contacts.merging.survivors import survivor_of
from contacts.models import Channel, Person
from imports.activity_columns import what_columns, when_columns, whom_columns
from imports.activity_rows import Told, Whom, refusal, told_by
from imports.column_specs import Column
from imports.customers import Persons
from imports.employers import Employers
from imports.kinds.base import TableKind
from imports.read_rows import ReadRow
from imports.run import Run
from pipeline.models import Deal


class Activities(TableKind):
    """Calls, mails, appointments, online meetings, letters, notes and follow-ups, with moment and author."""

    code = "activities"
    label = _("Activities")
    one = _("Activity")
    order = 40
    is_for_reps = True
    prefixes = ("activity", "engagement", "property", "hs", "aktivität")

    def columns(self) -> list[Column]:
        """What was done, when, by whom, and with whom."""
        return [*what_columns(), *when_columns(), *whom_columns()]

    def missing(self, mapped: Collection[str]) -> str:
        """An activity says something, has a moment and belongs to somebody."""
        if not {"text", "subject", "kind"} & set(mapped):
            return str(_("Please say which column holds the text."))
        if "at" not in mapped:
            return str(_("Please say which column holds the day."))
        if not {"company_id", "company", "person_id", "email", "person", "deal_id"} & set(mapped):
            return str(_("Please say which column names the company, the person or the deal."))
        return ""

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write what is not here yet; the same words of the same moment are no second entry."""
        links = _Links(rows, run)
        told = []
        for row in rows:
            whom = links.of(row)
            problem = refusal(row, whom, run.now)
            if problem:
                run.reject(row.line, row.cells, problem)
            else:
                told.append((row.line, told_by(row, whom, run)))
        new = _new(told)
        run.tally.counts["unchanged"] += len(told) - len(new)
        run.tally.counts["created"] += len(new)
        _write(new, run)


class _Links:
    """Whom the rows are about."""

    def __init__(self, rows: Sequence[ReadRow], run: Run) -> None:
        self._run = run
        ids = {run.foreign_key(row, "person_id") for row in rows} - {""}
        emails = {row.text("email") for row in rows} - {""}
        deals = {run.foreign_key(row, "deal_id") for row in rows} - {""}
        people = Person.objects.filter(external_id__in=ids).select_related("merged_into")
        self._persons = {row.external_id: survivor_of(row) for row in people}
        channels = Channel.objects.filter(kind=Channel.Kind.EMAIL, value__in=emails, person__isnull=False)
        self._reached = {row.value: row.person for row in channels.select_related("person").order_by("-pk")}
        visible = Deal.objects.visible_to(run.actor).filter(external_id__in=deals)
        self._deals = {row.external_id: row for row in visible.select_related("company", "person")}
        self._named = Persons(row.text("person") for row in rows)
        self._companies = Employers(rows, run).of(rows)

    def of(self, row: ReadRow) -> Whom:
        """Company, person and deal of a row, as far as they are known."""
        deal = self._deals.get(self._run.foreign_key(row, "deal_id"))
        company = self._companies.get(row.line) or (deal.company if deal else None)
        person = self._persons.get(self._run.foreign_key(row, "person_id"))
        person = person or self._reached.get(row.text("email"))
        if person is None and row.text("person"):
            person = self._named.find(row.text("person"), company)
        return Whom(company, person or (deal.person if deal else None), deal)


def _new(told: Sequence[tuple[int, Told]]) -> list[tuple[int, Told]]:
    """What is not here yet, each once."""
    here = {*_here(told)}
    new = []
    for line, one in told:
        print_ = _print(one)
        if print_ not in here:
            here.add(print_)
            new.append((line, one))
    return new


def _here(told: Sequence[tuple[int, Told]]) -> Iterable[tuple[object, ...]]:
    moments = {one.entry.at for _line, one in told if one.entry and not one.step}
    entries = Activity.objects.filter(at__in=moments)
    yield from entries.values_list("kind", "at", "subject", "text", "company", "person", "deal")
    days = {one.step.due_on for _line, one in told if one.step}
    steps = FollowUp.objects.filter(due_on__in=days)
    yield from steps.values_list("due_on", "text", "owner", "company", "person", "deal")


def _print(one: Told) -> tuple[object, ...]:
    """By what an entry or a follow-up is known again."""
    step, entry = one.step, one.entry
    row = step or entry
    whom = (row.company_id, row.person_id, row.deal_id) if row else ()
    if step is not None:
        return (step.due_on, step.text, step.owner_id, *whom)
    return (str(entry.kind), entry.at, entry.subject, entry.text, *whom) if entry else ()


def _write(new: Sequence[tuple[int, Told]], run: Run) -> None:
    entries = [(line, one.entry) for line, one in new if one.entry]
    steps = [(line, one.step) for line, one in new if one.step]
    standing = bring_in([row for _, row in entries], [row for _, row in steps], actor=run.actor)
    lines = {row.pk: line for line, row in entries}
    made: list[tuple[int, models.Model]] = [*entries, *steps]
    made += [(lines[step.appointment_id], step) for step in standing if step.appointment_id]
    run.made(made)
