"""Addresses and keys that browsers send: what makes no sense counts as none."""

from urllib.parse import SplitResult, urlsplit

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
