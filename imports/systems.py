"""Which system a file comes from and which table it is, told by the names of its columns."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from imports.columns import normal_name
from imports.kinds import TableKind
from imports.tables import Table


class System(TextChoices):
    """Systems whose exports are known; the code stands before their ids here (`hubspot:4711`)."""

    NONE = "", _("a list of our own")
    HUBSPOT = "hubspot", "HubSpot"
    PIPEDRIVE = "pipedrive", "Pipedrive"
    SALESFORCE = "salesforce", "Salesforce"
    ZOHO = "zoho", "Zoho CRM"


class _Sign(StrEnum):
    """How a telling column is told."""

    IS = "is"
    BEGINS = "begins"


# As the exports of 2023 to 2026 name their columns; brackets, blanks and case do not count.
_TELLING: Mapping[System, Sequence[tuple[_Sign, str]]] = {
    System.HUBSPOT: [
        (_Sign.BEGINS, "property_"),
        (_Sign.BEGINS, "hs_"),
        (_Sign.IS, "Record ID"),
        (_Sign.IS, "Associated Company IDs"),
        (_Sign.IS, "Associated Contact IDs"),
        (_Sign.IS, "Company Domain Name"),
        (_Sign.IS, "Contact owner"),
        (_Sign.IS, "Company owner"),
        (_Sign.IS, "Deal owner"),
        (_Sign.IS, "Lifecycle Stage"),
        (_Sign.IS, "Datensatz-ID"),
        (_Sign.IS, "Associated Company"),
    ],
    System.PIPEDRIVE: [
        (_Sign.BEGINS, "Organization - "),
        (_Sign.BEGINS, "Person - "),
        (_Sign.BEGINS, "Deal - "),
        (_Sign.BEGINS, "Activity - "),
        (_Sign.BEGINS, "Organisation - "),
    ],
    System.SALESFORCE: [
        (_Sign.IS, "AccountId"),
        (_Sign.IS, "OwnerId"),
        (_Sign.IS, "MasterRecordId"),
        (_Sign.IS, "IsDeleted"),
        (_Sign.IS, "SystemModstamp"),
        (_Sign.IS, "StageName"),
        (_Sign.IS, "BillingPostalCode"),
        (_Sign.IS, "MailingPostalCode"),
        (_Sign.IS, "Billing Zip/Postal Code"),
        (_Sign.IS, "Mailing Zip/Postal Code"),
        (_Sign.IS, "WhoId"),
        (_Sign.IS, "WhatId"),
        (_Sign.IS, "Opportunity ID"),
        (_Sign.IS, "Account ID"),
        (_Sign.IS, "Contact ID"),
    ],
    System.ZOHO: [
        (_Sign.IS, "Record Id"),
        (_Sign.IS, "Account Name.id"),
        (_Sign.IS, "Contact Name.id"),
        (_Sign.IS, "Account Owner.id"),
        (_Sign.IS, "Contact Owner.id"),
        (_Sign.IS, "Deal Owner.id"),
        (_Sign.IS, "Parent Id.id"),
        (_Sign.IS, "Closing Date"),
        (_Sign.IS, "Billing Code"),
        (_Sign.IS, "Mailing Zip"),
        (_Sign.IS, "Created By.id"),
        (_Sign.IS, "Modified By.id"),
    ],
}
# Words of file names that settle what the columns leave open.
_FILE_WORDS = {
    "companies": (
        "account",
        "compan",
        "organi",
        "firm",
        "unternehmen",
        "kunden",
        "customer",
        "supplier",
        "lieferant",
    ),
    "persons": ("contact", "person", "people", "kontakt", "ansprechpartner", "adressbuch", "vcf"),
    "deals": ("deal", "opportunit", "potential", "verkaufschance", "chancen"),
    "leads": ("lead", "interessent"),
    "activities": (
        "activit",
        "note",
        "notiz",
        "task",
        "engagement",
        "call",
        "anruf",
        "aktivit",
        "taetigk",
        "tätigk",
    ),
}
# A file is of a system if this many of its columns, or this share of them, say so.
_ENOUGH, _ENOUGH_SHARE = 2, 0.5


def guessed_system(headers: Sequence[str]) -> System:
    """The system most of whose telling columns a file has; none if too few of them are there."""
    counts = {system: _told(headers, signs) for system, signs in _TELLING.items()}
    best = max(counts, key=lambda system: counts[system])
    is_told = counts[best] >= _ENOUGH or (headers and counts[best] / len(headers) >= _ENOUGH_SHARE)
    return best if is_told else System.NONE


def guessed_table(table: Table, kinds: Mapping[str, TableKind], file_name: str) -> str:
    """The table whose columns fit best and that lacks nothing it needs; the name of the file breaks a tie."""
    scores = {}
    for code, kind in kinds.items():
        found = kind.recognise(table)
        if not kind.missing(set(found.fields)):
            told = any(word in file_name.casefold() for word in _FILE_WORDS.get(code, ()))
            scores[code] = len(found.fields) * kind_weight(code, table) + 100 * told
    return max(scores, key=lambda code: scores[code]) if scores else ""


def kind_weight(code: str, table: Table) -> int:
    """Columns that only one table has tell more than those of all tables."""
    names = {normal_name(header) for header in table.headers}
    telling = {
        "persons": {
            "firstname",
            "lastname",
            "vorname",
            "nachname",
            "propertyfirstname",
            "personname",
            "salutation",
            "anrede",
        },
        "deals": {
            "stage",
            "dealstage",
            "stagename",
            "dealname",
            "phase",
            "propertydealname",
            "dealpipelinestageid",
            "dealtitle",
            "dealstatus",
            "opportunityid",
        },
        "companies": {
            "companyname",
            "accountname",
            "organizationname",
            "industry",
            "branche",
            "employees",
            "firma",
            "propertyname",
            "firmenname",
        },
        "activities": {
            "hstimestamp",
            "propertyhsbodypreview",
            "propertyhsnotebody",
            "activitydate",
            "betreff",
            "richtung",
            "aktivitatsart",
            "notebody",
            "tasksubtype",
            "engagementid",
        },
    }
    if code == "leads":  # its columns are those of any address book
        return 4 * len(names & {"leadnumber", "leadorigin", "leadsource", "prospectid", "leadid"})
    return 1 + 3 * len(names & telling.get(code, set()))


def _told(headers: Sequence[str], signs: Sequence[tuple[_Sign, str]]) -> int:
    return sum(any(_fits(header, sign, text) for sign, text in signs) for header in headers)


def _fits(header: str, sign: _Sign, text: str) -> bool:
    if sign == _Sign.BEGINS:
        return header.casefold().startswith(text.casefold())
    # "Record ID" is HubSpot's, "Record Id" is Zoho's: here case tells.
    return header.strip() == text or (
        text not in ("Record ID", "Record Id") and header.casefold() == text.casefold()
    )
