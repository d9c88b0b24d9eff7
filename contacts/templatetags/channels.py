"""Showing telephone numbers, addresses and web sites."""

from collections.abc import Iterable
from urllib.parse import unquote

from django.template import Library

from contacts.models import Channel, Company, Person
from contacts.phones import readable

register = Library()
ON_THE_WEB = (Channel.Kind.WEB, Channel.Kind.LINKEDIN, Channel.Kind.XING, Channel.Kind.PROFILE)


@register.filter
def phone(number: str) -> str:
    """`030 1234567`: as people read it."""
    return readable(number)


@register.simple_tag
def first_phone(*contacts: Company | Person | None) -> Channel | None:
    """The number to call: the first one of the first contact that has any; numbers are loaded as `phones`."""
    loaded: list[list[Channel]] = [getattr(contact, "phones", []) for contact in contacts if contact]
    return next((number for numbers in loaded for number in numbers), None)


@register.filter
def channel_href(channel: Channel) -> str:
    """Where a click on this channel leads: the telephone, a new mail, the web site."""
    if channel.kind == Channel.Kind.EMAIL:
        return f"mailto:{channel.value}"
    if channel.kind in ON_THE_WEB:
        return channel.value if channel.value.startswith(("https://", "http://")) else ""
    return f"tel:{channel.value}"


@register.filter
def channel_text(channel: Channel) -> str:
    """The number readably, a web site without its protocol, an e-mail address as it is."""
    if channel.kind == Channel.Kind.EMAIL:
        return channel.value
    if channel.kind in ON_THE_WEB:
        shown = channel.value.removeprefix("https://").removeprefix("http://")
        return unquote(shown).rstrip("/")
    return readable(channel.value)


@register.filter
def reached_by(channels: Iterable[Channel], means: str) -> list[Channel]:
    """The first channel of that means, mobiles being telephones; a list of one or none."""
    kinds = (Channel.Kind.PHONE, Channel.Kind.MOBILE) if means == "phone" else (means,)
    return [channel for channel in channels if channel.kind in kinds][:1]
