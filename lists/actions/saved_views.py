"""Keeping views of the board and of lists: saved, renamed, overwritten, shared, deleted, started with."""

from django.db import transaction

from accounts.models import Team, User
from core import events
from core.keys import folded
from lists.errors import TeamNotShared, TooManyViews, ViewGone, ViewNameTaken, ViewTooLong
from lists.models import SavedView, StartView, ViewPage
from lists.models.saved_view import QUERY_LENGTH

MOST_VIEWS = 30


@transaction.atomic
def save_view(
    name: str, query: str, *, page: ViewPage, actor: User, shared_with: Team | None = None
) -> SavedView:
    """Keep a filter under a name; a team to share it with is the actor's own or one they lead.

    `query` comes from `lists.saved_views`. The same filter under the same name again answers the view
    there is. ViewNameTaken, ViewTooLong, TooManyViews, TeamNotShared.
    """
    _take_turns(actor)
    own = SavedView.objects.owned_by(actor).filter(page=page)
    namesake = own.filter(name_key=folded(name)).first()
    if namesake is not None and namesake.query == query:
        return namesake
    if namesake is not None:
        raise ViewNameTaken
    _refuse_endless(query)
    if own.count() >= MOST_VIEWS:
        raise TooManyViews(MOST_VIEWS)
    view = SavedView.objects.create(owner=actor, page=page, name=name, query=query)
    return view if shared_with is None else share_view(view, shared_with, actor=actor)


@transaction.atomic
def rename_view(view: SavedView, name: str, *, actor: User) -> SavedView:
    """Give a view another name; ViewNameTaken when the actor has one of that name on the page."""
    _take_turns(actor)
    own = SavedView.objects.owned_by(actor).filter(page=view.page)
    if own.filter(name_key=folded(name)).exclude(pk=view.pk).exists():
        raise ViewNameTaken
    view = _lock(view)
    view.name = name
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def replace_query(view: SavedView, query: str) -> SavedView:
    """Let a view show another filter; whoever it is shared with sees that one, too."""
    _refuse_endless(query)
    view = _lock(view)
    view.query = query
    view.save(update_fields=["query"])
    return view


@transaction.atomic
def share_view(view: SavedView, team: Team, *, actor: User) -> SavedView:
    """Show a view to a team; one at a time. TeamNotShared unless it is the actor's own or one they lead."""
    if not Team.objects.to_share_with(actor).filter(pk=team.pk).exists():
        raise TeamNotShared
    view = _lock(view)
    if view.shared_with_id == team.pk:
        return view
    view.shared_with = team
    view.save(update_fields=["shared_with"])
    events.record("view.shared", view, actor=actor, team=team.pk)
    return view


@transaction.atomic
def unshare_view(view: SavedView, *, actor: User) -> SavedView:
    """Leave a view to its owner alone; who started with it starts with the board again."""
    view = _lock(view)
    if view.shared_with_id is None:
        return view
    events.record("view.unshared", view, actor=actor, team=view.shared_with_id)
    view.shared_with = None
    view.save(update_fields=["shared_with"])
    return view


@transaction.atomic
def delete_view(view: SavedView, *, actor: User) -> None:
    """Throw a view away, for everyone it is shared with."""
    view = _lock(view)
    events.record("view.deleted", view, actor=actor, owner=view.owner_id)
    view.delete()


@transaction.atomic
def set_start_view(user: User, view: SavedView) -> None:
    """Begin with this view from now on."""
    StartView.objects.update_or_create(user=user, defaults={"view": _lock(view)})


def start_with_today(user: User) -> None:
    """Begin with what is due today from now on."""
    StartView.objects.update_or_create(user=user, defaults={"view": None})


def clear_start_view(user: User) -> None:
    """Begin with the board again."""
    StartView.objects.filter(user=user).delete()


def _refuse_endless(query: str) -> None:
    if len(query) > QUERY_LENGTH:
        raise ViewTooLong


def _take_turns(user: User) -> None:
    """Wait for what this user is saving elsewhere, so that names stay apart and views can be counted."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _lock(view: SavedView) -> SavedView:
    """Hold the view as it stands; ViewGone when someone deleted it meanwhile."""
    locked = SavedView.objects.select_for_update(no_key=True).filter(pk=view.pk).first()
    if locked is None:
        raise ViewGone
    return locked
