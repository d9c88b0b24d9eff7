"""Who may use the routes of data quality."""

from tests.permissions.declare import Route, expect

ROUTES = [
    Route("quality:overview", expect(200)),
    Route("quality:queue", expect(200), follows_deal=True, is_list=True),
]
