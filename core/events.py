"""Recording what happened, together with what has to follow from it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.utils.module_loading import import_string

from core.models import Delivery, Event

if TYPE_CHECKING:
    from accounts.models import User

Payload = str | int | bool | None
CHANNEL = "funnel_deliveries"


def record(kind: str, subject: models.Model, *, actor: "User | None", **payload: Payload) -> Event:
    """Write an event and one delivery per route, in the caller's transaction.

    `kind` is noun + past tense (`deal.moved`) and must stand in the table of routes; `payload` holds no
    personal data. The relay is told at commit (NOTIFY), never the broker.
    """
    routes: dict[str, tuple[str, ...]] = import_string(settings.EVENT_ROUTES)
    event = Event.objects.create(
        kind=kind,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        actor=actor,
        payload=payload,
    )
    tasks = routes[kind]
    if tasks:
        Delivery.objects.bulk_create(Delivery(event=event, task=task) for task in tasks)
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    return event
