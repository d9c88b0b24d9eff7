"""Leads: the list of a fair, bought addresses, what another system knew of them."""

from collections.abc import Collection, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Suppression
from contacts.suppression import suppress
from imports.column_specs import Column, ColumnKind, choice
from imports.directory import known_sources
from imports.kinds.base import TableKind
from imports.lead_rows import LeadRows, legal_basis_of
from imports.read_rows import ReadRow
from imports.run import Run
from leads.models import Direction, Lead, Source
from leads.placing import give_out

NAMED = ("last_name", "company_name", "email", "phone", "external_id")
TEXTS = {
    "first_name": (_("first name"), "first name, vorname", 80),
    "last_name": (_("last name"), "last name, nachname, name, surname", 80),
    "company_name": (_("company"), "company, firma, account, organization, unternehmen", 200),
    "position": (_("position"), "position, job title, funktion, title", 120),
    "street": (_("street and number"), "street, straße, strasse, address, adresse", 120),
    "postal_code": (_("postal code"), "postal code, plz, zip, zip code", 12),
    "city": (_("place"), "city, ort, stadt, place", 80),
    "industry": (_("industry"), "industry, branche", 80),
    "interest": (_("interest"), "interest, interesse, product, produkt, specialization", 200),
    "source": (_("source"), "lead source, source, quelle, herkunft", 80),
    "legal_basis": (_("legal basis"), "legal basis, rechtsgrundlage, einwilligung, consent", 200),
}
YES = "yes, ja, true, 1, x, y, wahr"
NO = "no, nein, false, 0, n, falsch"


class Leads(TableKind):
    """Leads with their source; who has no name is called by the number they came with."""

    code = "leads"
    label = _("Leads")
    one = pgettext_lazy("before it is a deal", "Lead")
    order = 35
    prefixes = ("lead", "prospect", "interessent")
    keys = {"external_id": _("external id")}

    def columns(self) -> list[Column]:
        """What a lead says, where it came from, and what it does not want."""
        return [
            Column(
                "external_id",
                _("external id"),
                "lead number, lead id, id, external id, prospect id",
                longest=90,
            ),
            *(Column(code, label, names, longest=longest) for code, (label, names, longest) in TEXTS.items()),
            Column("email", _("E-mail"), "email, e mail, mail", ColumnKind.EMAIL),
            Column("phone", _("phone"), "phone, telefon, tel, mobile, mobil", ColumnKind.PHONE),
            Column("website", _("web site"), "website, web, url, homepage", ColumnKind.WEB),
            Column("country", _("country"), "country, land", ColumnKind.COUNTRY),
            Column(
                "at",
                _("received at"),
                "received at, created, created at, datum, date, eingang",
                ColumnKind.MOMENT,
            ),
            Column("owner", _("owner (name or address)"), "owner, zuständig, lead owner", ColumnKind.USER),
            Column("note", _("note"), "note, notiz, bemerkung, comment, nachricht, message", longest=4000),
            _switch("converted", _("converted already"), "converted, konvertiert"),
            _switch("no_mail", _("wants no e-mail"), "do not email, keine mail, keine e mail, opt out"),
            _switch("no_call", _("wants no calls"), "do not call, keine anrufe, kein anruf"),
            choice(
                "direction",
                _("who came to whom"),
                "direction, richtung",
                words={"inbound": "inbound, eingehend", "outbound": "outbound, ausgehend, gekauft"},
                choices=Direction.choices,
            ),
        ]

    def missing(self, mapped: Collection[str]) -> str:
        """Somebody has to be told apart from others."""
        if not set(NAMED) & set(mapped):
            return str(_("Please say which column holds a name, an address or an id."))
        return ""

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write new leads; those that are here already by their id stay as they are."""
        writer = LeadRows(run, _sources(rows))
        known = writer.known({run.key_of(row.text("external_id")) for row in rows})
        fresh: dict[str, ReadRow] = {}
        for row in rows:
            key = run.key_of(row.text("external_id"))
            if key and (key in known or key in fresh):
                run.tally.counts["unchanged"] += 1
            else:
                fresh[key or f"line {row.line}"] = row
        made = [(row.line, writer.lead_of(row)) for row in fresh.values()]
        writer.write([lead for _line, lead in made], list(fresh.values()))
        run.made(made)
        run.tally.counts["created"] += len(made)
        if run.brought.gives_out:
            _give_out([lead for _line, lead in made], run)
        self._keep_wishes(list(fresh.values()), run)

    def _keep_wishes(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Who wants no mail or no calls is on the list of objections, whatever becomes of the lead."""
        for code, name, means in (("no_mail", "email", "email"), ("no_call", "phone", "phone")):
            wished = [row for row in rows if row.text(code) == "yes"]
            for row in wished:
                if value := row.text(name):
                    suppress(means, value, origin=Suppression.Origin.OBJECTION, since=run.as_of)
            if wished:
                label = _("want no e-mail") if code == "no_mail" else _("want no calls")
                run.tally.notes[label] += len(wished)
        bare = [
            row for row in rows if (row.text("email") or row.text("phone")) and not legal_basis_of(row, run)
        ]
        if bare:
            run.tally.notes[_("without a legal basis: no advertising until one is noted")] += len(bare)


def _switch(code: str, label: str | Promise, names: str) -> Column:
    return choice(
        code, label, names, words={"yes": YES, "no": NO}, choices=[("yes", _("yes")), ("no", _("no"))]
    )


def _give_out(leads: Sequence[Lead], run: Run) -> None:
    """Those of nobody go to whom the rules say; a trial, which is rolled back, only counts them."""
    free = [lead for lead in leads if lead.owner is None and lead.is_open]
    if run.is_trial:
        run.tally.notes[_("of nobody: go to whom the rules of assignment say")] += len(free)
        return
    given = [lead for lead in map(give_out, free) if lead.owner is not None]
    run.tally.notes[_("given out by the rules of assignment")] += len(given)


def _sources(rows: Sequence[ReadRow]) -> dict[str, Source]:
    """The sources by the names the rows give them; new ones are created."""
    known = known_sources()
    named = {row.text("source"): known.get(row.text("source")) for row in rows if row.text("source")}
    Source.objects.bulk_create(known.prepared)
    return named
