"""What accounts do in the background."""

from accounts.models import User
from accounts.passwords import mail_password_link
from core.deliveries import delivery_task
from core.models import Event


@delivery_task
def mail_link(event_id: int) -> None:
    """Send the link someone asked for; a second run would only send a second one."""
    event = Event.objects.get(pk=event_id)
    user = User.objects.active().filter(pk=event.subject_id).first()
    if user is not None:
        mail_password_link(user, site=event.payload["site"])
