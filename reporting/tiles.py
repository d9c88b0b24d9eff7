"""The figures on top of the dashboard, each with its period and what it is a part of."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activities.models import Activity, FollowUp
from core.templatetags.money import money, money_compact, number, percent, percent_range
from pipeline.models import Deal
from planning.models import Measure
from reporting.counts import OfferCounts, WinCounts
from reporting.models import StageConversion
from reporting.selection import Selection
from reporting.target_status import TargetStatus, TargetTable


@dataclass(frozen=True)
class Tile:
    """One figure."""

    label: str
    value: str
    note: str
    url: str
    tone: str = ""


def win_tiles(
    selection: Selection, wins: WinCounts, before: WinCounts | None, targets: TargetTable
) -> list[Tile]:
    """Deals won, what they bring, how many of the customers are new; beside targets where there are any."""
    currency = settings.DEFAULT_CURRENCY
    won, url = wins.won, selection.url("reporting:deals", what="won")
    share = wins.new_customers / won.deals if won.deals else None
    others = ", ".join(money(value, currency) for currency, value in sorted(wins.other_currencies.items()))
    new_url = selection.url("reporting:deals", what="won", customers="new")
    return [
        Tile(
            _("Deals won"),
            number(won.deals),
            _joined(
                _of_target(targets.of(Measure.WON)), _beside(won.deals, before, by_year=selection.by_year)
            ),
            url,
        ),
        Tile(
            _("Order intake"),
            money_compact(won.value, currency),
            _joined(
                _of_target(targets.of(Measure.REVENUE, currency)),
                _("net; also %(others)s") % {"others": others} if others else _("net, of the deals won"),
            ),
            url,
        ),
        Tile(
            _("of them new customers"),
            number(wins.new_customers),
            _("%(share)s of the deals won") % {"share": percent(share)},
            new_url,
        ),
    ]


def offer_tile(selection: Selection, offers: OfferCounts, figure: StageConversion | None) -> Tile:
    """From the delivered offer to the win."""
    note = _("%(won)s of %(delivered)s offers so far, %(open)s open") % {
        "won": number(offers.won.deals),
        "delivered": number(offers.delivered.deals),
        "open": number(offers.still_open.deals),
    }
    if figure:
        note = f"{percent_range(figure.low, figure.high)} · {note}"
    url = selection.url("reporting:deals", what="entered", stage=0)
    return Tile(_("Offer to win"), percent(figure.rate if figure else None), note, url)


def today_tiles(selection: Selection, user: User) -> list[Tile]:
    """What the reader has to do today; only beside the reader's own figures."""
    if selection.rep != user:
        return []
    today = timezone.localdate()
    due = FollowUp.objects.of_owners([user.pk]).due(today).count()
    appointments = Activity.objects.appointments_of([user.pk]).filter(at__date=today).count()
    note = ngettext("%(count)s appointment", "%(count)s appointments", appointments)
    return [
        Tile(
            _("To do today"),
            number(due),
            _("due follow-ups, and %(appointments)s")
            % {"appointments": note % {"count": number(appointments)}},
            reverse("activities:today"),
        )
    ]


def open_tiles(selection: Selection, user: User) -> list[Tile]:
    """What is open now, and what of it nobody has planned anything for: those the reader may see."""
    deals = Deal.objects.visible_to(user).open()
    query: dict[str, str | int] = {"outcome": "open"}
    if selection.rep:
        deals, query["owner"] = deals.filter(owner=selection.rep), selection.rep.pk
    elif selection.team:
        deals, query["team"] = deals.filter(owner__team=selection.team), selection.team.pk
    everything, idle = deals.count(), deals.without_next_step().count()
    address = reverse("pipeline:deal_list")
    return [
        Tile(_("Open now"), number(everything), _("whenever begun"), f"{address}?{urlencode(query)}"),
        Tile(
            _("Without next step"),
            number(idle),
            _("of %(deals)s open") % {"deals": number(everything)},
            f"{address}?{urlencode({**query, 'no_step': 'on'})}",
            tone="bad" if idle else "",
        ),
    ]


def _joined(*notes: str) -> str:
    return " · ".join(filter(None, notes))


def _of_target(status: TargetStatus | None) -> str:
    """`97 % vom Ziel 2,0 Mio. €`."""
    if status is None or status.share is None:
        return ""
    line = status.line
    target = money_compact(status.target, line.currency) if line.is_money else number(status.target)
    return _("%(share)s of the target of %(target)s") % {"share": percent(status.share), "target": target}


def _beside(deals: int, before: WinCounts | None, *, by_year: bool) -> str:
    """The difference to what it is compared with; nothing where there are no figures to compare with."""
    if before is None:
        return ""
    difference = deals - before.won.deals
    if difference == 0:
        return _("as many as a year before") if by_year else _("as many as in the period before")
    count = abs(difference)
    if by_year:
        text = (
            ngettext("%(count)s more than a year before", "%(count)s more than a year before", count)
            if difference > 0
            else ngettext("%(count)s fewer than a year before", "%(count)s fewer than a year before", count)
        )
        return text % {"count": number(count)}
    text = (
        ngettext(
            "%(count)s more than in the period before", "%(count)s more than in the period before", count
        )
        if difference > 0
        else ngettext(
            "%(count)s fewer than in the period before", "%(count)s fewer than in the period before", count
        )
    )
    return text % {"count": number(count)}
