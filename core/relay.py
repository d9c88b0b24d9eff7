"""The relay: waits for NOTIFY, hands deliveries to Celery, and sweeps for what was left behind."""

import logging
import select
import time
from collections.abc import Callable

from celery import Celery
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError as BrokerError

from core import heartbeats
from core.deliveries import BATCH, publish_waiting
from core.events import CHANNEL

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 3
# How often it says that it lives.
BEAT_SECONDS = 15


def run(queue: Celery, stopped: Callable[[], bool]) -> None:
    """Publish until `stopped()`; outages of database and broker are waited out, nothing is lost by them."""
    beaten_at = 0.0
    while not stopped():
        try:
            _listen()
            while publish_waiting(queue) == BATCH:
                pass
            if time.monotonic() - beaten_at > BEAT_SECONDS:
                heartbeats.beat("relay")
                beaten_at = time.monotonic()
            _wait(SWEEP_SECONDS)
        except (DatabaseError, BrokerError, OSError) as error:
            logger.warning("The relay waits: %s", type(error).__name__)
            connection.close()
            time.sleep(1)


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


def _wait(seconds: float) -> None:
    """Sleep until a notification arrives or the time is up."""
    raw = connection.connection
    select.select([raw], [], [], seconds)
    raw.poll()
    raw.notifies.clear()
