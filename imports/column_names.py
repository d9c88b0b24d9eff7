"""The fields of an import, and what their columns are called in the usual CRMs and lists."""

from collections.abc import Mapping
from enum import StrEnum


class Field(StrEnum):
    """What an import of deals, of their stage history, or of targets can take in."""

    EXTERNAL_ID = "external_id"
    TITLE = "title"
    COMPANY = "company"
    PERSON = "person"
    OWNER = "owner"
    TEAM = "team"
    STAGE = "stage"
    OUTCOME = "outcome"
    OPENED_AT = "opened_at"
    CLOSED_AT = "closed_at"
    VALUE = "value"
    CURRENCY = "currency"
    PRODUCT = "product"
    SOURCE = "source"
    EXPECTED_CLOSE_ON = "expected_close_on"
    LOSS_REASON = "loss_reason"
    KIND = "kind"
    NEXT_STEP = "next_step"
    NOTE = "note"
    AT = "at"
    MONTH = "month"
    MEASURE = "measure"
    COMPANY_ID = "company_id"
    PERSON_ID = "person_id"


NAMES: Mapping[str, str] = {
    Field.EXTERNAL_ID: (
        "external id, externe id, externe nummer, opportunity id, opportunity number, opportunitynummer, "
        "verkaufschance id, verkaufschance nr, verkaufschancennummer, chancen id, chancennummer, deal id, "
        "deal number, dealnummer, record id, datensatz id, hs object id, vorgangsnummer, vorgang id, "
        "projektnummer, case id, application id, id, nr, nummer, laufende nummer, lfd nr, number, "
        "application, vorgang, antrag, case"
    ),
    Field.TITLE: (
        "title, titel, name, opportunity name, deal name, deal title, verkaufschance name, name der "
        "verkaufschance, bezeichnung, betreff, subject, thema, topic, projekt, project, kurzbeschreibung"
    ),
    Field.COMPANY: (
        "company, company name, firma, firmenname, unternehmen, unternehmensname, account, account name, "
        "kunde, kundenname, customer, customer name, client, organization, organisation, organization "
        "name, associated company, associated companies, primary associated company, zugeordnetes "
        "unternehmen, potential customer, potenzieller kunde, interessent, parent account"
    ),
    Field.PERSON: (
        "person, contact, contact name, contact person, primary contact, associated contact, associated "
        "contacts, kontakt, kontaktperson, kontaktname, ansprechpartner, ansprechpartnerin, zugeordneter "
        "kontakt, entscheider"
    ),
    Field.OWNER: (
        "owner, owner name, owner id, wer, who, opportunity owner, deal owner, account owner, rep, sales "
        "rep, sales representative, sales agent, salesperson, seller, agent, assigned to, assignee, user, "
        "benutzer, inhaber, opportunity inhaber, deal inhaber, besitzer, verantwortlich, "
        "verantwortlicher, zuständig, zuständige person, zuständiger mitarbeiter, vertriebler, "
        "vertriebsmitarbeiter, verkäufer, verkäuferin, aussendienst, aussendienstmitarbeiter, betreuer, "
        "kundenbetreuer, bearbeiter, mitarbeiter, employee, employee id, mitarbeiter id, personalnummer"
    ),
    Field.TEAM: (
        "team, sales team, vertriebsteam, verkaufsteam, abteilung, department, regional office, "
        "verkaufsbüro, vertriebsbüro, niederlassung, hubspot team, owning team"
    ),
    Field.STAGE: (
        "stage, stage name, deal stage, sales stage, opportunity stage, pipeline stage, phase, "
        "phasenname, deal phase, verkaufsphase, vertriebsphase, verkaufsstufe, vertriebsstufe, stufe, "
        "step, deal pipeline stage id"
    ),
    Field.OUTCOME: (
        "outcome, result, ergebnis, status, deal status, state, zustand, status der verkaufschance, won "
        "lost, gewonnen verloren, ausgang"
    ),
    Field.OPENED_AT: (
        "opened at, opened on, open date, engage date, created at, created on, created date, create date, "
        "creation date, date created, deal created, start date, start, erstellt, erstellt am, "
        "erstelldatum, erstellungsdatum, angelegt, angelegt am, anlagedatum, eröffnet am, beginn, "
        "begonnen am, startdatum, eingang, eingangsdatum, erfasst am"
    ),
    Field.CLOSED_AT: (
        "closed at, closed on, closed date, close date, date closed, deal closed on, actual close date, "
        "won time, won date, geschlossen, geschlossen am, abgeschlossen am, abschluss, abschluss am, "
        "abschlussdatum, schlusstermin, schlussdatum, abschlusstermin, tatsächliches abschlussdatum, "
        "ende, enddatum"
    ),
    Field.VALUE: (
        "value, deal value, amount, deal amount, opportunity amount, close value, revenue, deal size, "
        "price, total, sum, wert, dealwert, betrag, volumen, auftragswert, auftragsvolumen, angebotswert, "
        "angebotssumme, umsatz, erwarteter umsatz, summe, auftragssumme, nettowert, net value, estimated "
        "revenue, actual revenue, target, target amount, target value, ziel, zielwert, zielbetrag, soll, "
        "sollwert, plan, planwert"
    ),
    Field.CURRENCY: (
        "currency, currency of value, amount currency, currency code, währung, währungscode, betrag währung"
    ),
    Field.PRODUCT: (
        "product, product name, products, produkt, produktname, artikel, artikelname, leistung, item, "
        "line item"
    ),
    Field.SOURCE: (
        "source, lead source, original source, original source type, origin, lead origin, channel, source "
        "channel, quelle, leadquelle, herkunft, kanal, kundenquelle"
    ),
    Field.EXPECTED_CLOSE_ON: (
        "expected close on, expected close date, expected close, expected closing, estimated close date, "
        "forecast close date, erwarteter abschluss, erwartetes abschlussdatum, voraussichtlicher "
        "abschluss, voraussichtliches abschlussdatum, geplanter abschluss, geschätztes abschlussdatum, "
        "abschluss erwartet"
    ),
    Field.LOSS_REASON: (
        "loss reason, lost reason, reason lost, closed lost reason, reason for loss, verlustgrund, "
        "absagegrund, ablehnungsgrund, grund für verlust, grund für den verlust, grund verloren"
    ),
    Field.KIND: (
        "kind, type, deal type, opportunity type, business type, art, typ, dealtyp, geschäftsart, art der "
        "verkaufschance, opportunity typ, neu bestand"
    ),
    Field.NEXT_STEP: (
        "next step, next steps, next activity, next activity subject, nächster schritt, nächste schritte, "
        "nächste aktivität, wiedervorlage, aufgabe"
    ),
    Field.NOTE: (
        "note, notes, notiz, notizen, bemerkung, bemerkungen, kommentar, comment, beschreibung, description"
    ),
    Field.AT: (
        "at, entered at, date entered, entered on, changed at, changed on, change date, moved at, "
        "timestamp, time, moment, date, stage date, last modified, datum, zeitpunkt, zeitstempel, "
        "geändert am, gewechselt am, änderungsdatum, eingetreten am, phasenbeginn, seit"
    ),
    Field.MONTH: "month, monat, target month, zielmonat, planmonat, period, periode, zeitraum",
    Field.COMPANY_ID: (
        "company id, company ids, account id, account name id, organization id, organisation id, "
        "associated company id, associated company ids, primary associated company id, firmen id, firma id, "
        "firmennummer, kundennummer, kunden id, unternehmen id"
    ),
    Field.PERSON_ID: (
        "person id, contact id, contact ids, contact name id, associated contact id, associated "
        "contact ids, primary contact id, contact person id, kontakt id, ansprechpartner id, personen id"
    ),
    Field.MEASURE: "measure, metric, kpi, kennzahl, messgröße, zielart, target type",
}
"""Names of columns, the most telling first; compared by `imports.columns.normal_name`."""

SUBJECT_NAMES = "verkaufschance, opportunity, deal, chance, geschäft"
"""A column with one of these names holds the id or the title: its values tell."""
