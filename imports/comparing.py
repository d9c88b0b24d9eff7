"""Deals that are here already: what the file says otherwise, and what it can fill in."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models

from imports.deal_rows import DealRow
from imports.histories import History
from imports.new_deals import current_owner, expected_close_on, title_of
from imports.references import References
from imports.rules import Rules
from pipeline.models import Deal, StageChange

FILLABLE = ("company", "person", "product", "source")
"""What an import may fill in where nothing stands here: no figure of the past depends on it."""


class Existing:
    """The deals of a file that are here already, with their histories."""

    def __init__(self, external_ids: Iterable[str]) -> None:
        related = ("company", "person", "owner", "product", "source")
        deals = Deal.objects.filter(external_id__in=list(external_ids)).select_related(*related)
        self.deals = {deal.external_id: deal for deal in deals}
        self._steps: dict[int, list[tuple[datetime, int, str]]] = {deal.pk: [] for deal in deals}
        rows = StageChange.objects.effective().filter(deal__in=self._steps).order_by("deal", "seq")
        for deal_id, at, stage, outcome in rows.values_list("deal", "at", "to_stage", "to_outcome"):
            self._steps[deal_id].append((at, stage, outcome))

    def differences(
        self, deal: Deal, row: DealRow, history: History, to: References, rules: Rules
    ) -> set[str]:
        """In which fields the file says something else than we; what it does not say is no difference."""
        said = {**_said(row, history, rules), **_named(deal, row, history, to)}
        different = {name for name, theirs in said.items() if theirs != getattr(deal, name)}
        theirs = [(step.at, int(step.stage), str(step.outcome)) for step in history.steps]
        unsure = int(history.is_undated)
        if [step[unsure:] for step in theirs] != [step[unsure:] for step in self._steps[deal.pk]]:
            different.add("history")
        return different

    def fill(self, deal: Deal, row: DealRow, to: References) -> set[str]:
        """Fill in what the deal lacks and the row names; answer what that was."""
        lacks = {name for name in FILLABLE if getattr(row, name) and getattr(deal, name) is None}
        if deal.company is None:
            deal.company = to.companies.get(row.company, row.company_id)
            lacks |= {"company"} if deal.company else set()
        if deal.person is None:
            deal.person = to.persons.get(row.person, deal.company, row.person_id)
            lacks |= {"person"} if deal.person else set()
        if "product" in lacks:
            deal.product = to.products.get(row.product)
        if "source" in lacks:
            deal.source = to.sources.get(row.source)
        deal.version += bool(lacks)
        return lacks


def _said(row: DealRow, history: History, rules: Rules) -> dict[str, object]:
    """The plain values that the file states."""
    said = {
        "title": title_of(row) if row.title else "",
        "value": row.value,
        "currency": row.currency if row.value is not None else "",
        "kind": row.kind,
        "note": row.note,
        "expected_close_on": expected_close_on(row, history, rules),
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def _named(deal: Deal, row: DealRow, history: History, to: References) -> Mapping[str, models.Model | None]:
    """What the file names and we have something else for; what is blank here can be filled in instead."""
    owner = current_owner(row, history)
    return {
        "owner": to.reps.find(owner) if owner else deal.owner,
        "company": to.companies.find(row.company, row.company_id)
        if row.company and deal.company
        else deal.company,
        "person": to.persons.find(row.person, deal.company, row.person_id)
        if row.person and deal.person
        else deal.person,
        "product": to.products.find(row.product) if row.product and deal.product else deal.product,
        "source": to.sources.find(row.source) if row.source and deal.source else deal.source,
    }
