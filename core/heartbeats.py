"""Signs of life of the background processes."""

from datetime import timedelta

from django.utils import timezone

from core.models import Heartbeat

# Longer than three beats: a single late one is no alarm.
SILENCE = timedelta(seconds=60)


def beat(name: str) -> None:
    """Note that the process of this name is alive now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def silent() -> list[str]:
    """The background processes not heard of for a minute."""
    alive = Heartbeat.objects.filter(at__gt=timezone.now() - SILENCE).values_list("name", flat=True)
    return sorted({"relay", "worker", "beat"} - set(alive))
