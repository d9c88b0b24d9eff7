"""Is a part of the product healthy? `python -m funnel_crm.healthcheck web|relay|worker|beat ADDRESS`

For containers: asks the web node over HTTP and loads nothing of the application, so that it may run often.
"""

import json
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

from funnel_crm import environment

TIMEOUT_SECONDS = 4


def is_healthy(part: str, address: str) -> bool:
    """Tell whether the web node serves, and whether it has heard of the background part lately."""
    status, body = _ask(address, "/healthz" if part == "web" else "/healthz?full=1")
    if part == "web":
        return status == 200
    return part not in json.loads(body)["silent"]


def _ask(address: str, path: str) -> tuple[int, bytes]:
    """Ask as the reverse proxy would: by the site's own name, over a connection that was secure."""
    name = environment.words("ALLOWED_HOSTS", "localhost")[0].lstrip(".*") or "localhost"
    connection = HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": name, "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def main() -> None:
    """Exit with 0 for healthy, 1 for everything else."""
    part, address = sys.argv[1:]
    try:
        healthy = is_healthy(part, address)
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"{part}: {error}")
    sys.exit(0 if healthy else f"{part} is silent")


if __name__ == "__main__":
    main()
