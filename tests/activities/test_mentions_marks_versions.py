"""Colleagues named in entries, what other parts tell the timeline, and what an entry said before."""

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.urls import reverse
from django.utils import timezone

from activities.actions import (
    About,
    Correction,
    Guests,
    LetterFacts,
    Meeting,
    agree_appointment,
    edit_activity,
    log_letter,
    write_mark,
    write_note,
)
from activities.errors import MentionBlind
from activities.marks import register_mark
from activities.models import Activity, Mention, TimelineMark
from activities.subjects import COMPANY, PERSON, get_subject
from activities.timeline import read_timeline
from activities.versions import read_versions
from tests.conftest import log_in
from tests.factories import ActivityFactory, CompanyFactory, DealFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_naming_a_colleague_notes_them_once():
    author, mara = UserFactory(), UserFactory(first_name="Mara", last_name="Richter")
    UserFactory(first_name="Mara", last_name="Rich")

    note = write_note(About(company=CompanyFactory()), "Bitte @mara richter, @Mara Richter!", actor=author)

    assert [mention.user for mention in note.mentions.all()] == [mara]


def test_nobody_is_told_of_a_deal_they_may_not_see(people, settings):
    settings.DEAL_VISIBILITY = "own"
    deal = DealFactory(owner=people.owner)

    with pytest.raises(MentionBlind):
        write_note(About(deal=deal), f"@{people.stranger}", actor=people.owner)

    assert not Activity.objects.exists()
    assert not Mention.objects.exists()


def test_a_mark_is_told_in_its_sentence_and_stays():
    register_mark("test.taken_over", "Taken over from %(source)s", symbol="file-input")
    user, company = UserFactory(), CompanyFactory()
    mark = write_mark(About(company=company), "test.taken_over", actor=user, source="Pipedrive")

    entries = read_timeline(get_subject(user, COMPANY, company.pk), user, kind="mark").entries

    assert [(entry.text, entry.symbol) for entry in entries] == [("Taken over from Pipedrive", "file-input")]
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor():
        TimelineMark.objects.filter(pk=mark.pk).update(payload={})


def test_a_mark_nobody_made_known_is_refused():
    with pytest.raises(ValueError, match="No app tells"):
        write_mark(About(company=CompanyFactory()), "nobody.knows", actor=None)


def test_an_edited_entry_keeps_what_it_said(client, people):
    log_in(client, people, "owner")
    note = ActivityFactory(author=people.owner, text="erste Fassung")
    for version, text in enumerate(("zweite Fassung", "dritte Fassung"), start=1):
        correction = Correction(at=note.at, text=text)
        edit_activity(note, correction, seen_version=version, actor=people.owner)

    note.refresh_from_db()
    page = client.get(reverse("activities:activity_versions", args=[note.pk])).content.decode()

    assert [version.row.text for version in read_versions(note)] == ["zweite Fassung", "erste Fassung"]
    assert "erste Fassung" in page


def test_who_else_is_there_has_it_on_their_timeline_and_in_their_day():
    author, colleague, guest = UserFactory(), UserFactory(), PersonFactory()
    meeting = Meeting(
        begins=timezone.now(), guests=Guests(people=(guest,), colleagues=(colleague, author)), is_online=True
    )

    appointment = agree_appointment(About(company=CompanyFactory()), meeting, actor=author)

    entries = read_timeline(get_subject(author, PERSON, guest.pk), author).entries
    assert [entry.row for entry in entries] == [appointment]
    assert list(Activity.objects.appointments_of([colleague.pk])) == [appointment]
    assert appointment.participants.count() == 2
    assert Activity.objects.closable_by(colleague).get() == appointment


def test_a_letter_stands_on_the_timeline_and_says_its_subject():
    user, company = UserFactory(), CompanyFactory()
    facts = LetterFacts(direction="in", subject="Kündigung", text="zum Jahresende")

    log_letter(About(company=company), facts, actor=user)

    (entry,) = read_timeline(get_subject(user, COMPANY, company.pk), user, kind="letter").entries
    assert entry.row.subject == "Kündigung"
