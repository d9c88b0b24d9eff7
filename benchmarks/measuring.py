"""Timing pages through the server, each beside the empty view of the same moment, and the figures beside."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import monotonic, perf_counter, process_time
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from benchmarks.browser import Answer, Browser
from benchmarks.pages import Page
from benchmarks.statements import COUNT, CPU_SECONDS, SECONDS
from contacts.duplicate_search import KINDS, search_all
from contacts.models import DuplicatePair, MatchKey
from core.models import Delivery
from pipeline.actions import move_deal
from pipeline.models import Deal, Stage
from reporting import actions
from reporting.forecast_night import write_forecast
from reporting.forecast_review import write_review
from reporting.models import Rebuild

WARM_UP, ROUNDS, TOLD, SELECTS, MOVES = 4, 40, 10, 400, 12
EMPTY = "/bench/empty/"
CONNECTIONS, BUSY_SECONDS = 16, 4.0


@dataclass(frozen=True)
class Measured:
    """One page: times in milliseconds, and what the empty view took in the same rounds."""

    page: Page
    p50: float
    p95: float
    empty: float
    statements: int
    sql: float
    cpu: float
    empty_cpu: float
    size: int

    @property
    def ratio(self) -> float:
        """The median in empty views."""
        return self.p50 / self.empty

    @property
    def work(self) -> float:
        """What Python computes, in empty views: the same however busy the machine is with other things."""
        return self.cpu / self.empty_cpu


class Took(NamedTuple):
    """Seconds by the clock, and of them those in which Python computed."""

    wall: float = 0.0
    cpu: float = 0.0


NOTHING = Took()


@dataclass(frozen=True)
class Recomputed:
    """What the figures took: the first time, nightly check and forecast, monthly review, after one move."""

    first: Took
    night: Took
    forecast: Took
    review: Took
    refresh: Took


def measure_page(page: Page, browser: Browser) -> Measured:
    """Ask for it in rounds; whatever else the machine does meets the empty view as well."""
    times, empty = [], []
    browser.renew()
    for number in range(WARM_UP + ROUNDS):
        empty.append(browser.get(EMPTY).seconds)
        answer = page.ask(browser, number, False)
        if answer.status != 200:
            raise RuntimeError(f"{page.name} answered {answer.status}.")
        times.append(answer.seconds)
    told = [page.ask(browser, number, True) for number in range(TOLD)]
    told_empty = [browser.get(EMPTY, tells=True) for _ in range(TOLD)]
    times = [seconds * 1000 for seconds in times[WARM_UP:]]
    return Measured(
        page=page,
        p50=median(times),
        p95=quantiles(times, n=20)[-1],
        empty=median(empty[WARM_UP:]) * 1000,
        statements=int(told[-1].headers[COUNT]),
        sql=_median_of(told, SECONDS),
        cpu=_median_of(told, CPU_SECONDS),
        empty_cpu=_median_of(told_empty, CPU_SECONDS),
        size=len(told[-1].body),
    )


def _median_of(answers: list[Answer], header: str) -> float:
    """In milliseconds."""
    return median(float(answer.headers[header]) for answer in answers) * 1000


def one_row_select() -> float:
    """The median milliseconds of reading one deal by its key."""
    times = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM pipeline_deal")
        key = cursor.fetchone()[0]
        for _ in range(SELECTS):
            began = perf_counter()
            cursor.execute("SELECT title FROM pipeline_deal WHERE id = %s", [key])
            cursor.fetchone()
            times.append(perf_counter() - began)
    return median(times) * 1000


def pages_per_second(page: Page, port: int, cookies: dict[str, str]) -> float:
    """How many answers sixteen connections get, each asking as soon as it has one."""
    counts = [0] * CONNECTIONS
    until = monotonic() + BUSY_SECONDS

    def ask(place: int) -> None:
        browser = Browser(port, cookies)
        while monotonic() < until:
            page.ask(browser, place, False)
            counts[place] += 1

    threads = [threading.Thread(target=ask, args=[place]) for place in range(CONNECTIONS)]
    began = monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (monotonic() - began)


def first_figures() -> Took:
    """Seconds to compute and store everything where nothing is stored; then what autovacuum would do."""
    seconds = _seconds(lambda: actions.rebuild_figures(Rebuild.Reason.FIRST))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return seconds


def recompute(first: Took) -> Recomputed:
    """Time what follows from single moves, and the nightly check, which must find nothing wrong."""
    _hear_of_moves()
    deals = Deal.objects.filter(outcome="open", stage__lt=Stage.ABSCHLUSS).order_by("-pk")[:MOVES]
    refreshed = []
    for deal in list(deals):
        to = Stage(deal.stage + 1)
        move_deal(deal, to, seen_in=Stage(deal.stage), actor=deal.owner, confirmed=True)
        actions.mark_deal_stale(deal.pk)
        refreshed.append(_seconds(actions.refresh_stale))
    _hear_of_moves()
    night = _seconds(_check_figures)
    refresh = Took(*(median(column) for column in zip(*refreshed, strict=True)))
    forecast = _seconds(lambda: write_forecast(timezone.now()))
    review = _seconds(lambda: write_review(timezone.now()))
    return Recomputed(first, night, forecast, review, refresh)


def search_duplicates(subject: str) -> tuple[int, int, Took]:
    """Compare all companies, or all persons, anew: how many, how many pairs came of it, how long it took."""
    MatchKey.objects.all().delete()
    DuplicatePair.objects.all().delete()
    took = _seconds(lambda: search_all(subject))
    return KINDS[subject].objects.count(), DuplicatePair.objects.count(), took


def _hear_of_moves() -> None:
    """Do what the worker would: no process but the web server runs."""
    waiting = Delivery.objects.filter(done_at=None)
    for deal_id in set(waiting.values_list("event__subject_id", flat=True)):
        actions.mark_deal_stale(deal_id)
    waiting.update(done_at=timezone.now())
    actions.refresh_stale()


def _check_figures() -> None:
    rebuilt = actions.rebuild_figures(Rebuild.Reason.NIGHT)
    if rebuilt.difference_count:
        raise RuntimeError(f"{rebuilt.difference_count} figures differ from their history.")


def _seconds(work: Callable[[], object]) -> Took:
    began, computed = perf_counter(), process_time()
    work()
    return Took(perf_counter() - began, process_time() - computed)
