"""Every write to people: what they are, where they belong, whether they may come in."""

from datetime import timedelta
from typing import Protocol

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import LastAdmin, OwnAccount
from accounts.models import Cover, Role, Team, Theme, User
from core import events
from core.models import Event

# One mail in this time is enough; more would only annoy whose address was typed in.
MAIL_PAUSE = timedelta(minutes=2)
LAST_ADMIN = _("This is the last administrator; make someone else an administrator first.")


class UserAction(Protocol):
    """A verb done to a user."""

    def __call__(self, user: User, *, actor: User | None) -> User:
        """Do it."""


@transaction.atomic
def change_role(user: User, role: Role, *, actor: User | None) -> User:
    """Make someone a rep, a manager or an admin; their sessions end, because rights were given with them."""
    user = _lock(user)
    if user.role == role:
        return user
    if user.is_admin:
        _refuse_last_admin(user)
    user.role = role
    _save_and_end_sessions(user, "role")
    events.record("user.changed", user, actor=actor, change="role")
    return user


@transaction.atomic
def change_team(user: User, team: Team, *, actor: User | None) -> User:
    """Move someone to another team; what they entered before stays with the former team's figures."""
    user = _lock(user)
    if user.team_id == team.pk:
        return user
    user.team = team
    _save_and_end_sessions(user, "team")
    events.record("user.changed", user, actor=actor, change="team")
    return user


@transaction.atomic
def deactivate_user(user: User, *, actor: User | None) -> User:
    """Let someone in no longer; with the next request their sessions are over. What they own stays theirs."""
    user = _lock(user)
    if not user.is_active:
        return user
    if user == actor:
        raise OwnAccount(_("You cannot deactivate yourself."))
    if user.is_admin:
        _refuse_last_admin(user)
    user.is_active = False
    _save_and_end_sessions(user, "is_active")
    events.record("user.changed", user, actor=actor, change="deactivated")
    return user


@transaction.atomic
def reactivate_user(user: User, *, actor: User | None) -> User:
    """Let someone in again, with the password they had."""
    user = _lock(user)
    if user.is_active:
        return user
    user.is_active = True
    _save_and_end_sessions(user, "is_active")
    events.record("user.changed", user, actor=actor, change="reactivated")
    return user


@transaction.atomic
def end_sessions(user: User, *, actor: User | None) -> User:
    """Log someone out everywhere."""
    user = _lock(user)
    _save_and_end_sessions(user)
    events.record("user.changed", user, actor=actor, change="sessions")
    return user


@transaction.atomic
def request_password_link(user: User, *, site: str, actor: User | None) -> bool:
    """Have a mail sent with a link by which the user chooses a password; answer whether one is on its way.

    `site` is the address under which the asker sees us. Nothing is sent to those who may not log in, nor
    again within MAIL_PAUSE.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    recent = Event.objects.filter(
        kind="user.password_link_requested",
        subject_kind="user",
        subject_id=user.pk,
        at__gt=timezone.now() - MAIL_PAUSE,
    )
    if not user.is_active or recent.exists():
        return False
    events.record("user.password_link_requested", user, actor=actor, site=site)
    return True


def request_password_link_for(email: str, *, site: str) -> None:
    """The same for whoever has this address; nobody learns whether there is someone."""
    user = User.objects.active().filter(email=email).first()
    if user is not None:
        request_password_link(user, site=site, actor=None)


@transaction.atomic
def hand_over_covers(of: User, to: User) -> int:
    """End the absences of a leaving colleague and give the stand-ins they promised to another."""
    covers = list(Cover.objects.not_over().of(of).select_for_update().order_by("pk"))
    yesterday = timezone.localdate() - timedelta(days=1)
    for cover in covers:
        if cover.stand_in_id == of.pk and cover.owner_id != to.pk:
            cover.stand_in = to
            cover.save(update_fields=["stand_in"])
        elif cover.starts_on > yesterday:
            cover.delete()
        else:
            cover.ends_on = yesterday
            cover.save(update_fields=["ends_on"])
    return len(covers)


@transaction.atomic
def hand_over_teams(of: User, to: User) -> int:
    """Let someone lead the teams of a leaving colleague; answer how many. Reps get none."""
    if not (to.is_manager or to.is_admin):
        return 0
    teams = list(of.led_teams.order_by("pk"))
    for team in teams:
        team.managers.add(to)
        team.managers.remove(of)
    return len(teams)


def set_theme(user: User, theme: Theme) -> None:
    """Remember light, dark, or as the device says."""
    User.objects.filter(pk=user.pk).update(theme=theme)


def set_language(user: User, language: str) -> None:
    """Remember the language of the interface."""
    User.objects.filter(pk=user.pk).update(language=language)


def is_last_admin(user: User) -> bool:
    """Whether nobody else could let people in."""
    return not User.objects.active().filter(role=Role.ADMIN).exclude(pk=user.pk).exists()


def _lock(user: User) -> User:
    """The user as they are now, locked with all admins in the order of keys: the last two cannot both go."""
    concerned = Q(pk=user.pk) | Q(role=Role.ADMIN, is_active=True)
    rows = User.objects.select_for_update(of=("self",), no_key=True).select_related("team").filter(concerned)
    return {row.pk: row for row in rows.order_by("pk")}[user.pk]


def _refuse_last_admin(user: User) -> None:
    if is_last_admin(user):
        raise LastAdmin(LAST_ADMIN)


def _save_and_end_sessions(user: User, *fields: str) -> None:
    user.session_version = F("session_version") + 1
    user.save(update_fields=[*fields, "session_version"])
    user.refresh_from_db(fields=["session_version"])
