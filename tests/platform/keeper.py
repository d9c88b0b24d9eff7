"""A supervisor of three dummy services; each appends the numbers of its processes to a file of its own."""

import sys
from pathlib import Path

from funnel_crm.supervisor import Service, Supervisor

PLAIN = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
WITH_CHILD = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(60)
"""
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PLAIN}"


def main() -> None:
    """Run the services named on the command line, with their logs in the folder that comes first."""
    folder, *names = sys.argv[1:]
    scripts = {"plain": PLAIN, "with_child": WITH_CHILD, "stubborn": STUBBORN}
    services = [Service(name, [sys.executable, "-c", scripts[name]]) for name in names]
    say = lambda text: print(text, flush=True)  # noqa: E731, T201 - what a person would see
    Supervisor(services, Path(folder), say).run(each_tick=lambda: None)


if __name__ == "__main__":
    main()
