"""Getting one row for a user: 404 when it is invisible, 403 when it is only visible."""

from typing import Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from accounts.models import Cover, Team, User

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Guarded(Protocol[Row]):
    """A queryset that knows who may see and change its rows."""

    def visible_to(self, user: User) -> models.QuerySet[Row]:
        """The rows this user may see."""

    def editable_by(self, user: User) -> models.QuerySet[Row]:
        """The rows this user may change."""


def get_visible(rows: Guarded[Row], user: User, pk: int) -> Row:
    """The row with this key; Http404 when the user may not see it."""
    row = rows.visible_to(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def get_editable(rows: Guarded[Row], user: User, pk: int) -> Row:
    """The row with this key; Http404 when invisible, PermissionDenied when the user may only see it."""
    row = get_visible(rows, user, pk)
    if not rows.editable_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    return row


def covered_owner_ids(user: User) -> list[int]:
    """The users this one stands in for today."""
    return list(Cover.objects.running().filter(stand_in=user).values_list("owner_id", flat=True))


def led_team_ids(user: User) -> list[int]:
    """The teams this user leads as a manager; admins need no list, they may everything."""
    return list(Team.objects.led_by(user).values_list("pk", flat=True)) if user.is_manager else []
