"""Whom a text names: @ and the full name of a colleague who can log in."""

from accounts.models import User

SIGN = "@"
MOST = 20
MOST_OFFERED = 8


def mentioned_in(text: str) -> list[User]:
    """The colleagues named, each once; the longest name wins where one begins with another.

    Costs a question only when there is a sign at all.
    """
    if SIGN not in text:
        return []
    folded = text.casefold()
    found: list[User] = []
    for user in sorted(User.objects.active(), key=lambda user: (-len(str(user)), user.pk)):
        name = SIGN + str(user).casefold()
        if name in folded:
            found.append(user)
            folded = folded.replace(name, SIGN)
        elif any(str(user).casefold() == str(other).casefold() for other in found):
            found.append(user)
    return found[:MOST]


def colleagues_like(text: str, *, without: User) -> list[User]:
    """Colleagues of whose name some word begins like this, for the list while one types."""
    wanted = text.strip().casefold()
    found = [
        user
        for user in User.objects.active().select_related("team").by_name()
        if user != without and _begins(str(user).casefold(), wanted)
    ]
    return found[:MOST_OFFERED]


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())
