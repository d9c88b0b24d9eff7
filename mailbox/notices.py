"""Mails of the house that are no entry on a timeline: nobody is known yet to whom they would belong."""

from django.conf import settings
from django.core.mail import EmailMessage


def send_notice(address: str, subject: str, text: str) -> None:
    """Send one now, from the address of the house; a line break in a head is refused by EmailMessage."""
    EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        # No machine answers it.
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
