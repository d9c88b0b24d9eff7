"""The settings of the product, with a view that shows nothing and answers that tell of their statements."""

from funnel_crm.settings import *  # noqa: F403
from funnel_crm.settings import MIDDLEWARE as ALL_MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.statements.StatementsMiddleware", *ALL_MIDDLEWARE]
