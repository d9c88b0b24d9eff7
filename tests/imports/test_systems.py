"""Exports of other systems are recognised by their columns, and so is what they hold."""

import pytest

from imports.kinds import KINDS
from imports.reading import read_table
from imports.systems import System, guessed_system, guessed_table

EXPORTS = {
    ("hubspot", "companies"): (
        "Record ID,Company name,Company owner,Create Date,Phone Number,City,Country/Region,Industry,"
        "Company Domain Name,Number of Employees"
    ),
    ("hubspot", "persons"): (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Job Title,Associated Company,"
        "Associated Company IDs (Primary),Lifecycle Stage"
    ),
    ("hubspot", "deals"): (
        "Record ID,Deal Name,Deal Stage,Pipeline,Deal owner,Amount,Close Date,Associated Company,"
        "Associated Company IDs,Associated Contact IDs"
    ),
    ("pipedrive", "companies"): (
        "Organization - ID,Organization - Name,Organization - Owner,"
        "Organization - Address,Organization - People"
    ),
    ("pipedrive", "persons"): (
        "Person - ID,Person - Name,Person - Organization,Person - Email - Work,"
        "Person - Phone - Work,Person - Owner"
    ),
    ("pipedrive", "deals"): (
        "Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,"
        "Deal - Currency,Deal - Stage,"
        "Deal - Status,Deal - Deal created,Deal - Won time"
    ),
    ("salesforce", "companies"): (
        "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingStreet,BillingCity,"
        "BillingPostalCode,BillingCountry,"
        "Phone,Website,Industry,NumberOfEmployees,OwnerId"
    ),
    ("salesforce", "persons"): (
        "Id,AccountId,LastName,FirstName,Salutation,MailingStreet,MailingCity,"
        "MailingPostalCode,Phone,MobilePhone,"
        "Email,Title,OwnerId"
    ),
    ("salesforce", "deals"): (
        "Id,AccountId,Name,Description,StageName,Amount,"
        "CloseDate,IsClosed,IsWon,OwnerId,CreatedDate"
    ),
    ("zoho", "companies"): (
        "Record Id,Account Owner.id,Account Owner,Account Name,Phone,Website,Industry,"
        "Employees,Billing Street,"
        "Billing City,Billing Code,Billing Country"
    ),
    ("zoho", "persons"): (
        "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name.id,"
        "Account Name,Email,Title,Phone,"
        "Mobile,Mailing Street,Mailing Zip,Mailing City"
    ),
    ("zoho", "deals"): (
        "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,"
        "Account Name.id,Account Name,Stage,Type,"
        "Contact Name.id,Contact Name"
    ),
}  # fmt: skip
LINKS = {"persons": "company", "deals": "company"}


@pytest.mark.django_db
@pytest.mark.parametrize(("system", "table"), EXPORTS)
def test_an_export_is_recognised_with_its_links(system, table):
    read = read_table(EXPORTS[system, table].encode())
    found = KINDS[table].recognise(read)

    assert guessed_system(read.headers) == system
    assert guessed_table(read, KINDS, "export.csv") == table
    assert "external_id" in found
    if table in LINKS:
        assert LINKS[table] in found or f"{LINKS[table]}_id" in found


def test_a_list_of_our_own_is_of_no_system():
    assert guessed_system(["Firma", "Ort", "Telefon"]) == System.NONE
