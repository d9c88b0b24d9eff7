"""One run: load, serve, measure, print; a goal that is missed is named so."""

import sys
from time import monotonic

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from benchmarks import measuring, world
from benchmarks.browser import Browser
from benchmarks.imports import measure_import
from benchmarks.measuring import NOTHING, Measured, Recomputed, Took
from benchmarks.pages import measured_pages
from benchmarks.server import running_server
from benchmarks.staff import ADMIN_EMAIL, PASSWORD, REP_EMAIL
from core import catalogue
from pipeline.models import Deal

HEAD = (
    f"{'page':22} {'p50 ms':>8} {'p95 ms':>8} {'queries':>7} {'SQL ms':>7} {'CPU ms':>7} {'bytes':>8} "
    f"{'x CPU':>6} {'x SELECT':>8} {'x empty':>8} {'goal':>5}         {'growth':>6}"
)
FULL_GOAL, FORECAST_GOAL, REVIEW_GOAL, REFRESH_GOAL = 10.0, 60.0, 600.0, 0.2
# A hundred thousand companies in five minutes; twice as many persons in twice the time.
SEARCH_GOAL = 300.0
# A hundred thousand companies come in within three minutes; a small file has its fixed costs.
IMPORT_GOAL, IMPORT_LEAST, IMPORT_MEMORY = 180.0, 5_000, 600
SIZE_OF_GOALS = 100_000
GROWTH_GOAL, GROWTH_GOAL_OF_A_MILLION = 1.3, 1.5


class Bench:
    """Measures one size after the other; pages are compared with those of the smallest."""

    def __init__(self, *, is_loaded: bool) -> None:
        self.is_loaded = is_loaded
        self.smallest: dict[str, float] = {}
        self.size = 0

    def run(self, sizes: list[int]) -> None:
        """Prepare as `make run` does, then measure."""
        catalogue.compile_all()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if self.is_loaded:
            sizes = [Deal.objects.count()]
        for size in sizes:
            self._measure(size)

    def _measure(self, size: int) -> None:
        self.size = size
        began = monotonic()
        first = NOTHING
        if not self.is_loaded:
            world.load(size, timezone.now())
            _say(f"\n{size:,} deals, loaded in {monotonic() - began:.0f} s")
            first = measuring.first_figures()
        connections.close_all()
        with running_server() as port:
            self._measure_pages(port)
        _say_recomputed(measuring.recompute(first))
        _say_searched("companies", *measuring.search_duplicates("company"))
        _say_searched("persons", *measuring.search_duplicates("person"))
        connections.close_all()
        _say_imported(size, measure_import(size))

    def _measure_pages(self, port: int) -> None:
        browsers = {email: Browser(port) for email in (REP_EMAIL, ADMIN_EMAIL)}
        for email, browser in browsers.items():
            browser.log_in(email, PASSWORD)
        select = measuring.one_row_select()
        pages = measured_pages()
        _say(HEAD)
        for page in pages:
            self._say_page(measuring.measure_page(page, browsers[page.email]), select)
        for page in pages[:1] + [page for page in pages if page.name in ("list of 50", "deal")]:
            rate = measuring.pages_per_second(page, port, browsers[page.email].cookies)
            _say(f"{page.name} at {measuring.CONNECTIONS} connections: {rate:.0f} pages/s")
        _say(f"one-row SELECT: {select:.3f} ms")

    def _say_page(self, measured: Measured, select: float) -> None:
        page, ratio = measured.page, measured.ratio
        growth = ratio / self.smallest.setdefault(page.name, ratio)
        goal = f"{page.goal:>5} {_verdict(ratio <= page.goal)}" if page.goal else ""
        _say(
            f"{page.name:22} {measured.p50:8.1f} {measured.p95:8.1f} {measured.statements:7} "
            f"{measured.sql:7.1f} {measured.cpu:7.1f} {measured.size:8} {measured.work:6.1f} "
            f"{measured.p50 / select:8.0f} {ratio:8.1f} {goal:14} {growth:6.2f} {self._grown(growth)}"
        )

    def _grown(self, growth: float) -> str:
        limit = GROWTH_GOAL_OF_A_MILLION if self.size > SIZE_OF_GOALS else GROWTH_GOAL
        return "" if growth <= limit else f"MISSED ({limit})"


def _say_recomputed(seconds: Recomputed) -> None:
    for name, took, goal in (
        ("first computation of all figures", seconds.first, FULL_GOAL),
        ("nightly recomputation and check", seconds.night, FULL_GOAL),
        ("nightly forecast", seconds.forecast, FORECAST_GOAL),
        ("monthly review of forecasts", seconds.review, REVIEW_GOAL),
        ("refresh after a move", seconds.refresh, REFRESH_GOAL),
    ):
        if took == NOTHING:  # nothing was loaded, so nothing was computed for the first time
            continue
        verdict = _verdict(took.wall <= goal)
        _say(f"{name}: {took.wall:.3f} s, {took.cpu:.3f} s of Python (goal {goal:g} s, {verdict})")


def _say_searched(what: str, rows: int, pairs: int, took: Took) -> None:
    goal = SEARCH_GOAL * rows / SIZE_OF_GOALS
    _say(
        f"duplicates among {rows:,} {what}: {took.wall:.1f} s, {took.cpu:.1f} s of Python, "
        f"{pairs:,} pairs (goal {goal:.0f} s, {_verdict(took.wall <= goal)})"
    )


def _say_imported(rows: int, told: dict[str, float]) -> None:
    """Beside as many companies that are here already, so that each new row is compared with some."""
    goal = IMPORT_GOAL * max(rows, IMPORT_LEAST) / SIZE_OF_GOALS
    for step in ("checked", "brought in", "brought up to date", "brought back", "taken back"):
        has_goal = step.startswith("brought ") and step != "brought back"
        verdict = f" (goal {goal:.0f} s, {_verdict(told[step] <= goal)})" if has_goal else ""
        python = told[f"{step}, Python"]
        _say(f"{rows:,} companies {step}: {told[step]:.1f} s, {python:.1f} s of Python{verdict}")
    verdict = _verdict(told["MB"] <= IMPORT_MEMORY)
    _say(f"memory of the import: {told['MB']:.0f} MB (goal {IMPORT_MEMORY} MB, {verdict})")


def _verdict(is_met: bool) -> str:
    return "ok" if is_met else "MISSED"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
