"""manage.py relay: hands the deliveries of the outbox to Celery until it is told to stop."""

import signal

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from core import relay


class Command(BaseCommand):
    help = "Hands the deliveries of the outbox to Celery; several may run side by side."

    def handle(self, *args: object, **options: object) -> None:
        """Run until SIGTERM or SIGINT."""
        stop = relay.Stop()
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        relay.run(import_string(settings.TASK_QUEUE), stop)
