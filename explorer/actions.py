"""Every write of dashboards and of questions by mail."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Team, User
from core import events
from core.keys import folded
from explorer.errors import DashboardNameTaken, TeamNotYours, TooManyCards, TooManyDashboards
from explorer.models import Card, Dashboard, MailedQuestion
from explorer.rhythms import next_moment
from lists.models import SavedView

MOST_DASHBOARDS, MOST_CARDS = 20, 12


@transaction.atomic
def add_dashboard(name: str, *, actor: User) -> Dashboard:
    """Begin an empty dashboard; one of the same name is answered as it is. TooManyDashboards."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    own = Dashboard.objects.filter(owner=actor)
    if found := own.filter(name_key=folded(name)).first():
        return found
    if own.count() >= MOST_DASHBOARDS:
        raise TooManyDashboards(MOST_DASHBOARDS)
    return Dashboard.objects.create(owner=actor, name=name)


@transaction.atomic
def change_dashboard(dashboard: Dashboard, *, name: str, shared_with: Team | None, actor: User) -> Dashboard:
    """Give it another name, and show it to a team or to nobody else. DashboardNameTaken, TeamNotYours."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    dashboard = Dashboard.objects.select_for_update().get(pk=dashboard.pk)
    others = Dashboard.objects.filter(owner=dashboard.owner_id).exclude(pk=dashboard.pk)
    if others.filter(name_key=folded(name)).exists():
        raise DashboardNameTaken
    if shared_with and not Team.objects.to_share_with(actor).filter(pk=shared_with.pk).exists():
        raise TeamNotYours
    if shared_with != dashboard.shared_with:
        team = shared_with.pk if shared_with else None
        events.record("dashboard.shared", dashboard, actor=actor, team=team)
    dashboard.name, dashboard.shared_with = name, shared_with
    dashboard.save(update_fields=["name", "shared_with"])
    return dashboard


@transaction.atomic
def delete_dashboard(dashboard: Dashboard, *, actor: User) -> None:
    """Throw it away, for everyone it is shared with."""
    dashboard = Dashboard.objects.select_for_update().get(pk=dashboard.pk)
    events.record("dashboard.deleted", dashboard, actor=actor)
    dashboard.delete()


@transaction.atomic
def add_card(dashboard: Dashboard, *, title: str, query: str) -> Card:
    """Put a question at the end of a dashboard; the same one again is the card there is. TooManyCards."""
    dashboard = Dashboard.objects.select_for_update().get(pk=dashboard.pk)
    if found := dashboard.cards.filter(query=query, title=title).first():
        return found
    if dashboard.cards.count() >= MOST_CARDS:
        raise TooManyCards(MOST_CARDS)
    last = dashboard.cards.aggregate(last=Max("position"))["last"]
    return dashboard.cards.create(title=title, query=query, position=(last or 0) + 1)


@transaction.atomic
def move_card(card: Card, *, by: int) -> None:
    """Let a card change places with the one before (-1) or behind (1) it; at the end nothing happens."""
    dashboard = Dashboard.objects.select_for_update().get(pk=card.dashboard_id)
    cards = list(dashboard.cards.all())
    place = [one.pk for one in cards].index(card.pk)
    if not 0 <= place + by < len(cards):
        return
    mine, other = cards[place], cards[place + by]
    mine.position, other.position = other.position, mine.position
    Card.objects.bulk_update([mine, other], ["position"])


def widen_card(card: Card, *, is_wide: bool) -> None:
    """Let a card take the whole width, or half of it."""
    Card.objects.filter(pk=card.pk).update(is_wide=is_wide)


def remove_card(card: Card) -> None:
    """Take a card off."""
    Card.objects.filter(pk=card.pk).delete()


def mail_question(
    view: SavedView, rhythm: str, *, actor: User, now: datetime | None = None
) -> MailedQuestion:
    """Send a kept question to the actor from now on, this often; again changes how often."""
    due_at = next_moment(rhythm, now or timezone.now())
    row, _is_new = MailedQuestion.objects.update_or_create(
        user=actor, view=view, defaults={"rhythm": rhythm, "due_at": due_at, "error": ""}
    )
    return row


def stop_mailing(mailed: MailedQuestion) -> None:
    """Send it no more."""
    MailedQuestion.objects.filter(pk=mailed.pk).delete()
