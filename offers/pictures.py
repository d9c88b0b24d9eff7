"""Pictures within a page: for readers who are not logged in and shall ask for no second file."""

from base64 import b64encode


def data_url(png: bytes) -> str:
    """A PNG as an address; empty for none."""
    return f"data:image/png;base64,{b64encode(png).decode()}" if png else ""
