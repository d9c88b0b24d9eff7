"""Mails as bytes, for tests."""

from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone


def raw_mail(
    *,
    sender: str = "Petra Weiß <petra@weiss.example>",
    to: str = "vertrieb@trichter.example",
    subject: str = "Ihr Angebot",
    text: str = "Der Preis passt.",
    message_id: str | None = "<1@weiss.example>",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A mail that says this."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(timezone.now())
    if message_id:
        message["Message-ID"] = message_id
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()
