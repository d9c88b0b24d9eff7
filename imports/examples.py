"""Rows that show how a table is filled in: invented, and such that they come in as they stand."""

from collections.abc import Sequence

from imports.column_specs import Column

Row = dict[str, str]

# fmt: off

_COMPANIES: list[Row] = [
    {
        "external_id": "F-1001",
        "customer_number": "10001",
        "name": "Muster Maschinenbau GmbH",
        "kind": "Interessent; Lieferant",
        "industry": "Maschinenbau",
        "employees": "48",
        "register_court": "Musterstadt",
        "register_kind": "HRB",
        "register_number": "4711",
        "phone": "030 23125 100",
        "email": "info@muster-maschinenbau.example",
        "web": "www.muster-maschinenbau.example",
        "street": "Werkstraße 12",
        "postal_code": "10115",
        "city": "Berlin",
        "country": "DE",
        "tags": "Messe 2026, Wartungsvertrag",
        "note": "Zwei Werke, Einkauf sitzt in Berlin.",
    },
    {
        "external_id": "F-1002",
        "customer_number": "10002",
        "name": "Beispiel & Söhne KG",
        "parent_id": "F-1001",
        "kind": "Partner",
        "industry": "Großhandel",
        "stated_size": "50 bis 249",
        "phone": "089 99998 20",
        "phone_2": "089 99998 21",
        "mobile": "0171 3920001",
        "email": "kontakt@beispiel-soehne.example",
        "email_2": "einkauf@beispiel-soehne.example",
        "street": "Marktplatz 3",
        "postal_code": "80331",
        "city": "München",
        "country": "Deutschland",
    },
]
_PERSONS: list[Row] = [
    {
        "external_id": "P-2001",
        "salutation": "Frau",
        "title": "Dr.",
        "first_name": "Erika",
        "last_name": "Muster",
        "company_id": "F-1001",
        "company": "Muster Maschinenbau GmbH",
        "position": "Leiterin Einkauf",
        "role": "Entscheider",
        "phone": "030 23125 110",
        "mobile": "0171 3920010",
        "email": "erika.muster@muster-maschinenbau.example",
        "birthday": "14.03.1979",
        "language": "Deutsch",
        "tags": "Messe 2026",
        "note": "Ruft gern nachmittags zurück.",
    },
    {
        "external_id": "P-2002",
        "salutation": "Herr",
        "first_name": "Max",
        "last_name": "Beispiel",
        "company_id": "F-1002",
        "company": "Beispiel & Söhne KG",
        "position": "Geschäftsführer",
        "role": "Entscheider",
        "email": "max.beispiel@beispiel-soehne.example",
        "language": "Englisch",
    },
]
_DEALS: list[Row] = [
    {
        "external_id": "C-3001",
        "title": "Fräszentrum mit Wartung",
        "company": "Muster Maschinenbau GmbH",
        "company_id": "F-1001",
        "person": "Erika Muster",
        "person_id": "P-2001",
        "stage": "Angebot",
        "outcome": "offen",
        "opened_at": "12.01.2026",
        "value": "48.500,00",
        "currency": "EUR",
        "expected_close_on": "30.06.2027",
        "note": "Angebot liegt vor.",
    },
    {
        "external_id": "C-3002",
        "title": "Ersatzteile Rahmenvertrag",
        "company": "Beispiel & Söhne KG",
        "company_id": "F-1002",
        "stage": "Abschluss",
        "outcome": "gewonnen",
        "opened_at": "03.02.2026",
        "closed_at": "27.03.2026",
        "value": "12.000,00",
        "currency": "EUR",
    },
]
_ACTIVITIES: list[Row] = [
    {
        "kind": "Anruf",
        "at": "15.01.2026 10:30",
        "text": "Bedarf besprochen, Termin folgt.",
        "result": "Entscheider erreicht",
        "direction": "ausgehend",
        "duration": "12",
        "company_id": "F-1001",
        "company": "Muster Maschinenbau GmbH",
        "person_id": "P-2001",
    },
    {
        "kind": "Termin",
        "at": "22.01.2026 09:00",
        "ends_at": "22.01.2026 10:30",
        "status": "erledigt",
        "subject": "Besichtigung Werk 1",
        "text": "Halle 2 braucht ein neues Fräszentrum.",
        "place": "Werkstraße 12, Berlin",
        "company_id": "F-1001",
        "company": "Muster Maschinenbau GmbH",
    },
    {
        "kind": "E-Mail",
        "at": "23.01.2026 08:15",
        "subject": "Ihr Angebot",
        "direction": "ausgehend",
        "text": "Wie besprochen anbei unser Angebot.",
        "company_id": "F-1001",
        "company": "Muster Maschinenbau GmbH",
        "email": "erika.muster@muster-maschinenbau.example",
    },
    {
        "kind": "Wiedervorlage",
        "at": "01.02.2027",
        "status": "offen",
        "subject": "Wartungsvertrag ansprechen",
        "company_id": "F-1002",
        "company": "Beispiel & Söhne KG",
    },
]
_PRODUCTS: list[Row] = [
    {
        "number": "A-100", "name": "Fräszentrum 500", "group": "Maschinen", "unit": "Stück",
        "price": "42.900,00", "currency": "EUR",
    },
    {
        "number": "A-200", "name": "Wartung jährlich", "group": "Service", "unit": "Jahr",
        "price": "1.980,00", "currency": "EUR",
    },
]
_LINES: list[Row] = [
    {
        "product_number": "A-100", "product": "Fräszentrum 500", "quantity": "1", "unit": "Stück",
        "unit_price": "42.900,00", "discount": "5", "vat_rate": "19",
    },
    {
        "product_number": "A-200", "product": "Wartung jährlich", "quantity": "2", "unit": "Jahr",
        "unit_price": "1.980,00", "discount": "0", "vat_rate": "19",
    },
]
_ORDER: Row = {
    "external_id": "A-4001",
    "number": "2026-0001",
    "company_id": "F-1001",
    "company": "Muster Maschinenbau GmbH",
    "ordered_on": "27.03.2026",
    "currency": "EUR",
}
_LEADS: list[Row] = [
    {
        "external_id": "L-5001",
        "first_name": "Jonas",
        "last_name": "Vorbild",
        "company_name": "Vorbild Metallbau GmbH",
        "position": "Betriebsleiter",
        "street": "Hafenweg 7",
        "postal_code": "20457",
        "city": "Hamburg",
        "country": "DE",
        "industry": "Metallbau",
        "interest": "Wartungsvertrag",
        "source": "Messe 2026",
        "legal_basis": "Einwilligung am Messestand",
        "email": "jonas.vorbild@vorbild-metallbau.example",
        "phone": "040 66969 10",
        "at": "12.03.2026 10:30",
        "note": "Will ab Sommer zwei Anlagen warten lassen.",
        "direction": "eingehend",
    },
    {
        "external_id": "L-5002",
        "last_name": "Probe",
        "company_name": "Probe Logistik AG",
        "city": "Bremen",
        "country": "Deutschland",
        "source": "Adressliste Nord",
        "legal_basis": "mutmaßliche Einwilligung, Branche passt",
        "phone": "0421 23234 20",
        "no_mail": "ja",
        "direction": "gekauft",
    },
]
# fmt: on
_ROWS: dict[str, list[Row]] = {
    "companies": _COMPANIES,
    "persons": _PERSONS,
    "leads": _LEADS,
    "deals": _DEALS,
    "activities": _ACTIVITIES,
    "products": _PRODUCTS,
    "orders": [{**_ORDER, **line} for line in _LINES],
    "order_lines": [{"order_id": "A-4001", **line} for line in _LINES],
}


def example_rows(table: str, columns: Sequence[Column]) -> list[list[str]]:
    """The example rows of a table, cell by cell under its columns."""
    return [[row.get(column.code, "") for column in columns] for row in _ROWS.get(table, [])]
