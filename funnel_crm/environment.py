"""Reading the environment: values, switches and secrets that may stand in files."""

import os
from datetime import time
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE points to, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def switch(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes and on, in any case."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    """The value of NAME as a whole number."""
    return int(text(name) or default)


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated values of NAME."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def hours(name: str, default: str) -> tuple[time, time]:
    """The value of NAME, such as 08:00-17:00, as the times of day at which work begins and ends."""
    begins, ends = map(time.fromisoformat, text(name, default).split("-"))
    if begins >= ends:
        raise ValueError(f"{name} has to begin before it ends")
    return begins, ends
