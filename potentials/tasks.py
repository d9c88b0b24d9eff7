"""What orders and the clock ask of potentials."""

from celery import shared_task

from core.deliveries import delivery_task
from core.models import Event
from offers.models import Order
from potentials.bought import recount_bought


@shared_task
def recount_all() -> None:
    """Recount every potential, as every night: what is twelve months old drops out by itself."""
    recount_bought()


@delivery_task
def recount_of_order(event_id: int) -> None:
    """Recount the customer of an order that came, changed or was cancelled."""
    order = Order.objects.filter(pk=Event.objects.get(pk=event_id).subject_id).first()
    if order is not None and order.company_id is not None:
        recount_bought([order.company_id])


@delivery_task
def recount_of_deal(event_id: int) -> None:
    """Recount the customer of a deal that was won or opened again: with it its orders count, or do not."""
    deal = Event.objects.get(pk=event_id).subject_id
    recount_bought(
        list(Order.objects.filter(deal=deal).exclude(company=None).values_list("company", flat=True))
    )
