"""Two people merge the same pair at once, and somebody edits a row that is just being merged."""

import threading
from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection, transaction

from contacts.actions import CompanyFacts, edit_company
from contacts.actions import companies as company_actions
from contacts.errors import ContactMergedMeanwhile
from contacts.merging import merge
from contacts.models import Company, MergeRecord
from tests.factories import CompanyFactory, DealFactory, UserFactory
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def race(first: Callable[[], object], second: Callable[[], object]) -> list[BaseException]:
    """The second one comes while the first has not committed; answer what it failed with."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            second()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    rival = threading.Thread(target=run)
    with transaction.atomic():
        first()
        rival.start()
        wait_for_a_waiting_lock(rival)
    rival.join(timeout=10)
    return failures


@pytest.fixture
def firms() -> tuple[Company, Company]:
    kept, gone = CompanyFactory(), CompanyFactory()
    DealFactory(company=gone)
    return kept, gone


def merging_of(firms: tuple[Company, Company]) -> Callable[[], MergeRecord]:
    actor = UserFactory()
    return lambda: merge(*firms, seen_versions=(1, 1), actor=actor)


def editing_of(company: Company) -> Callable[[], Company]:
    actor = UserFactory()
    return lambda: edit_company(company, CompanyFacts("Neuer Name"), seen_version=1, actor=actor)


def test_two_people_merge_the_same_pair_once(firms):
    failures = race(merging_of(firms), merging_of(firms))

    assert [type(failure) for failure in failures] == [ContactMergedMeanwhile]
    assert MergeRecord.objects.count() == 1


def test_the_other_way_round_at_the_same_moment_only_one_survives(firms):
    failures = race(merging_of(firms), merging_of(firms[::-1]))

    assert [type(failure) for failure in failures] == [ContactMergedMeanwhile]
    assert Company.objects.current().count() == 1


def test_an_edit_during_a_merge_is_refused_and_nothing_is_lost_in_silence(firms):
    failures = race(merging_of(firms), editing_of(firms[1]))

    assert [type(failure) for failure in failures] == [ContactMergedMeanwhile]


def test_a_merge_during_an_edit_is_refused(firms):
    failures = race(editing_of(firms[1]), merging_of(firms))

    assert [type(failure).__name__ for failure in failures] == ["ContactEditedMeanwhile"]
    assert not MergeRecord.objects.exists()


def test_without_looking_at_the_locked_row_an_edit_goes_to_the_merged_one(firms, monkeypatch):
    monkeypatch.setattr(
        company_actions, "lock", lambda row, seen: Company.objects.select_for_update().get(pk=row.pk)
    )

    failures = race(merging_of(firms), editing_of(firms[1]))

    assert failures == []
    assert Company.objects.get(pk=firms[1].pk).name == "Neuer Name"


def test_without_the_lock_on_both_rows_the_second_merge_fails_only_at_the_constraint(firms, monkeypatch):
    monkeypatch.setattr(import_module("contacts.merging.merge"), "_refuse", lambda *rows: None)

    failures = race(merging_of(firms), merging_of(firms))

    assert [type(failure).__name__ for failure in failures] == ["IntegrityError"]
