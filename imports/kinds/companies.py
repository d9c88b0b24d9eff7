"""Companies."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.duplicates import Draft, draft_of
from contacts.identifiers import register_number, vat_id
from contacts.legal_forms import legal_form
from contacts.matching.records import register_key
from contacts.models import Company
from imports.column_specs import Column, ColumnKind, choice, extra_columns
from imports.contact_columns import reach_columns, tags_column
from imports.contact_rows import (
    CHANNELS,
    address_of,
    channels_of,
    extra_of,
    note_of,
    places_of,
    tags_of,
)
from imports.kinds.base import TableKind
from imports.kinds.contacts import ContactWriter, Incoming
from imports.known import Known
from imports.read_rows import ReadRow
from imports.run import Run

TEXTS = ("customer_number", "industry", "register_court", "stated_size")


class Companies(TableKind):
    """Companies: customers, prospects, partners, suppliers, competitors."""

    code = "companies"
    label = _("Companies")
    one = _("Company")
    order = 10
    is_for_reps = True
    prefixes = ("organization", "organisation", "account", "company", "firma", "unternehmen", "property")
    keys = {
        "external_id": _("external id"),
        "customer_number": _("customer number"),
        "vat_id": _("VAT id"),
        "email": _("E-mail"),
        "name": _("name"),
    }

    def columns(self) -> list[Column]:
        """Names, numbers, address, ways to reach them, and what the company added itself."""
        return [
            Column(
                "external_id",
                _("external id"),
                "external id, externe id, externe nummer, record id, hs object id, company id, account id, "
                "organization id, organisation id, reseller key, firmen id, firma id, companyid, "
                "datensatz id, accountid, company number, id",
                longest=80,
            ),
            Column(
                "customer_number",
                _("customer number"),
                "kundennummer, kunden nr, kundennr, kdnr, kd nr, customer number, customer no, customer id, "
                "customerid, debitorennummer, debitor, account number, nummer, nr",
                longest=40,
            ),
            Column(
                "name",
                _("name"),
                "company name, account name, organization name, firmenname, firma, name der firma, "
                "unternehmen, unternehmensname, companyname, company, account, organization, organisation, "
                "kunde, kundenname, customer, customer name, reseller, name, name 1, bezeichnung",
            ),
            Column(
                "parent_id",
                _("parent company (id)"),
                "parent account id, parent id, parentid, parent company id",
            ),
            choice(
                "kind",
                _("kind"),
                "kind, type, art, typ, account type, firmenart, beziehung, kategorie",
                words={
                    "prospect": "prospect, interessent, lead, customer, kunde, client, neukunde, "
                    "bestandskunde, stammkunde, customer direct, customer channel, aktiver kunde",
                    "partner": "partner, reseller, händler, vertriebspartner, channel partner reseller, "
                    "integrator, distributor, installation partner, technology partner",
                    "supplier": "supplier, vendor, lieferant, zulieferer, hersteller",
                    "competitor": "competitor, wettbewerber, mitbewerber, konkurrent, konkurrenz",
                },
                choices=Company.Kind.choices,
                holds_many=True,
            ),
            Column(
                "legal_form",
                _("legal form"),
                "legal form, rechtsform, unternehmensform, company type, gesellschaftsform",
                longest=40,
            ),
            Column(
                "industry", _("industry"), "industry, branche, wirtschaftszweig, sector, sektor", longest=80
            ),
            Column(
                "employees",
                _("employees"),
                "employees, number of employees, numberofemployees, no of employees, mitarbeiter, "
                "mitarbeiterzahl, anzahl mitarbeiter, beschäftigte",
                ColumnKind.NUMBER,
            ),
            choice(
                "stated_size",
                _("size"),
                "size, größe, company size, firmengröße, unternehmensgröße, größenklasse, betriebsgröße",
                words={
                    "micro": "micro, kleinst, bis 9, 0 9, 1 9, 1 10, 2 10",
                    "small": "small, klein, 10 bis 49, 10 49, 11 50",
                    "medium": "medium, mittel, mittelgroß, 50 bis 249, 50 249, 51 200, 51 250",
                    "large": "large, groß, enterprise, ab 250, 250, 251 500, 201 500, 501 1000, 1000",
                },
                choices=Company.Size.choices,
            ),
            Column(
                "vat_id",
                _("VAT id"),
                "vat id, vat number, ust id, ust idnr, umsatzsteuer id, ustid, uid",
                longest=30,
            ),
            Column(
                "register_court",
                _("register court"),
                "register court, registergericht, amtsgericht, registrar, handelsregister gericht",
                longest=80,
            ),
            Column(
                "register_kind", _("kind of register"), "register art, registerart, register type", longest=10
            ),
            Column(
                "register_number",
                _("register number"),
                "register number, registernummer, handelsregisternummer, handelsregister, hrb, register nr, "
                "commercial register number",
                longest=40,
            ),
            *reach_columns(),
            Column(
                "owner",
                pgettext_lazy("person in charge", "owner"),
                "owner, company owner, account owner, organization owner, owner name, zuständig, betreuer, "
                "kundenbetreuer, verantwortlich, inhaber, besitzer, vertriebler, sales rep, ownerid, "
                "owner id, "
                "account owner id",
                ColumnKind.USER,
            ),
            Column(
                "note",
                _("note"),
                "note, notes, notiz, notizen, bemerkung, bemerkungen, description, "
                "beschreibung, kommentar, about us",
                longest=4000,
            ),
            tags_column(),
            *extra_columns("company"),
        ]

    def missing(self, mapped: Collection[str]) -> str:
        """A company has a name."""
        return "" if "name" in mapped else str(_("Please say which column holds the name of the company."))

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write the rows; parents that come in later are known only to the next import."""
        named = [row for row in rows if row.text("name")]
        for row in rows:
            if not row.text("name"):
                run.reject(row.line, row.cells, _("The name is missing."))
        lines = {row.line: row for row in named}
        known = Known(Company, run, self._fingerprints(named, run), lambda line: _draft(lines[line]))
        parents = known.by_external_ids(run.key_of(row.text("parent_id")) for row in named)
        incoming = []
        for row in named:
            found = known.place(row, row.text("name"))
            if found.is_taken_in:
                incoming.append(self._incoming(row, run, found.row, parents))
        ContactWriter(Company, run).write(incoming)

    def _fingerprints(self, rows: Sequence[ReadRow], run: Run) -> dict[int, dict[str, str]]:
        """By what each row may be found, by line."""
        return {
            row.line: {
                "external_id": run.key_of(row.text("external_id")),
                "customer_number": row.text("customer_number"),
                "vat_id": str(_numbers(row).get("vat_id", "")),
                "email": row.text("email"),
                "name": row.text("name"),
            }
            for row in rows
        }

    def _incoming(
        self, row: ReadRow, run: Run, present: Company | None, parents: dict[str, Company]
    ) -> Incoming[Company]:
        facts: dict[str, object] = {
            "name": row.text("name"),
            "legal_form": row.text("legal_form") or legal_form(row.text("name")),
            "external_id": run.key_of(row.text("external_id")),
            **{name: row.text(name) for name in TEXTS if row.text(name)},
        }
        if row.words("kind"):
            # Added to what it is to us: a list of suppliers does not say that none of them is a customer.
            facts["kinds"] = list(dict.fromkeys([*(present.kinds if present else []), *row.words("kind")]))
        if row.values.get("employees") is not None:
            facts["employees"] = row.values["employees"]
        facts |= _numbers(row)
        owner = run.actor.pk if run.is_own_only else row.values.get("owner")
        if owner and not (run.is_own_only and present):
            facts["owner_id"] = owner
        parent = parents.get(run.key_of(row.text("parent_id")))
        if parent is not None and (present is None or parent.pk != present.pk):
            facts["parent_id"] = parent.pk
        row.remarks += _numbers_refused(row)
        note = note_of(row)
        if note:
            facts["note"] = note
        reach = (channels_of(row, CHANNELS), address_of(row))
        return Incoming(row, facts, present, *reach, extra_of(row), tags_of(row))


def _draft(row: ReadRow) -> Draft:
    """The row as it is compared with everybody."""
    channels = [(kind, value) for kind, value, _label in channels_of(row, CHANNELS)]
    numbers = _numbers(row)
    register = register_key(row.text("register_court"), str(numbers.get("register_number", "")))
    return draft_of(
        Company,
        channels,
        name=row.text("name"),
        legal_form=row.text("legal_form") or legal_form(row.text("name")),
        vat_id=str(numbers.get("vat_id", "")),
        register=register,
        places=places_of(row),
    )


def _numbers(row: ReadRow) -> dict[str, object]:
    """VAT id and register number, checked by their rules."""
    facts: dict[str, object] = {}
    for name, rule, text in _numbers_said(row):
        with suppress(ValidationError):
            facts[name] = rule(text)
    return facts


def _numbers_refused(row: ReadRow) -> list[str]:
    """What breaks the rules of VAT ids and register numbers: it is kept as text."""
    labels = {"vat_id": _("VAT id"), "register_number": _("register number")}
    right = _numbers(row)
    return [f"{labels[name]}: {text}" for name, _rule, text in _numbers_said(row) if name not in right]


def _numbers_said(row: ReadRow) -> Iterator[tuple[str, Callable[[str], str], str]]:
    register = f"{row.text('register_kind')} {row.text('register_number')}".strip()
    if row.text("vat_id"):
        yield "vat_id", vat_id, row.text("vat_id")
    if row.text("register_number"):
        yield "register_number", register_number, register
