"""The ledger: what must be done again after a backup was restored, kept in a file outside the database.

One JSON object per line, only ever appended. No line holds personal data: keys, moments, keyed hashes.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

Line = dict[str, object]


def append(line: Line) -> None:
    """Add a line and see to it that it reaches the disk; a torn line of a crash is closed first."""
    path = Path(settings.LEDGER_FILE)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        text = ("\n" if is_torn else "") + json.dumps(line, sort_keys=True) + "\n"
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read() -> Iterator[Line]:
    """The lines from the oldest on; what cannot be read is logged and left out."""
    path = Path(settings.LEDGER_FILE)
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, start=1):
            try:
                line = json.loads(text)
            except ValueError:
                line = None
            if isinstance(line, dict):
                yield line
            elif text.strip():
                logger.error("Line %s of the ledger cannot be read", number)
