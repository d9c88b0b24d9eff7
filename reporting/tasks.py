"""What workers do for the figures: after an event, every few seconds, at night."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from activities.models import Activity
from core.deliveries import delivery_task
from core.models import Event
from reporting import actions
from reporting.forecast_night import write_forecast
from reporting.forecast_review import review_if_due
from reporting.models import ForecastReview, Rebuild
from reporting.purchases import affinities, reorders
from reporting.weekly_mails import send_due_mails


@delivery_task
def refresh_conversions(event_id: int) -> None:
    """Mark the deal of the event as stale, and recompute once that is committed."""
    actions.mark_deal_stale(Event.objects.get(pk=event_id).subject_id)
    transaction.on_commit(actions.refresh_stale, robust=True)


@delivery_task
def rebuild_after_import(event_id: int) -> None:
    """Mark everything as stale, and recompute once that is committed."""
    actions.mark_all_stale()
    transaction.on_commit(actions.refresh_stale, robust=True)


@delivery_task
def recount_appointments(event_id: int) -> None:
    """Mark the appointments as stale, where it was one, and recompute once that is committed."""
    subject = Event.objects.get(pk=event_id).subject_id
    if Activity.objects.filter(pk=subject, kind=Activity.Kind.APPOINTMENT).exists():
        actions.mark_appointments_stale()
        transaction.on_commit(actions.refresh_stale, robust=True)


@shared_task
def refresh_stale_figures() -> None:
    """Work off what a worker that died left marked; usually there is nothing."""
    actions.refresh_stale()


@shared_task
def rebuild_figures() -> None:
    """Check every figure against history, and roll on to the new day."""
    actions.refresh_stale()
    actions.rebuild_figures(Rebuild.Reason.NIGHT)


@shared_task
def forecast_of_the_night() -> None:
    """Write what is to be expected into the diary."""
    write_forecast(timezone.now())


@shared_task
def review_of_the_night() -> None:
    """Judge past forecasts, once a month and after imports; most nights there is nothing to do."""
    review_if_due(timezone.now())


@delivery_task
def forecast_after_import(event_id: int) -> None:
    """Compute the forecast of the day anew: there is much more, or much less, to learn from."""
    write_forecast(timezone.now())


@delivery_task
def review_after_import(event_id: int) -> None:
    """Judge past forecasts where nobody ever did; later imports wait for the night."""
    if not ForecastReview.objects.exists():
        review_if_due(timezone.now())


@shared_task
def send_weekly_mails() -> None:
    """Send what is due on Monday morning; most of the time there is nothing."""
    send_due_mails(timezone.now())


@shared_task
def count_affinities() -> None:
    """Count at night which products go together, and what is due again."""
    affinities.count_affinities()
    reorders.count_reorders()


@delivery_task
def count_affinities_after_import(event_id: int) -> None:
    """An import may bring very many orders."""
    affinities.count_affinities()
    reorders.count_reorders()
