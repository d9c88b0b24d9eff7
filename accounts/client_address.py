"""Where a request comes from, for counting failed log-ins."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Whoever has one IPv6 address has this many others to try from.
IPV6_HOUSEHOLD = 64


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address: behind PROXY_COUNT proxies of ours the one the outermost of them saw.

    What the visitor wrote into X-Forwarded-For themselves stands further left and is not looked at. An IPv6
    address stands for its whole household.
    """
    stations = request.headers.get("X-Forwarded-For", "").split(",")
    text = request.META.get("REMOTE_ADDR", "")
    if 0 < settings.PROXY_COUNT <= len(stations):
        text = stations[-settings.PROXY_COUNT].strip()
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_HOUSEHOLD), strict=False).network_address)
    return str(address)
