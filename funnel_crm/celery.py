"""The Celery application; its settings are the CELERY_* ones of the project."""

import os

from celery import Celery

from funnel_crm import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funnel_crm.settings")
embedded.ensure_running()

app = Celery("funnel_crm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
