"""manage.py relay: hands the deliveries of the outbox to Celery until it is told to stop."""

import signal
from types import FrameType

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from core import relay


class Command(BaseCommand):
    help = "Hands the deliveries of the outbox to Celery; several may run side by side."

    def handle(self, *args: object, **options: object) -> None:
        """Run until SIGTERM or SIGINT."""
        self._is_stopped = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        relay.run(import_string(settings.TASK_QUEUE), lambda: self._is_stopped)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self._is_stopped = True
