"""What kind of customer somebody is, as a badge."""

from django.template import Library

from contacts.models import Company, CustomerStatus, Person, dormant_since

register = Library()
TONES = {CustomerStatus.NEW: "is-won", CustomerStatus.REPEAT: "is-accent", CustomerStatus.DORMANT: "is-warn"}


@register.inclusion_tag("contacts/_customer_badge.html")
def customer_badge(row: Company | Person) -> dict[str, str]:
    """New, repeat or dormant; nothing for who has not bought. Lists read rows `with_customer_status`."""
    said = getattr(row, "customer_status", None)
    status = CustomerStatus(said) if said else row.status_by(dormant_since())
    if status == CustomerStatus.NONE:
        return {"text": "", "tone": ""}
    return {"text": str(status.label), "tone": TONES[status]}
