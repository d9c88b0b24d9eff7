"""The supervisor: what dies comes back, what is stopped leaves nothing behind."""

import signal
import subprocess
import sys
import time

import pytest

from funnel_crm import embedded
from tests.platform.conftest import is_alive, kill, wait_until


class Keeper:
    """A supervisor of dummy services in a process of its own."""

    def __init__(self, folder, *services):
        """Start it and wait until each service has told its process numbers."""
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.platform.keeper", str(folder), *services],
            cwd=embedded.CHECKOUT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for service in services:
            wait_until(lambda service=service: self.pids(service))

    def pids(self, service):
        """The process numbers that the service told in its latest life."""
        log = self.folder / f"{service}.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return [int(word) for word in lines[-1].split()] if lines else []


@pytest.fixture
def keep(tmp_path):
    """Make keepers; one that a failing test leaves is ended."""
    keepers = []

    def make(*services):
        keepers.append(Keeper(tmp_path, *services))
        return keepers[-1]

    yield make
    for keeper in keepers:
        keeper.process.terminate()
        keeper.process.wait(30)


def test_a_killed_service_is_started_again_and_the_reason_is_told(keep):
    keeper = keep("plain")
    (first,) = keeper.pids("plain")

    kill(first)
    wait_until(lambda: keeper.pids("plain") != [first])

    assert is_alive(*keeper.pids("plain"))
    assert (
        "plain stopped (killed by signal 9); starting it again in 0.5 s." in keeper.process.stdout.readline()
    )


def test_the_children_of_a_killed_service_do_not_outlive_it(keep):
    keeper = keep("with_child")
    main, child = keeper.pids("with_child")

    kill(main)

    wait_until(lambda: not is_alive(child))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(keep, sign):
    keeper = keep("plain", "with_child")
    pids = keeper.pids("plain") + keeper.pids("with_child")

    keeper.process.send_signal(sign)

    assert keeper.process.wait(10) == 0
    assert not any(is_alive(pid) for pid in pids)


def test_a_second_signal_does_not_wait_for_a_stubborn_service(keep):
    keeper = keep("stubborn")
    (pid,) = keeper.pids("stubborn")
    began_at = time.monotonic()

    keeper.process.send_signal(signal.SIGINT)
    time.sleep(1)
    still_waiting = is_alive(pid)
    keeper.process.send_signal(signal.SIGINT)
    keeper.process.wait(10)

    assert still_waiting
    assert not is_alive(pid)
    assert time.monotonic() - began_at < 5


def test_a_killed_supervisor_takes_its_services_along(keep):
    keeper = keep("plain")
    (pid,) = keeper.pids("plain")

    keeper.process.kill()

    wait_until(lambda: not is_alive(pid))
