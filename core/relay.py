"""The relay: waits for NOTIFY, hands deliveries to Celery, and sweeps for what was left behind."""

import logging
import os
import select
import time

import psycopg2
from celery import Celery
from django.db import Error, connection
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from core import heartbeats
from core.deliveries import BATCH, publish_waiting
from core.events import CHANNEL

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 3
# How often it says that it lives.
BEAT_SECONDS = 15
OUTAGE_SECONDS = 1
# What a database or a broker that is away raises, on whichever way it is noticed.
OUTAGES = (Error, psycopg2.Error, BrokerError, RedisError, OSError)


class Stop:
    """The wish to stop, which also wakes a relay that waits; a signal handler may call it."""

    def __init__(self) -> None:
        self.is_set = False
        self._reader, self._writer = os.pipe()

    def __call__(self, *_signal: object) -> None:
        """Stop as soon as the deliveries in hand are published."""
        self.is_set = True
        os.write(self._writer, b".")

    def fileno(self) -> int:
        """What `select` waits on."""
        return self._reader


def run(queue: Celery, stop: Stop) -> None:
    """Publish until `stop` is called; outages of database and broker are waited out and lose nothing."""
    beaten_at = 0.0
    while not stop.is_set:
        try:
            _listen()
            while publish_waiting(queue) == BATCH:
                pass
            if time.monotonic() - beaten_at > BEAT_SECONDS:
                heartbeats.beat("relay")
                beaten_at = time.monotonic()
            _wait(stop)
        except OUTAGES as error:
            logger.warning("The relay waits: %s", type(error).__name__)
            connection.close()
            select.select([stop], [], [], OUTAGE_SECONDS)


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


def _wait(stop: Stop) -> None:
    """Sleep until a notification arrives, the next sweep is due, or the relay shall stop."""
    raw = connection.connection
    select.select([raw, stop], [], [], SWEEP_SECONDS)
    raw.poll()
    raw.notifies.clear()
