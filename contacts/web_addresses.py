"""Web sites and social profiles: kept in one spelling, told apart by their host."""

import re
from urllib.parse import quote, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from contacts.models import Channel

Kind = Channel.Kind
LONGEST = 254
_HANDLE = re.compile(r"@?[\w.\-%äöüß]{2,100}")
_LINKEDIN = re.compile(r"/(in|company|school|showcase)/([^/]+)")
_XING = re.compile(r"/(profile|companies|pages)/([^/]+)")


def web_address(text: str) -> str:
    """A web site with its protocol; raises ValidationError for what is none."""
    address = text if "://" in text else f"https://{text}"
    if len(address) > LONGEST:
        raise ValidationError(_("This web address is too long."), code="web")
    URLValidator(schemes=["http", "https"], message=_("This is no web address."))(address)
    return address


def profile(kind: str, text: str) -> str:
    """The address of a profile, of a bare name too, without the tracking at its end."""
    if kind == Kind.PROFILE:
        return web_address(text)
    host, path, paths = _network(kind)
    if "/" not in text and "." not in text and _HANDLE.fullmatch(text):
        return f"https://www.{host}/{path}/{quote(text.removeprefix('@'))}"
    address = urlsplit(web_address(text))
    found = paths.match(unquote(address.path))
    if not _is_of(address.hostname or "", host) or found is None:
        example = f"https://www.{host}/{path}/…"
        raise ValidationError(
            _("This is no such profile. Example: %(example)s"), "profile", {"example": example}
        )
    return f"https://www.{host}/{found[1]}/{quote(found[2])}"[:LONGEST]


def kind_of(address: str) -> str:
    """Whether a web address is a profile, and where: `linkedin`, `xing`, else `web`."""
    try:
        split = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:
        return str(Kind.WEB)
    for kind in (Kind.LINKEDIN, Kind.XING):
        name, _path, paths = _network(kind)
        if _is_of(split.hostname or "", name) and paths.match(split.path):
            return str(kind)
    return str(Kind.WEB)


def _network(kind: str) -> tuple[str, str, re.Pattern[str]]:
    return ("linkedin.com", "in", _LINKEDIN) if kind == Kind.LINKEDIN else ("xing.com", "profile", _XING)


def _is_of(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")
