"""Routes of the project itself."""

from tests.permissions.declare import ACTORS, Route, expect

ROUTES = [
    Route("healthz", dict.fromkeys(ACTORS, 200)),
    Route("home", expect(302)),
]
