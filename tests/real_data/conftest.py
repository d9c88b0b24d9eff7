"""Where the real files lie: beside the checkout, never in it. Tests that need one skip without it."""

from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """Give the folder of a data set by its name, or skip the test."""

    def folder(name: str) -> Path:
        path = CHECKOUT.parent / "shared" / "data" / name
        if not path.is_dir():
            pytest.skip(f"the data set {name} is not here")
        return path

    return folder
