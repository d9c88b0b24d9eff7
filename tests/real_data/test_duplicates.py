"""Persons and businesses with known duplicates: how many are found, and how many of those found are ones."""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from contacts.duplicate_files import pairs_in, read_records
from contacts.duplicate_search import LEAST_SCORE

Pair = tuple[int, int]


def true_pairs(entities: Iterable[str]) -> set[Pair]:
    """All pairs of lines that are of one entity."""
    lines: dict[str, list[int]] = {}
    for line, entity in enumerate(entities):
        lines.setdefault(entity, []).append(line)
    return {(one, two) for of in lines.values() for at, one in enumerate(of) for two in of[at + 1 :]}


def measured(path: Path, true: set[Pair]) -> tuple[float, float]:
    """Precision and recall of the pairs that would come to the work list."""
    found = {pair for pair, _match in pairs_in(read_records(path), LEAST_SCORE)}
    return len(found & true) / len(found), len(found & true) / len(true)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_persons_with_slips_are_found_and_hardly_others(shared_data: Callable[[str], Path], number: int):
    folder = shared_data("dedupe_febrl")
    figures = json.loads((folder / "figures.json").read_text())[f"dataset{number}"]
    path = folder / f"dataset{number}.csv"
    with path.open(newline="") as file:
        true = true_pairs(line[0].split("-")[1] for line in list(csv.reader(file))[1:])
    assert len(true) == figures["true_duplicate_pairs"]

    precision, recall = measured(path, true)

    assert precision >= 0.95
    assert recall >= 0.9
    assert recall > 2 * figures["baseline_exact_name_and_dob"]["recall_pct"] / 100


def test_persons_of_a_set_that_no_rule_was_made_with_are_found(
    shared_data: Callable[[str], Path], tmp_path: Path
):
    """FEBRL 4 in one file: each of 5,000 persons once as they are, once with slips."""
    folder = shared_data("dedupe_febrl")
    halves = [(folder / f"dataset4{half}.csv").read_text().splitlines() for half in "ab"]
    path = tmp_path / "dataset4.csv"
    path.write_text("\n".join([*halves[0], *halves[1][1:]]))
    true = true_pairs(line.split("-")[1] for line in [*halves[0][1:], *halves[1][1:]])
    assert len(true) == 5000

    precision, recall = measured(path, true)

    assert precision >= 0.99
    assert recall >= 0.97


def test_businesses_are_found_by_name_and_door(shared_data: Callable[[str], Path]):
    folder = shared_data("dedupe_restaurants")
    figures = json.loads((folder / "figures.json").read_text())
    path = folder / "restaurants.csv"
    with path.open(newline="") as file:
        true = true_pairs(line["unique_id"] for line in csv.DictReader(file))
    assert len(true) == figures["true_pairs"]

    precision, recall = measured(path, true)

    naive = figures["baseline_exact_name"]
    assert 2 * precision * recall / (precision + recall) >= 0.9
    assert recall > naive["recall_pct"] / 100
    assert precision > naive["true_positive"] / (naive["true_positive"] + naive["false_positive"])
