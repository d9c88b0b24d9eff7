"""The list of blocked numbers and addresses outlives whoever it came from."""

import pytest
from django.db import InternalError, transaction

from contacts.actions import record_objection
from contacts.lawful import State, may_reach
from contacts.models import Suppression
from contacts.suppression import is_suppressed, lift, suppress
from tests.factories import ChannelFactory, CompanyFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

NUMBER, ADDRESS = "+49301234567", "petra@kunde.example"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", " Petra@Kunde.Example"), ("phone", "+49 30 1234567"), ("mobile", NUMBER), ("phone", NUMBER)],
)
def test_every_way_of_writing_is_found(kind, value):
    suppress("email", ADDRESS, origin="objection")
    suppress("phone", NUMBER, origin="objection")

    assert is_suppressed(kind, value)
    assert not is_suppressed("email", NUMBER)


def test_the_list_tells_nobody_whose_number_it_was():
    row = suppress("phone", NUMBER, origin="objection")

    assert "1234567" not in repr(row.__dict__)


def test_a_number_that_comes_back_is_blocked_whoever_has_it_now():
    record_objection(
        ChannelFactory(company=None, person=PersonFactory(), value=NUMBER).person, "phone", actor=None
    )

    again = ChannelFactory(company=CompanyFactory(), value=NUMBER).company

    assert may_reach(again, "phone").state == State.BLOCKED


def test_after_a_change_of_keys_the_old_ones_are_asked_too(settings):
    settings.SUPPRESSION_KEYS = ["alt"]
    suppress("phone", NUMBER, origin="objection")

    settings.SUPPRESSION_KEYS = ["neu", "alt"]
    assert is_suppressed("phone", NUMBER)
    settings.SUPPRESSION_KEYS = ["neu"]
    assert not is_suppressed("phone", NUMBER)


def test_a_key_of_its_own_does_not_hide_what_the_secret_key_blocked(settings):
    suppress("phone", NUMBER, origin="objection")

    settings.SUPPRESSION_KEYS = ["neu"]

    assert is_suppressed("phone", NUMBER)


def test_blocking_twice_is_one_row_and_becomes_no_weaker():
    suppress("phone", NUMBER, origin="objection", is_total=True)
    suppress("phone", NUMBER, origin="objection")

    assert Suppression.objects.get().is_total


def test_a_lifted_row_stays_as_history_and_nothing_is_deleted():
    suppress("phone", NUMBER, origin="objection")

    lift("phone", NUMBER)

    assert not is_suppressed("phone", NUMBER)
    assert Suppression.objects.get().lifted_at
    with pytest.raises(InternalError), transaction.atomic():
        Suppression.objects.all().delete()


def test_an_objection_is_written_twice_without_harm():
    person = ChannelFactory(company=None, person=PersonFactory()).person

    for _time in range(2):
        record_objection(person, "phone", actor=UserFactory())

    assert Suppression.objects.count() == 1
