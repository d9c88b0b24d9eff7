"""Each colleague's own address of a drop-box: `copies+k3m9x2ab7q@firma.example`.

Whoever knows a colleague's ordinary address could write history in that name; the word behind the plus
proves that the copy comes from somebody who was told it. It follows from the user and the site's secret, so
there is nothing to store; deactivation makes it worthless.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.utils.crypto import constant_time_compare

from accounts.models import User
from mailbox.models import Mailbox

WORD_LENGTH = 12


def own_address(user: User, mailbox: Mailbox) -> str:
    """Where this user sends copies to."""
    local, _at, domain = mailbox.address.partition("@")
    return f"{local}+{_word(user)}@{domain}"


def own_addresses(user: User) -> list[str]:
    """The addresses of all drop-boxes that are read."""
    boxes = Mailbox.objects.filter(is_active=True, use=Mailbox.Use.DROP_BOX)
    return [own_address(user, box) for box in boxes]


def proves(user: User, mailbox: Mailbox, addresses: list[str]) -> bool:
    """Whether one of these addresses is the user's own."""
    expected = own_address(user, mailbox).lower()
    return any(constant_time_compare(address.lower(), expected) for address in addresses)


def _word(user: User) -> str:
    key = hashlib.sha256(b"mailbox.drop_box" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.new(key, str(user.pk).encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:WORD_LENGTH]
