"""vCards that real address books wrote: every card, name, number and address of each file."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from imports.reading import decoded, read_table
from imports.tables import Limits
from imports.vcards import read_cards

NAMES = {"tel": "TEL", "email": "EMAIL", "adr": "ADR", "org": "ORG", "photo": "PHOTO"}


@pytest.fixture(scope="module")
def folder(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("vcard_ezvcard")


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict:
    found = json.loads((folder / "figures.json").read_text())
    return {name: figure for name, figure in found.items() if name.endswith(".vcf")}


def told(cards: list[dict], name: str) -> list[str]:
    return [value for card in cards for key, _types, value in card["properties"] if key == name]


def test_every_card_and_every_property_is_there(folder, figures):
    for name, figure in figures.items():
        cards = read_cards(decoded((folder / name).read_bytes())[0], Limits())

        assert len(cards) == figure["cards"], name
        versions = told(cards, "VERSION")
        assert {version: versions.count(version) for version in versions} == figure["versions"], name
        for key, prop in NAMES.items():
            assert len(told(cards, prop)) == figure[key], (name, key)
    assert sum(figure["cards"] for figure in figures.values()) == 26


def test_names_are_those_of_the_files_and_nothing_encoded_is_left(folder, figures):
    for name, figure in figures.items():
        cards = read_cards(decoded((folder / name).read_bytes())[0], Limits())
        plain = [raw for raw in figure["fn"] if "=C3" not in raw]

        assert set(plain) <= set(told(cards, "FN")), name
        for card in cards:
            values = [value for _key, _types, value in card["properties"]]
            assert not any(re.search("(=[0-9A-F]{2}){2}", value) for value in values), name


def test_all_of_them_become_rows_with_a_name(folder, figures):
    for name, figure in figures.items():
        table = read_table((folder / name).read_bytes())
        rows = [dict(zip(table.headers, row.cells, strict=True)) for row in table.rows]

        assert len(rows) + len(table.bad_rows) == figure["cards"], name
        assert all(row.get("last_name") or row.get("name") for row in rows), name
