#!/usr/bin/env python3
"""Command line of the project; starts or joins the embedded servers when no address is given for them."""

import os
import sys


def main() -> None:
    """Run a management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funnel_crm.settings")
    try:
        from django.core.management import execute_from_command_line

        from funnel_crm import embedded
        from funnel_crm.server_process import EmbeddedServerError
    except ImportError as error:
        sys.exit(f"{error}. Run `make install`, then .venv/bin/python manage.py")
    try:
        embedded.ensure_running()
    except EmbeddedServerError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
