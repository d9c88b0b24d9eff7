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
from imports.kinds.base import TableKind
from imports.kinds.contacts import (
    ContactWriter,
    Incoming,
    address_of,
    channels_of,
    extra_of,
    note_of,
    places_of,
)
from imports.known import Known
from imports.read_rows import ReadRow
from imports.run import Run

CHANNELS = ("phone", "phone_2", "mobile", "email", "email_2", "web")
TEXTS = ("customer_number", "industry", "register_court")


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
                run.reject(row.line, row.cells, str(_("The name is missing.")))
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
            "legal_form": legal_form(row.text("name")),
            "external_id": run.key_of(row.text("external_id")),
            **{name: row.text(name) for name in TEXTS if row.text(name)},
        }
        if row.values.get("kind"):
            facts["kinds"] = [row.values["kind"]]
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
        return Incoming(row, facts, present, channels_of(row, CHANNELS), address_of(row), extra_of(row))


def _draft(row: ReadRow) -> Draft:
    """The row as it is compared with everybody."""
    channels = [(kind, value) for kind, value, _label in channels_of(row, CHANNELS)]
    numbers = _numbers(row)
    register = register_key(row.text("register_court"), str(numbers.get("register_number", "")))
    return draft_of(
        Company,
        channels,
        name=row.text("name"),
        legal_form=legal_form(row.text("name")),
        vat_id=str(numbers.get("vat_id", "")),
        register=register,
        places=places_of(row),
    )


def reach_columns() -> list[Column]:
    """How to reach a company or a person, under the names that the usual systems give it."""
    return [
        Column(
            "phone",
            _("Phone"),
            "phone, phone number, telefon, telefonnummer, tel, telefon zentrale, business phone, phone work, "
            "telefon geschäftlich, main phone, festnetz, work phone, telephone",
            ColumnKind.PHONE,
        ),
        Column(
            "phone_2",
            _("Second phone"),
            "phone 2, telefon 2, business phone 2, other phone, home phone, phone home, telefon privat, "
            "phone other, telefon geschäftlich 2",
            ColumnKind.PHONE,
        ),
        Column(
            "mobile",
            _("Mobile"),
            "mobile, mobile phone, mobile phone number, mobilephone, handy, mobil, mobiltelefon, "
            "phone mobile, "
            "mobilnummer, handynummer",
            ColumnKind.PHONE,
        ),
        Column(
            "email",
            _("E-mail"),
            "email, e mail, e mail adresse, email address, mail, email work, e mail address, mailadresse",
            ColumnKind.EMAIL,
        ),
        Column(
            "email_2",
            _("Second e-mail"),
            "email 2, e mail 2, e mail 2 adresse, e mail 2 address, secondary email, email other, "
            "email home, "
            "other email, email 1",
            ColumnKind.EMAIL,
        ),
        Column(
            "web",
            _("Web site"),
            "website, website url, web site, web, homepage, url, internet, internetseite, webseite, "
            "company domain name, domain, web page",
            ColumnKind.WEB,
        ),
        Column(
            "street",
            _("street and number"),
            "street, street address, billing street, billingstreet, mailing street, mailingstreet, "
            "business street, straße, strasse, straße und hausnummer, anschrift, adresse, address, "
            "address line 1, straße geschäftlich",
            longest=120,
        ),
        Column(
            "postal_code",
            _("postal code"),
            "postal code, zip, zip code, plz, postleitzahl, billing zip postal code, billing code, "
            "billingpostalcode, mailing zip, mailing zip postal code, mailingpostalcode, mailing code, "
            "business postal code, billing zip, zip postal code, postalcode, zip code of address",
            longest=12,
        ),
        Column(
            "city",
            _("place"),
            "city, ort, stadt, billing city, billingcity, mailing city, mailingcity, business city, wohnort, "
            "town, city town village locality of address, registered office, sitz",
            longest=80,
        ),
        Column(
            "country",
            _("country"),
            "country, country region, land, staat, billing country, billingcountry, mailing country, "
            "mailingcountry, business country region, country of address",
            ColumnKind.COUNTRY,
        ),
    ]


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
