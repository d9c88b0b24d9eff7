"""After a backup was restored, what people asked for since is done again from the ledger."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from contacts.actions import note_presumed_consent, record_objection, withdraw
from contacts.lawful import State, may_reach
from contacts.models import LegalEntry, Person
from contacts.suppression import is_suppressed
from core.models import Event
from privacy.actions import erase_person, restrict_person
from privacy.replay import lines_of, replay
from privacy.tasks import write_ledger
from tests.factories import ChannelFactory, EmploymentFactory, PersonFactory, UserFactory
from tests.privacy.world import known_person, places_of

MARK, NUMBER = "Qanarivogel", "+493012345678"


@pytest.fixture
def ledger(settings, tmp_path):
    settings.LEDGER_FILE = tmp_path / "ledger" / "erasures.jsonl"
    return settings.LEDGER_FILE


@pytest.fixture
def admin(db):
    return UserFactory(role="admin")


class Backup:
    """A backup of the test's own: everything that is written inside is gone again after it."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT backup")

    def __exit__(self, *args: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("ROLLBACK TO SAVEPOINT backup")


def write_down(kind: str) -> None:
    """What the worker does after the commit."""
    for event in Event.objects.filter(kind=kind):
        for delivery in event.deliveries.filter(task="privacy.tasks.write_ledger"):
            write_ledger(delivery.pk)


@pytest.mark.django_db
def test_an_erasure_since_the_backup_is_done_again(ledger, admin):
    person = known_person(MARK)
    with Backup():
        erase_person(person, actor=admin)
        write_down("person.erased")
        assert places_of(MARK) == set()
    assert places_of(MARK)

    assert replay()["erasure"] == 1

    assert places_of(MARK) == set()
    assert is_suppressed("phone", NUMBER)
    assert not any(replay().values())


@pytest.mark.django_db
def test_who_was_entered_after_the_backup_and_erased_stays_blocked(ledger, admin):
    with Backup():
        erase_person(known_person(MARK), actor=admin)
        write_down("person.erased")

    replay()

    assert is_suppressed("phone", NUMBER)


@pytest.mark.django_db
def test_a_key_that_was_given_out_anew_is_another_person(ledger, admin):
    person = known_person(MARK)
    erase_person(person, actor=admin)
    write_down("person.erased")
    stranger = PersonFactory()
    ledger.write_text(ledger.read_text().replace(f'"key": {person.pk}', f'"key": {stranger.pk}'))

    replay()

    assert Person.objects.get(pk=stranger.pk).erased_at is None


@pytest.mark.django_db
def test_objections_withdrawals_and_restrictions_are_done_again(ledger, admin):
    objecting = ChannelFactory(company=None, person=EmploymentFactory().person, value=NUMBER).person
    silent, restricted = EmploymentFactory().person, PersonFactory()
    permission = note_presumed_consent(silent, "Hat nach der Preisliste gefragt", actor=admin)
    with Backup():
        record_objection(objecting, "phone", actor=admin)
        withdraw(permission, actor=admin)
        restrict_person(restricted, "bestreitet", actor=admin)
        for kind in ("contact.objected", "contact.permission_withdrawn", "person.restricted"):
            write_down(kind)
    assert not is_suppressed("phone", NUMBER)

    replay()

    assert may_reach(objecting, "phone").state == State.BLOCKED
    assert may_reach(objecting, "phone", channel="+49309999999").state == State.BLOCKED
    assert may_reach(silent, "phone").state == State.NOTE
    assert Person.objects.get(pk=restricted.pk).restricted_at
    assert not any(replay().values())


@pytest.mark.django_db
def test_the_ledger_holds_nothing_of_the_person(ledger, admin):
    person = known_person(MARK)
    record_objection(person, "phone", actor=admin)
    erase_person(person, actor=admin)
    for kind in ("contact.objected", "person.erased"):
        write_down(kind)

    text = ledger.read_text()

    assert MARK.casefold() not in text.casefold()
    assert "12345678" not in text
    assert {json.loads(line)["kind"] for line in text.splitlines()} == {"blocked", "objection", "erasure"}
    assert Path(ledger).stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_a_torn_line_is_passed_over_and_said(ledger, admin, caplog):
    ledger.parent.mkdir()
    ledger.write_text('{"kind": "erasure", "of": "per')
    erase_person(known_person(MARK), actor=admin)
    write_down("person.erased")

    replay()

    assert "cannot be read" in caplog.text
    assert len(ledger.read_text().splitlines()) >= 2


@pytest.mark.django_db
def test_the_command_says_what_it_did(ledger, admin, capsys):
    call_command("replay_erasures")

    assert "erasure: 0" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_event_whose_contact_is_gone_leaves_no_line(ledger, admin):
    record_objection(PersonFactory(), "phone", actor=admin)
    event = Event.objects.get(kind="contact.objected")
    event.subject_id = 0

    assert all(line["kind"] == "blocked" for line in lines_of(event))
    assert LegalEntry.objects.count() == 1
