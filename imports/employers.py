"""The companies that rows name: by their foreign id, else by their name; one that is not here is made."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from contacts.merging.survivors import survivor_of
from contacts.models import Company
from imports.customers import Companies as NamedCompanies
from imports.read_rows import ReadRow
from imports.run import Run


class Employers:
    """The companies of some rows of persons or activities, looked up together."""

    def __init__(self, rows: Sequence[ReadRow], run: Run) -> None:
        self._run = run
        ids = {run.foreign_key(row, "company_id") for row in rows} - {""}
        found = Company.objects.filter(external_id__in=ids).select_related("merged_into")
        self._by_id = {company.external_id: survivor_of(company) for company in found}
        self._by_name = NamedCompanies(row.text("company") for row in rows)

    def known(self, row: ReadRow) -> Company | None:
        """The company of a row, if it is here already."""
        found = self._by_id.get(self._run.foreign_key(row, "company_id"))
        return found or self._by_name.find(row.text("company"))

    def of(self, rows: Sequence[ReadRow]) -> dict[int, Company]:
        """The company of each line; those that are missing are made."""
        found: dict[int, Company] = {}
        for row in rows:
            company = self._by_id.get(self._run.foreign_key(row, "company_id"))
            if company is None and row.text("company"):
                company = self._by_name.get(row.text("company"))
            if company is not None:
                found[row.line] = company
            elif row.text("company_id"):
                self._run.tally.notes[_("rows whose company is not here: they came in without one")] += 1
        self._make(found)
        return found

    def _make(self, found: dict[int, Company]) -> None:
        made, run = self._by_name.prepared, self._run
        if run.is_own_only:
            for company in made:
                company.owner = run.actor
        Company.objects.bulk_create(made)
        lines = {id(company): line for line, company in reversed(found.items())}
        run.made((lines[id(company)], company) for company in made)
        run.tally.counts["companies"] += len(made)
