"""Visits of web sites: each page is kept under a random id, until somebody makes themselves known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from intake.models import PageView, Submission, Visitor, WebSite
from leads.actions import TouchFacts, add_touch
from leads.models import Campaign, Direction, TouchChannel

# Views closer together than this are one visit.
PAUSE = timedelta(minutes=30)
MOST_VIEWS = 200
MOST_PAGES_TOLD, LONGEST_PAGES = 20, 1000
MOST_AT_ONCE = 500
_SEE = """
    INSERT INTO intake_visitor (id, site_id, first_at, last_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE SET last_at = GREATEST(intake_visitor.last_at, EXCLUDED.last_at)
    WHERE intake_visitor.site_id = EXCLUDED.site_id
    RETURNING id
"""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A page that was looked at, as the script tells it."""

    page: str
    title: str = ""
    referrer: str = ""
    utm: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def see_page(site: WebSite, visitor: UUID, seen: Seen, *, at: datetime | None = None) -> PageView | None:
    """Keep a page view; None for more than one visitor may leave, or an id that another site uses."""
    at = at or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_SEE, [visitor, site.pk, at, at])
        if cursor.fetchone() is None:
            return None
    if PageView.objects.filter(visitor=visitor).count() >= MOST_VIEWS:
        return None
    return PageView.objects.create(visitor_id=visitor, at=at, **vars(seen))


@transaction.atomic
def identify_visitor(submission: Submission) -> int:
    """Join the visits of whoever sent this to the lead, or to the person we know; answer how many visits.

    What they look at later follows, visit by visit. Safe to repeat.
    """
    visitor = _locked(submission.visitor) if submission.visitor else None
    touch = submission.touch
    if visitor is None or (submission.lead is None and (touch is None or touch.person is None)):
        return 0
    visitor.lead = submission.lead
    visitor.person = touch.person if touch and submission.lead is None else None
    visitor.save(update_fields=["lead", "person"])
    return _join(visitor)


def join_later_visits() -> int:
    """Tell what known visitors looked at since, once each visit is over; answer how many visits."""
    over = timezone.now() - PAUSE
    waiting = Visitor.objects.known().filter(last_at__lt=over, views__isnull=False).distinct()
    keys = list(waiting.order_by("last_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_join_one(key) for key in keys)


def forget_visits() -> int:
    """Remove what each site has kept long enough; answer how many visitors went, not seen since."""
    gone = 0
    for site in WebSite.objects.all():
        since = timezone.now() - timedelta(days=site.keep_days)
        PageView.objects.filter(visitor__site=site, at__lt=since).delete()
        old = Visitor.objects.filter(site=site, last_at__lt=since).order_by("last_at")
        while keys := list(old.values_list("pk", flat=True)[:MOST_AT_ONCE]):
            gone += len(keys)
            Visitor.objects.filter(pk__in=keys).delete()
    return gone


@transaction.atomic
def _join_one(key: UUID) -> int:
    visitor = _locked(key)
    return _join(visitor) if visitor else 0


def _locked(key: UUID) -> Visitor | None:
    visitors = Visitor.objects.select_for_update(of=("self",)).select_related(
        "site__source", "lead", "person"
    )
    return visitors.filter(pk=key).first()


def _join(visitor: Visitor) -> int:
    """One touch for each visit; the views go, they stand on the touch from now on."""
    views = list(visitor.views.order_by("at", "pk"))
    visits = list(_visits(views))
    for visit in visits:
        add_touch(_told(visitor.site, visit), actor=None, lead=visitor.lead, person=visitor.person)
    PageView.objects.filter(pk__in=[view.pk for view in views]).delete()
    return len(visits)


def _visits(views: Sequence[PageView]) -> Iterable[list[PageView]]:
    """Views in order, parted where somebody was away for long."""
    visit = list(views[:1])
    for before, after in pairwise(views):
        if after.at - before.at > PAUSE:
            yield visit
            visit = []
        visit.append(after)
    if visit:
        yield visit


def _told(site: WebSite, visit: Sequence[PageView]) -> TouchFacts:
    """A visit as a touch: what was looked at, in order, and where it came from."""
    pages = list(dict.fromkeys((view.page, view.title) for view in visit))[:MOST_PAGES_TOLD]
    utm: dict[str, str] = next((view.utm for view in visit if view.utm), {})
    details: dict[str, object] = {"page": " ".join(page for page, _title in pages)[:LONGEST_PAGES], **utm}
    if visit[0].referrer:
        details["referrer"] = visit[0].referrer
    code = utm.get("utm_campaign", "")
    return TouchFacts(
        channel=TouchChannel.WEB_VISIT,
        direction=Direction.INBOUND,
        at=visit[0].at,
        source=site.source,
        campaign=Campaign.objects.filter(code__iexact=code).first() if code else None,
        medium=utm.get("utm_medium", "")[:60],
        content="\n".join(f"{title} ({page})" if title else page for page, title in pages),
        details=details,
    )
