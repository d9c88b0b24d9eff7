"""What was done with customers elsewhere comes in as what it is, with its moment and author."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activities.actions import About, NextStep, plan_follow_up
from activities.models import Activity, FollowUp
from imports import actions
from pipeline.models import Deal, Stage
from tests.factories import ChannelFactory, CompanyFactory, DealFactory, EmploymentFactory, PersonFactory
from tests.imports.bringing import counts, done, reasons, taken_in

pytestmark = pytest.mark.django_db
HEAD = (
    "Art;Datum;Betreff;Text;Ergebnis;Richtung;Status;Ende;Dauer;Ort des Termins;Firma;Ansprechpartner;Autor\n"
)


@pytest.fixture
def company():
    return CompanyFactory(name="Holz AG")


def ahead(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d.%m.%Y}"


def test_each_kind_comes_in_as_what_it_is(people, company):
    author = people.owner.get_full_name()
    table = HEAD + (
        f"Anruf;15.01.2026 10:30;;Erreicht niemanden;;;;;0:12;;Holz AG;;{author}\n"
        "Anruf;16.01.2026;;Rückruf;Rückruf vereinbart;eingehend;;;;;Holz AG;;Max Alt\n"
        'E-Mail;17.01.2026 08:00;Ihr Angebot;"<p>Guten Tag,</p><p>A &amp; B</p>";;eingehend;;;;;Holz AG;;\n'
        "Brief;18.01.2026;Kündigung;;;;;;;;Holz AG;;\n"
        "Videokonferenz;19.01.2026 09:00;Demo;Gut;;;;19.01.2026 10:00;;https://meet.example/x;Holz AG;;\n"
        "Termin;20.01.2026 09:00;Werk;;;;nicht erschienen;;;Ulm;Holz AG;;\n"
        "Notiz;21.01.2026;;Mag Tee;;;;;;;Holz AG;;\n"
    )

    run = taken_in(people.manager, ("taetigkeiten.csv", table))

    assert counts(run) == {"created": 7}
    call, back, mail, letter, online, missed, note = Activity.objects.order_by("at")
    assert (call.kind, call.result, call.direction, call.duration_minutes) == ("call", "", "out", 12)
    assert call.author == people.owner
    assert timezone.localtime(call.at).strftime("%d.%m.%Y %H:%M") == "15.01.2026 10:30"
    assert (back.result, back.direction, back.author) == ("call_back", "in", people.manager)
    assert "Max Alt" in back.text
    assert (mail.kind, mail.direction, mail.subject) == ("mail", "in", "Ihr Angebot")
    assert "A & B" in mail.text
    assert "<p>" not in mail.text
    assert (letter.kind, letter.subject, letter.direction) == ("letter", "Kündigung", "out")
    assert (online.kind, online.status, online.ends_at - online.at) == ("meeting", "held", timedelta(hours=1))
    assert online.meeting_url == "https://meet.example/x"
    assert (missed.kind, missed.status, missed.place) == ("appointment", "no_show", "Ulm")
    assert (note.kind, note.text, note.company) == ("note", "Mag Tee", company)


def test_what_is_still_to_come_is_agreed_and_follow_ups_are_open_or_done(people, company):
    deal = DealFactory(company=company, owner=people.owner, stage=Stage.KONTAKT)
    Deal.objects.update(external_id="D1")
    table = (
        "Art;Datum;Betreff;Status;Deal ID\n"
        f"Termin;{ahead(9)};Besichtigung;;D1\n"
        f"Wiedervorlage;{ahead(5)};Nachfassen;;D1\n"
        "Aufgabe;05.01.2026;Prospekt schicken;;D1\n"
        f"Anruf;{ahead(5)};Zukunft;;D1\n"
    )

    run = taken_in(people.manager, ("taetigkeiten.csv", table))

    assert [line for line, _reason in reasons(run)] == [5]
    appointment = Activity.objects.get()
    assert (appointment.kind, appointment.status) == ("appointment", "agreed")
    assert appointment.follow_up.is_open
    open_one, done_one = FollowUp.objects.filter(appointment=None).order_by("-due_on")
    assert (open_one.text, open_one.is_open, open_one.due_time) == ("Nachfassen", True, None)
    assert not done_one.is_open
    deal.refresh_from_db()
    assert (deal.next_step, deal.next_step_on) == ("Nachfassen", open_one.due_on)


def test_taking_it_back_gives_the_deal_its_former_next_step(people, company):
    deal = DealFactory(company=company, owner=people.owner, stage=Stage.KONTAKT)
    Deal.objects.update(external_id="D1")
    step = NextStep(on=timezone.localdate() + timedelta(days=20), text="Anrufen")
    plan_follow_up(About(deal=deal), step, actor=people.owner)
    table = f"Art;Datum;Betreff;Deal ID\nTermin;{ahead(9)};Besichtigung;D1\n"
    run = taken_in(people.manager, ("taetigkeiten.csv", table))

    done(actions.undo(run, actor=people.manager))

    deal.refresh_from_db()
    assert (deal.next_step, Activity.objects.exists(), FollowUp.objects.count()) == ("Anrufen", False, 1)


def test_a_second_time_nothing_is_doubled_and_a_person_is_found_by_name(people, company):
    job = EmploymentFactory(person=PersonFactory(first_name="Anna", last_name="Berg"), company=company)
    ChannelFactory(company=None, person=job.person, kind="email", value="anna@holz.example")
    table = HEAD + (
        "Anruf;15.01.2026 10:30;;Hallo;;;;;;;Holz AG;Anna Berg;\n"
        f"Aufgabe;15.01.2026;{'sehr ' * 60}lang;;;;;;;;Holz AG;Anna Berg;\n"
    )

    taken_in(people.manager, ("a.csv", table))
    again = taken_in(people.manager, ("a.csv", table))

    assert counts(again) == {"unchanged": 2}
    assert {row.person for row in Activity.objects.all()} == {job.person}
    assert Activity.objects.filter(kind="note").get().text.endswith("lang")
