"""The browser of the browser tests: where it is, and how a machine without one gets it.

`python -m tests.browser.chromium` sees to one and says which; it fails with a clear word when it cannot.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without a sandbox: inside containers and for root there is none, and only our own pages are opened.
LAUNCH_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HELP = """No Chromium was found, and none could be installed.
Install one (Debian: apt install chromium), or name it with CHROMIUM=/path/to/chromium,
or leave the browser tests out: make test BROWSER=skip"""


def find_chromium() -> Path | None:
    """Return the browser that CHROMIUM names, the system's, or the one that Playwright installed."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in NAMES]
    return next((Path(found) for found in candidates if found), None) or _playwrights_own()


def install_chromium() -> None:
    """Try Debian's package when we may, else Playwright's download; either may fail."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium for the browser tests", flush=True)  # noqa: T201 - progress
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            env=quiet,
            stdout=subprocess.DEVNULL,
        )
    if find_chromium() is None:
        print("Installing Playwright's chromium for the browser tests", flush=True)  # noqa: T201 - progress
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if os.access(path, os.X_OK) else None


def main() -> None:
    """See to a browser, unless BROWSER=skip."""
    if os.environ.get("BROWSER") == "skip":
        return
    if find_chromium() is None:
        install_chromium()
    if find_chromium() is None:
        sys.exit(HELP)


if __name__ == "__main__":
    main()
