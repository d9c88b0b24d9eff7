"""Tables as another CRM exports them: what can be told from the header alone."""

import json

import pytest

from imports.columns import Field, recognise
from imports.reading import read_table

DEAL_FIELDS = [name for name in Field if name != Field.AT]
CHANGE_FIELDS = [Field.EXTERNAL_ID, Field.STAGE, Field.AT, Field.OWNER]


@pytest.fixture(scope="module")
def folder(shared_data):
    return shared_data("headers_hubspot")


def test_every_table_is_read_whole(folder):
    figures = json.loads((folder / "figures.json").read_text())

    for name, expected in figures.items():
        table = read_table((folder / name).read_bytes())
        assert table.bad_rows == [], name
        assert (len(table.rows), len(table.headers)) == (expected["rows"], expected["columns"]), name


def test_the_table_of_deals_is_recognised(folder):
    table = read_table((folder / "deal_data.csv").read_bytes())

    assert recognise(table.headers, DEAL_FIELDS).summary() == {
        "external_id": "deal_id",
        "title": "property_dealname",
        "owner": "owner_id",
        "stage": "deal_pipeline_stage_id",
        "opened_at": "property_createdate",
        "closed_at": "property_closedate",
        "value": "property_amount",
        "note": "property_description",
    }


def test_the_history_of_stages_is_recognised_with_one_word_of_the_user(folder):
    table = read_table((folder / "deal_stage_data.csv").read_bytes())

    assert recognise(table.headers, CHANGE_FIELDS, given=["value=stage"]).summary() == {
        "stage": "value",
        "external_id": "deal_id",
        "at": "date_entered",
    }
