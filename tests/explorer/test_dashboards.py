"""Dashboards and questions by mail: arranged, shared, answered under the rights of whoever looks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from explorer.actions import add_card, add_dashboard, change_dashboard, mail_question, move_card
from explorer.mails import send_due
from explorer.models import Dashboard, MailedQuestion
from explorer.rhythms import next_moment
from lists.actions import save_view
from lists.models import ExportLog, ViewPage
from tests.conftest import log_in
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db
QUERY = "subject=deals&measure=count&rows=rep&show=bars&period=all"


@pytest.fixture
def shared(people):
    """A dashboard of the owner's, shared with the team, with two cards."""
    dashboard = add_dashboard("Woche", actor=people.owner)
    change_dashboard(dashboard, name="Woche", shared_with=people.owner.team, actor=people.owner)
    for title in ("A", "B"):
        add_card(dashboard, title=title, query=QUERY)
    return Dashboard.objects.get()


def test_a_dashboard_is_answered_for_whoever_looks(client, people, shared):
    DealFactory(owner=people.owner)
    DealFactory(owner=people.colleague)
    url = reverse("explorer:dashboard_detail", args=[shared.pk])

    log_in(client, people, "colleague")
    text = client.get(url).content.decode()

    assert str(people.colleague) in text
    # The owner's figures are the owner's: here they are among the colleagues'.
    assert text.count("Kollegen") >= 2
    log_in(client, people, "stranger")
    assert client.get(url).status_code == 404


def test_cards_change_places(client, people, shared):
    first, second = shared.cards.all()

    move_card(second, by=-1)
    move_card(second, by=-1)

    assert [card.title for card in shared.cards.all()] == ["B", "A"]
    log_in(client, people, "owner")
    for what in ("wide", "behind", "off"):
        answer = client.post(reverse("explorer:card_change", args=[shared.pk, first.pk]), {"what": what})
        assert answer.status_code == 302
    assert [card.title for card in shared.cards.all()] == ["B"]


def test_a_question_comes_by_mail_once(people):
    DealFactory(owner=people.owner, title="=1+1")
    view = save_view("Meine", QUERY, page=ViewPage.EXPLORER, actor=people.owner)
    mailed = mail_question(view, "weekly", actor=people.owner)
    later = mailed.due_at + timedelta(minutes=1)

    assert (send_due(timezone.now()), send_due(later), send_due(later)) == (0, 1, 0)

    (message,) = mail.outbox
    assert message.to == [people.owner.email]
    assert message.attachments[0][0].endswith(".xlsx")
    assert str(people.owner) in message.body
    assert ExportLog.objects.get().by == people.owner
    assert MailedQuestion.objects.get().due_at == mailed.due_at + timedelta(days=7)


def test_what_is_shared_no_longer_is_not_sent(people):
    view = save_view("Team", QUERY, page=ViewPage.EXPLORER, actor=people.owner, shared_with=people.owner.team)
    mailed = mail_question(view, "daily", actor=people.colleague)
    view.shared_with = None
    view.save()

    assert send_due(mailed.due_at) == 0

    assert (mail.outbox, MailedQuestion.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("rhythm", "now", "next_day"),
    [
        ("daily", datetime(2026, 11, 27, 12, tzinfo=UTC), "2026-11-30"),
        ("daily", datetime(2026, 11, 27, 3, tzinfo=UTC), "2026-11-27"),
        ("weekly", datetime(2026, 11, 30, 12, tzinfo=UTC), "2026-12-07"),
        ("monthly", datetime(2026, 12, 1, 3, tzinfo=UTC), "2026-12-01"),
        ("monthly", datetime(2026, 12, 1, 12, tzinfo=UTC), "2027-01-01"),
    ],
)
def test_the_next_morning(rhythm, now, next_day):
    assert timezone.localtime(next_moment(rhythm, now)).strftime("%Y-%m-%d %H:%M") == f"{next_day} 06:45"
