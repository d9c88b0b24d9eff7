"""The style page: for those who keep the product."""

from tests.permissions.declare import Route, admins

ROUTES = [
    Route("demo:style_page", admins(200)),
    Route("demo:style_page", admins(200), data=lambda world: {"theme": "dark", "width": "narrow"}),
    Route("demo:style_page", admins(200), data=lambda world: {"theme": "\x00", "width": "<script>"}),
]
