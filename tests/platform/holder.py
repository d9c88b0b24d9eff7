"""A process that uses the embedded servers, driven line by line through its standard input."""

import json
import os
import sys

from funnel_crm import embedded


def _pids() -> list[int | None]:
    return [server.pid() for server in embedded._all_servers()]


def _fork_a_child_that_exits() -> list[int | None]:
    if (child := os.fork()) == 0:
        sys.exit()  # runs the exit functions, as an ordinary end does
    os.waitpid(child, 0)
    return _pids()


COMMANDS = {"pids": _pids, "repair": embedded.repair, "fork": _fork_a_child_that_exits}


def main() -> None:
    """Hold the servers and answer commands until standard input ends."""
    embedded.ensure_running()
    print(json.dumps(_pids()), flush=True)  # noqa: T201 - the answer
    for line in sys.stdin:
        print(json.dumps(COMMANDS[line.strip()]()), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
