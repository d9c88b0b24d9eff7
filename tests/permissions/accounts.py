"""Who may use the routes of the log-in, the passwords and the profile."""

from tests.permissions.declare import ACTORS, Route, admins, expect

# Everyone, logged in or not; those who are deactivated count as outsiders.
OPEN_TO_ALL = dict.fromkeys(ACTORS, 200)
SENT_ON = dict.fromkeys(ACTORS, 302)


ROUTES = [
    Route("accounts:login", expect(302, anonymous=200, deactivated=200)),
    Route("accounts:login", expect(302, anonymous=200, deactivated=200), method="post"),
    Route("accounts:logout", SENT_ON, method="post"),
    Route("accounts:password_change", expect(200)),
    Route("accounts:password_change", expect(200), method="post"),
    Route("accounts:password_change_done", expect(200)),
    Route("accounts:password_reset", OPEN_TO_ALL),
    Route("accounts:password_reset", dict.fromkeys(ACTORS, 422), method="post"),
    Route("accounts:password_reset_done", OPEN_TO_ALL),
    Route("accounts:password_reset_confirm", OPEN_TO_ALL, args=lambda world: ("MQ", "abc-def")),
    Route(
        "accounts:password_reset_confirm", OPEN_TO_ALL, method="post", args=lambda world: ("MQ", "abc-def")
    ),
    Route("accounts:password_reset_complete", OPEN_TO_ALL),
    Route("accounts:profile", expect(200)),
    Route("accounts:profile", expect(422), method="post"),
    Route("accounts:theme_set", expect(302), method="post", data=lambda world: {"theme": "dark"}),
    Route(
        "accounts:theme_set",
        expect(204),
        method="post",
        data=lambda world: {"theme": "dark"},
        headers={"HX-Request": "true"},
    ),
    Route("accounts:language_set", SENT_ON, method="post", data=lambda world: {"language": "en"}),
    Route("activities:hand_over", admins(200), args=lambda world: (world.people.owner.pk,)),
    Route(
        "activities:hand_over",
        admins(422),
        method="post",
        args=lambda world: (world.people.owner.pk,),
        data=lambda world: {"successor": world.people.deactivated.pk},
    ),
]
