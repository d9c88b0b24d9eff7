"""The people of the demo company: teams, managers, reps, the admin, and who is away."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Cover, Role, Team, User
from demo import company
from demo.working_days import at_minute, working_day_from

# Two years to compare, and a little before them, so that it is clear that the first one is whole.
DAYS_BACK = 820
NEWCOMER_SINCE = timedelta(days=70)
LEAVER_GONE = timedelta(days=120)
TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ç": "c", "ı": "i", "ğ": "g"})
USUAL_SHARE, NEWCOMER_SHARE, BEST_SHARE = 10, 7, 15


@dataclass(frozen=True)
class Rep:
    """Someone who sells, from one moment to another, and how well it goes."""

    user: User
    branch: company.Branch
    manager: User
    since: datetime
    until: datetime | None = None
    successor: User | None = None
    share: int = USUAL_SHARE
    # Multiplies the odds of getting out of a stage.
    luck: float = 1.0

    def sells_at(self, moment: datetime) -> bool:
        """Whether the rep worked here then."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Staff:
    """Everyone, saved."""

    reps: list[Rep]
    admin: User


def hire(today: date) -> Staff:
    """Save teams and users; they were all there from the first day on, but for the newcomer."""
    password = make_password(company.PASSWORD)
    opened = at_minute(working_day_from(today - timedelta(days=DAYS_BACK + 5)), 0)
    by_login: dict[str, User] = {}
    managers: dict[str, User] = {}

    def user(name: company.Name, team: Team, role: Role, login: str = "") -> User:
        first, last = name
        login = login or f"{first}.{last}".lower().translate(TRANSLITERATED)
        fields = {"first_name": first, "last_name": last, "role": role, "team": team, "joined_at": opened}
        fields["weekly_mail"] = role == Role.MANAGER
        hired = User.objects.create(email=f"{login}@{company.DOMAIN}", password=password, **fields)
        by_login[login] = hired
        return hired

    for branch in company.BRANCHES:
        team = Team.objects.create(name=branch.name, land=branch.land)
        managers[branch.name] = user(branch.manager, team, Role.MANAGER)
        team.managers.add(managers[branch.name])
        for name in branch.reps:
            user(name, team, Role.REP)
    admin = user(company.ADMIN, Team.objects.unassigned(), Role.ADMIN, login="admin")

    leaver = by_login[company.LEAVER]
    User.objects.filter(pk=leaver.pk).update(is_active=False)
    newcomer_since = at_minute(working_day_from(today - NEWCOMER_SINCE), 0)
    User.objects.filter(pk=by_login[company.NEWCOMER].pk).update(joined_at=newcomer_since)
    _go_on_holiday(by_login, today)
    reps = [
        _rep(by_login[login], branch, managers[branch.name], login, today, opened, by_login)
        for branch in company.BRANCHES
        for login in (f"{first}.{last}".lower().translate(TRANSLITERATED) for first, last in branch.reps)
    ]
    return Staff(reps=reps, admin=admin)


def _go_on_holiday(by_login: dict[str, User], today: date) -> None:
    absent, stand_in = by_login[company.ABSENT], by_login[company.STAND_IN]
    past = today - timedelta(days=150)
    Cover.objects.create(owner=stand_in, stand_in=absent, starts_on=past, ends_on=past + timedelta(days=13))
    Cover.objects.create(
        owner=absent,
        stand_in=stand_in,
        starts_on=today - timedelta(days=3),
        ends_on=today + timedelta(days=10),
    )


def _rep(
    user: User,
    branch: company.Branch,
    manager: User,
    login: str,
    today: date,
    opened: datetime,
    by_login: dict[str, User],
) -> Rep:
    luck = {company.BEST: 1.7, company.CAREFUL: 0.55}.get(login, 1.0)
    if login == company.NEWCOMER:
        since = at_minute(working_day_from(today - NEWCOMER_SINCE), 0)
        return Rep(user, branch, manager, since, share=NEWCOMER_SHARE)
    if login == company.LEAVER:
        until = at_minute(working_day_from(today - LEAVER_GONE), 480)
        return Rep(user, branch, manager, opened, until, by_login[company.SUCCESSOR])
    share = BEST_SHARE if login == company.BEST else USUAL_SHARE
    return Rep(user, branch, manager, opened, share=share, luck=luck)
