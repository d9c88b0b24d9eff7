"""Persons, with the company they work for."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.duplicates import Draft, draft_of
from contacts.models import LANGUAGES, BuyingRole, Company, Employment, Person
from core.copying import copy_rows
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
from imports.directory import split_name
from imports.employers import Employers
from imports.kinds.base import TableKind
from imports.kinds.contacts import ContactWriter, Incoming
from imports.known import Known
from imports.read_rows import ReadRow
from imports.run import Run


class Persons(TableKind):
    """Persons: contacts of companies, and private customers."""

    code = "persons"
    label = _("People")
    one = _("Person")
    order = 20
    is_for_reps = True
    prefixes = ("person", "contact", "kontakt", "ansprechpartner", "property")
    keys = {"external_id": _("external id"), "email": _("E-mail"), "name": _("name")}

    def columns(self) -> list[Column]:
        """Name, position and company, address, ways to reach them, and what the company added itself."""
        return [
            Column(
                "external_id",
                _("external id"),
                "external id, externe id, record id, hs object id, contact id, contactid, person id, "
                "kontakt id, "
                "personen id, datensatz id, id",
                longest=80,
            ),
            choice(
                "salutation",
                _("salutation"),
                "salutation, anrede, prefix, titleofcourtesy, title of courtesy, gender, geschlecht",
                words={
                    "ms": "frau, ms, mrs, miss, ms., mrs., fr, fr., w, f, weiblich, female",
                    "mr": "herr, mr, mr., hr, hr., m, männlich, male",
                    "mx": "divers, diverse, mx, d",
                },
                choices=[pair for pair in Person.Salutation.choices if pair[0]],
            ),
            Column(
                "title",
                pgettext_lazy("of a person", "title"),
                "akademischer titel, academic title, titel",
                longest=40,
            ),
            Column("first_name", _("first name"), "first name, firstname, vorname, given name", longest=80),
            Column(
                "middle_name", _("middle name"), "middle name, weitere vornamen, zweiter vorname", longest=80
            ),
            Column(
                "last_name",
                _("last name"),
                "last name, lastname, nachname, familienname, surname, family name",
                longest=80,
            ),
            Column(
                "company_id",
                _("company (id)"),
                "company id, company ids, account id, accountid, account name id, organization id, "
                "organisation id, associated company ids, associated company id, "
                "primary associated company id, "
                "firmen id, kundennummer der firma",
                longest=80,
            ),
            Column(
                "company",
                _("company"),
                "company, company name, firma, unternehmen, account, account name, organization, "
                "organisation, "
                "associated company, primary associated company, firmenname, kunde, companyname",
            ),
            Column(
                "name",
                _("full name"),
                "name, full name, fn, vollständiger name, contact name, ansprechpartner, "
                "kontakt, contact, display name, kontaktname, contactname",
                longest=160,
            ),
            Column(
                "position",
                _("position"),
                "job title, jobtitle, position, funktion, titel der position, "
                "title, berufsbezeichnung, contacttitle",
                longest=120,
            ),
            choice(
                "role",
                _("role in purchases"),
                "role, rolle, buying role, rolle im einkauf",
                words={
                    "decision_maker": "decision maker, entscheider, economic buyer, geschäftsführer, ceo",
                    "influencer": "influencer, beeinflusser, champion, technical buyer",
                    "user": "user, end user, anwender, benutzer",
                    "gatekeeper": "gatekeeper, vorzimmer, zentrale, assistant, sekretariat",
                },
                choices=BuyingRole.choices,
            ),
            *reach_columns(),
            Column(
                "birthday",
                _("birthday"),
                "birthday, birthdate, date of birth, geburtstag, geburtsdatum",
                ColumnKind.DAY,
            ),
            choice(
                "language",
                _("language"),
                "language, sprache, preferred language",
                words={
                    "de": "german, deutsch, de de, deu, ger",
                    "en": "english, englisch, en us, en gb, eng",
                    "fr": "french, französisch, fr fr, fr ch, fra",
                    "it": "italian, italienisch, it it, it ch, ita",
                },
                choices=LANGUAGES,
            ),
            Column(
                "owner",
                pgettext_lazy("person in charge", "owner"),
                "owner, contact owner, person owner, owner name, zuständig, betreuer, "
                "verantwortlich, inhaber, "
                "besitzer, ownerid, owner id, contact owner id",
                ColumnKind.USER,
            ),
            Column(
                "note",
                _("note"),
                "note, notes, notiz, notizen, bemerkung, bemerkungen, description, beschreibung, kommentar",
                longest=4000,
            ),
            tags_column(),
            *extra_columns("person"),
        ]

    def missing(self, mapped: Collection[str]) -> str:
        """A person has a name."""
        if {"last_name", "name"} & set(mapped):
            return ""
        return str(_("Please say which column holds the last name or the full name."))

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write the persons and whom they work for."""
        named = [row for row in rows if _names(row)[1] or self._reject_nameless(row, run)]
        employers = Employers(named, run)
        lines = {row.line: row for row in named}
        prints = {row.line: self._prints(row, run) for row in named}
        known = Known(Person, run, prints, lambda line: _draft(lines[line], employers.known(lines[line])))
        incoming = []
        for row in named:
            found = known.place(row, " ".join(_names(row)).strip())
            if found.is_taken_in:
                incoming.append(self._incoming(row, run, found.row))
        companies = employers.of([entry.read for entry in incoming])
        ContactWriter(Person, run).write(incoming)
        _employ(incoming, companies, run)

    def _reject_nameless(self, row: ReadRow, run: Run) -> bool:
        run.reject(row.line, row.cells, _("The name is missing."))
        return False

    def _prints(self, row: ReadRow, run: Run) -> dict[str, str]:
        return {
            "external_id": run.key_of(row.text("external_id")),
            "email": row.text("email"),
            "name": " ".join(_names(row)).strip(),
            "company": row.text("company"),
        }

    def _incoming(self, row: ReadRow, run: Run, present: Person | None) -> Incoming[Person]:
        first_name, last_name = _names(row)
        facts: dict[str, object] = {
            "first_name": first_name,
            "last_name": last_name,
            "external_id": run.key_of(row.text("external_id")),
        }
        for name in ("salutation", "title", "birthday", "language"):
            if row.values.get(name):
                facts[name] = row.values[name]
        owner = run.actor.pk if run.is_own_only else row.values.get("owner")
        if owner and not (run.is_own_only and present):
            facts["owner_id"] = owner
        note = note_of(row)
        if note:
            facts["note"] = note
        reach = (channels_of(row, CHANNELS), address_of(row))
        return Incoming(row, facts, present, *reach, extra_of(row), tags_of(row))


def _draft(row: ReadRow, employer: Company | None) -> Draft:
    """The row as it is compared with everybody."""
    given, family = _names(row)
    return draft_of(
        Person,
        [(kind, value) for kind, value, _label in channels_of(row, CHANNELS)],
        given=given,
        family=family,
        birthday=row.values.get("birthday"),
        places=places_of(row),
        employers=frozenset([employer.pk] if employer else []),
    )


def _employ(incoming: Sequence[Incoming[Person]], employers: dict[int, Company], run: Run) -> None:
    keys = [entry.row.pk for entry in incoming if entry.row]
    present = set(Employment.objects.present().filter(person__in=keys).values_list("person_id", "company_id"))
    added = []
    for entry in incoming:
        company = employers.get(entry.read.line)
        if company is None or entry.row is None or (entry.row.pk, company.pk) in present:
            continue
        present.add((entry.row.pk, company.pk))
        position, role = entry.read.text("position"), entry.read.text("role")
        job = Employment(person=entry.row, company=company, position=position, role=role)
        added.append((entry.read.line, job))
    copy_rows(Employment, [job for _line, job in added])
    run.made(added)


def _names(row: ReadRow) -> tuple[str, str]:
    """First and last name; a full name is taken apart only where nothing else is said."""
    first, last = row.text("first_name"), row.text("last_name")
    if not last and not first:
        first, last = split_name(row.text("name"))
    first = " ".join(filter(None, [first, row.text("middle_name")]))
    return (first[:80], last[:80]) if last else ("", first[:80])
