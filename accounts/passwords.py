"""The mail with the link by which a password is chosen."""

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User


def mail_password_link(user: User, *, site: str) -> None:
    """Send it, in the user's language; the link works once, for PASSWORD_RESET_TIMEOUT seconds."""
    path = reverse(
        "accounts:password_reset_confirm",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    with translation.override(user.language):
        subject = render_to_string("registration/password_reset_subject.txt").strip()
        text = render_to_string(
            "registration/password_reset_email.txt", {"user": user, "link": site.rstrip("/") + path}
        )
    send_mail(subject, text, None, [user.email])
