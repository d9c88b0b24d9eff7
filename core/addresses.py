"""Addresses and keys that browsers send: what makes no sense counts as none."""

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# Longer ones are no keys of the database (and slow to read).
LONGEST_KEY = 18


def split_address(address: str) -> SplitResult:
    """The parts of an address; all empty when it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_key(text: str) -> bool:
    """Whether this can be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


def read_keys(texts: Iterable[str]) -> list[int]:
    """The keys among some texts, each once."""
    return list(dict.fromkeys(int(text) for text in texts if is_key(text)))


def page_before(request: HttpRequest, otherwise: str) -> str:
    """Where a form stood, as its field `next` says; only a path on this site, else `otherwise`."""
    page = request.POST.get("next", "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else otherwise
