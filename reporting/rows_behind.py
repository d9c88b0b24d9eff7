"""The deals behind a figure: which ones a number counts."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.addresses import is_key
from core.pagination import Page, keyset_page
from pipeline.models import Deal, LossReason, Stage, StageSetting
from reporting import counts, efforts, handovers
from reporting.durations import ended_stays
from reporting.models import OFFER_DELIVERED, WON, DealStanding, StageEntry
from reporting.periods import Period
from reporting.reach import came_to_by
from reporting.scopes import Scopes
from reporting.selection import Selection

ENDINGS = {"moved_on": "moved_on", "lost": "lost", "open": ""}
# From the delivered offer one moves on by the win.
OFFER_ENDINGS = {"won": "moved_on", "lost": "lost", "open": ""}
OUTCOMES = {"open": "open", "lost": "lost", "won": "won"}
TITLES: dict[str, str | Promise] = {
    "begun": _("Deals begun"),
    "before": _("Deals begun before that had come so far by then"),
    "entered": _("Deals that entered the stage"),
    "stayed": _("Stays in the stage that ended"),
    "moved": _("Deals that moved on"),
    "received": _("Deals taken over"),
    "given": _("Deals handed over"),
    "won": _("Deals won"),
    "lost": _("Deals lost"),
}
OF_MEMBERS = ("entered", "moved", "received", "given")
ENDING_WORDS: dict[str, str | Promise] = {
    "lost": pgettext_lazy("deals", "lost"),
    "open": _("still open here"),
    "won": pgettext_lazy("deals", "won"),
}
CUSTOMER_WORDS: dict[str, str | Promise] = {
    "new": _("new customers"),
    "repeat": _("existing customers"),
}


@dataclass(frozen=True)
class RowsBehind:
    """The deals a figure counts: those the reader may see, and how many there are in all."""

    title: str | Promise
    stage: str | Promise
    remarks: list[str]
    """What else narrows the figure down: whose, how it ended, why."""
    page: Page[Deal]
    counted: int
    hidden: int
    period: Period


def rows_behind(selection: Selection, query: QueryDict, user: User, scopes: Scopes) -> RowsBehind:
    """Find the deals of a figure by the parameters of its address; Http404 for a figure that is none.

    `what` is begun, before (in the period beside it), entered, stayed, won or lost; `stage`, `ending`,
    `reason`, `member` and `customers` narrow it down.
    """
    what = query.get("what", "")
    if what not in TITLES:
        raise Http404
    stage, reason = _number(query, "stage"), _number(query, "reason")
    if what == "entered":
        rows: QuerySet = _entered(selection, stage or OFFER_DELIVERED, query, scopes)
    elif what == "stayed":
        rows = ended_stays(selection).filter(stage=stage or Stage.AKQUISE)
    elif what in ("moved", "received", "given"):
        rows = _moved_or_handed(selection, what, query, scopes)
    elif what == "before":
        rows = came_to_by(counts.begun_deals(selection.compared), selection.compared.period)
        rows = rows.filter(by_then__gte=stage or Stage.AKQUISE)
    else:
        rows = _standing(selection, what, stage, reason, query)
    deals = Deal.objects.filter(pk__in=rows.values("deal"))
    visible = (
        Deal.objects.visible_to(user)
        .filter(pk__in=rows.values("deal"))
        .select_related("company", "person", "owner")
    )
    counted, seen = deals.count(), visible.count()
    return RowsBehind(
        title=_("Offers delivered") if what == "entered" and not stage else TITLES[what],
        stage=_stage_label(stage),
        remarks=[remark for remark in _remarks(what, reason, query) if remark],
        page=keyset_page(visible, ("-opened_at", "-pk"), query.get("cursor", "")),
        counted=counted,
        hidden=counted - seen,
        period=(selection.compared if what == "before" else selection).period,
    )


def _entered(selection: Selection, stage: int, query: QueryDict, scopes: Scopes) -> QuerySet[StageEntry]:
    rows = counts.stage_entries(selection, stage)
    if member := _member(selection, query, scopes):
        rows = rows.filter(owner=member)
    endings, ending = OFFER_ENDINGS if stage == OFFER_DELIVERED else ENDINGS, query.get("ending")
    return rows.filter(ending=endings[ending]) if ending in endings else rows


def _moved_or_handed(selection: Selection, what: str, query: QueryDict, scopes: Scopes) -> QuerySet:
    member = _member(selection, query, scopes)
    if what == "received":
        return handovers.received(selection, member)
    if what == "given":
        return handovers.given(selection, member)
    rows = efforts.moved_deals(selection)
    return rows.filter(owner=member) if member else rows


def _member(selection: Selection, query: QueryDict, scopes: Scopes) -> int | None:
    """One person within the team; Http404 where the reader may not see that part."""
    member = _number(query, "member")
    if member and (selection.team is None or not scopes.shows_member(member, selection.team.pk)):
        raise Http404
    return member


def _standing(
    selection: Selection, what: str, stage: int | None, reason: int | None, query: QueryDict
) -> QuerySet[DealStanding]:
    if what == "begun":
        return _begun(selection, stage, query)
    if what == "won":
        rows = counts.won_deals(selection)
        return _of_customers(rows, query)
    rows = counts.lost_deals(selection)
    rows = rows.filter(stands_in=stage) if stage else rows
    return rows.filter(loss_reason=reason) if reason else rows


def _begun(selection: Selection, stage: int | None, query: QueryDict) -> QuerySet[DealStanding]:
    """Those that came at least this far, or, with an ending, exactly this far."""
    rows, ending = counts.begun_deals(selection), query.get("ending")
    if query.get("customers") in CUSTOMER_WORDS:
        return _of_customers(rows.filter(outcome=OUTCOMES["won"]), query)
    if stage and ending in OUTCOMES:
        return rows.filter(furthest=stage, outcome=OUTCOMES[ending])
    return rows.filter(furthest__gte=stage) if stage else rows


def _of_customers(won: QuerySet[DealStanding], query: QueryDict) -> QuerySet[DealStanding]:
    """Of won deals those of new customers, or of those that had bought before, where that is asked."""
    wanted = query.get("customers")
    if wanted == "new":
        return won.filter(is_new_customer=True)
    return won.exclude(is_new_customer=True) if wanted == "repeat" else won


def _stage_label(stage: int | None) -> str | Promise:
    if not stage:
        return ""
    if stage == WON:
        return pgettext_lazy("deals", "Won")
    setting = StageSetting.objects.filter(stage=stage).first()
    return setting.label if setting else ""


def _remarks(what: str, reason: int | None, query: QueryDict) -> list[str]:
    """Words for the narrowing parameters that this kind of figure heeds."""
    ending, member = query.get("ending", ""), _number(query, "member") if what in OF_MEMBERS else None
    customers = CUSTOMER_WORDS.get(query.get("customers", ""), "") if what in ("won", "begun") else ""
    return [
        str(User.objects.get(pk=member)) if member else "",
        str(ENDING_WORDS.get(ending, "")) if what in ("begun", "entered") else "",
        str(customers),
        _reason_label(reason) if what == "lost" else "",
    ]


def _reason_label(reason: int | None) -> str:
    found = LossReason.objects.filter(pk=reason).first() if reason else None
    return found.label if found else ""


def _number(query: QueryDict, name: str) -> int | None:
    """A small positive number or nothing."""
    text = query.get(name, "")
    return int(text) if is_key(text) else None
