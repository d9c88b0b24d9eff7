"""The people of the measured company: forty reps in six teams, their managers, an admin."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import Role, Team, User
from benchmarks.words import FIRST_NAMES, SURNAMES

TEAMS = 6
REPS = 40
PASSWORD = "nur-zum-Messen-1"  # noqa: S105 - of a database that exists for measuring only
REP_EMAIL, ADMIN_EMAIL = "rep0@bench.example", "admin@bench.example"


@dataclass(frozen=True)
class Staff:
    """The keys of the reps, each with the key of the team; and what they are worth."""

    reps: list[tuple[int, int]]
    # How skilfully each of them sells: multiplies the chance of losing a deal.
    losing: list[float]


def hire() -> Staff:
    """Save teams and users; the first rep is the one whose pages are measured."""
    password = make_password(PASSWORD)
    teams = [Team.objects.create(name=f"Vertrieb {number + 1}") for number in range(TEAMS)]
    for number, team in enumerate(teams):
        manager = _user(f"manager{number}", team, Role.MANAGER, number, password)
        team.managers.add(manager)
    reps = [
        _user(f"rep{number}", teams[number % TEAMS], Role.REP, number + TEAMS, password)
        for number in range(REPS)
    ]
    _user("admin", Team.objects.unassigned(), Role.ADMIN, REPS + TEAMS, password)
    return Staff(
        reps=[(rep.pk, rep.team_id) for rep in reps],
        losing=[0.7 + 0.6 * number / REPS for number in range(REPS)],
    )


def _user(login: str, team: Team, role: Role, number: int, password: str) -> User:
    return User.objects.create(
        email=f"{login}@bench.example",
        first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
        last_name=SURNAMES[number % len(SURNAMES)],
        role=role,
        team=team,
        password=password,
    )
