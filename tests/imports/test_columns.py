"""Telling the columns of a foreign table by their names, and by what the user says."""

import pytest

from imports.column_names import NAMES, SUBJECT_NAMES, Field
from imports.columns import currency_in, normal_name, recognise, require
from imports.errors import ColumnsUnknown

DEAL_FIELDS = [name for name in Field if name != Field.AT]
CHANGE_FIELDS = [Field.EXTERNAL_ID, Field.STAGE, Field.OUTCOME, Field.AT, Field.OWNER]


def told(headers: list[str], fields: list[Field] = DEAL_FIELDS, **options: object) -> dict[str, str]:
    return recognise(headers, fields, **options).summary()


def test_a_list_of_a_crm_in_english():
    headers = ["opportunity_id", "sales_agent", "product", "account", "deal_stage"]
    headers += ["engage_date", "close_date", "close_value"]

    assert told(headers) == {
        "external_id": "opportunity_id",
        "owner": "sales_agent",
        "product": "product",
        "company": "account",
        "stage": "deal_stage",
        "opened_at": "engage_date",
        "closed_at": "close_date",
        "value": "close_value",
    }


def test_a_german_list_from_excel():
    headers = (
        "Nr.;Bezeichnung;Kunde;Ansprechpartner;Zuständig;Verkaufsphase;Status;Angelegt am;Wert (€);"
        "Währung;Quelle"
    )

    assert told(headers.split(";")) == {
        "external_id": "Nr.",
        "title": "Bezeichnung",
        "company": "Kunde",
        "person": "Ansprechpartner",
        "owner": "Zuständig",
        "stage": "Verkaufsphase",
        "outcome": "Status",
        "opened_at": "Angelegt am",
        "value": "Wert (€)",
        "currency": "Währung",
        "source": "Quelle",
    }


def test_an_export_of_salesforce_in_german():
    headers = (
        "Opportunity ID;Opportunity-Name;Accountname;Opportunity-Inhaber;Phase;Schlusstermin;"
        "Erstelldatum;Betrag;Typ"
    )

    assert told(headers.split(";")) == {
        "external_id": "Opportunity ID",
        "title": "Opportunity-Name",
        "company": "Accountname",
        "owner": "Opportunity-Inhaber",
        "stage": "Phase",
        "closed_at": "Schlusstermin",
        "opened_at": "Erstelldatum",
        "value": "Betrag",
        "kind": "Typ",
    }


def test_an_export_of_hubspot():
    headers = (
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Associated Company,Deal Type"
    )

    assert told(headers.split(",")) == {
        "external_id": "Record ID",
        "title": "Deal Name",
        "stage": "Deal Stage",
        "closed_at": "Close Date",
        "owner": "Deal owner",
        "value": "Amount",
        "opened_at": "Create Date",
        "company": "Associated Company",
        "kind": "Deal Type",
    }


def test_an_export_of_pipedrive_puts_a_word_before_every_name():
    names = ["ID", "Title", "Owner", "Organization", "Contact person", "Stage", "Status", "Value"]
    names += ["Currency of Value", "Deal created", "Won time", "Deal closed on", "Lost reason"]
    names += ["Expected close date", "Source channel"]
    headers = [f"Deal - {name}" for name in names]

    found = recognise(headers, DEAL_FIELDS)

    assert found.summary() == {
        "external_id": "Deal - ID",
        "title": "Deal - Title",
        "owner": "Deal - Owner",
        "company": "Deal - Organization",
        "person": "Deal - Contact person",
        "stage": "Deal - Stage",
        "outcome": "Deal - Status",
        "value": "Deal - Value",
        "currency": "Deal - Currency of Value",
        "opened_at": "Deal - Deal created",
        "closed_at": "Deal - Deal closed on",
        "loss_reason": "Deal - Lost reason",
        "expected_close_on": "Deal - Expected close date",
        "source": "Deal - Source channel",
    }
    assert found.ignored == ["Deal - Won time"]


def test_a_stage_history():
    assert told(["application", "stage", "entered_at", "user"], CHANGE_FIELDS) == {
        "external_id": "application",
        "stage": "stage",
        "at": "entered_at",
        "owner": "user",
    }


@pytest.mark.parametrize(
    "header",
    [
        "Verkäufer",
        "VERKÄUFER",
        " verka\u0308ufer ",
        "Verkaeufer",
        "Verkaufer",
        "Verkäufer:",
        "Verkäufer (Name)",
    ],
)
def test_case_umlauts_blanks_and_signs_do_not_count(header):
    assert told([header]) == {"owner": header}


def test_the_more_telling_name_wins_and_the_other_column_is_left_over():
    found = recognise(["Nr", "Projekt", "Deal ID", "Titel"], DEAL_FIELDS)

    assert found.summary() == {"external_id": "Deal ID", "title": "Titel"}
    assert found.ignored == ["Nr", "Projekt"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["1C1I7A6R", "Z063OYW0"], "external_id"),
        (["Dach neu", "Z063OYW0"], "title"),
        (["A", "A"], "title"),
        ([], "title"),
    ],
)
def test_a_column_named_after_the_deal_itself_is_told_by_its_values(values, field):
    assert told(["Verkaufschance"], column=lambda index: values) == {field: "Verkaufschance"}


def test_a_column_named_after_the_deal_is_the_title_where_there_is_an_id():
    found = told(["Deal ID", "Deal"], column=lambda index: ["A1", "A2"])

    assert found == {"external_id": "Deal ID", "title": "Deal"}


def test_the_user_s_word_wins_over_the_name():
    found = recognise(["Deal ID", "Phase", "Status"], DEAL_FIELDS, given=["status = stage", "Deal ID=title"])

    assert found.summary() == {"stage": "Status", "title": "Deal ID"}
    assert found.ignored == ["Phase"]


def test_the_user_can_leave_a_column_out():
    assert told(["Deal ID", "Phase"], given=["Phase="]) == {"external_id": "Deal ID"}


def test_a_column_with_an_equals_sign_in_its_name_can_be_named():
    assert told(["a=b"], given=["a=b=title"]) == {"title": "a=b"}


@pytest.mark.parametrize("given", ["Phase", "=stage", "Fase=stage", "Phase=fase", "Phase=at"])
def test_a_given_column_or_field_that_does_not_exist_is_refused(given):
    with pytest.raises(ColumnsUnknown):
        recognise(["Phase"], DEAL_FIELDS, given=[given])


def test_a_needed_field_without_column_is_refused_with_the_columns_there_are():
    found = recognise(["qux", "quux"], DEAL_FIELDS)

    with pytest.raises(ColumnsUnknown, match=r"external_id.*quux"):
        require(found, [Field.EXTERNAL_ID])


@pytest.mark.parametrize(
    ("header", "currency"),
    [("Wert (EUR)", "EUR"), ("Betrag in CHF", "CHF"), ("Amount $", "USD"), ("Wert", "")],
)
def test_a_header_may_name_the_currency(header, currency):
    assert currency_in(header) == currency
    assert recognise([header], DEAL_FIELDS).currency == currency


@pytest.mark.parametrize("header", ["Wert (T€)", "Betrag in TEUR", "Umsatz (Mio. EUR)", "Revenue k$"])
def test_amounts_in_thousands_are_not_taken_for_amounts(header):
    assert told([header]) == {}


def test_the_cell_of_a_field_is_nothing_where_there_is_no_column():
    found = recognise(["Phase"], DEAL_FIELDS)

    assert (found.cell(["won"], Field.STAGE), found.cell(["won"], Field.TITLE)) == ("won", None)


def test_no_name_stands_for_two_fields():
    names = [normal_name(name) for text in [*NAMES.values(), SUBJECT_NAMES] for name in text.split(",")]

    assert sorted(names) == sorted(set(names))
