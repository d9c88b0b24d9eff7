"""The web application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from funnel_crm import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funnel_crm.settings")
embedded.ensure_running()

application = get_wsgi_application()
