"""The first thousands of a hundred thousand firms of the register: each comes in or says why not."""

import csv
import gzip
import io
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from contacts.models import Company
from tests.imports.bringing import counts, reasons, taken_in

pytestmark = pytest.mark.django_db
ROWS = 3000


@pytest.fixture(scope="module")
def firms(shared_data: Callable[[str], Path]) -> bytes:
    with gzip.open(
        shared_data("offeneregister_firms") / "firms.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(islice(csv.reader(file), ROWS + 1))
    return text.getvalue().encode()


def test_every_firm_comes_in_or_says_why(people, firms):
    run = taken_in(people.manager, ("firms.csv", firms))

    told = counts(run)
    assert told["created"] + told.get("rejected", 0) == ROWS
    assert all("200" in reason for _line, reason in reasons(run))
    assert Company.objects.exclude(register_number="").count() > ROWS * 0.9
    assert Company.objects.exclude(legal_form="").count() > ROWS * 0.8

    again = taken_in(people.manager, ("firms.csv", firms))
    assert counts(again)["unchanged"] == told["created"]
