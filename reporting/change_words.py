"""What changed in a deal, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from core.templatetags.dates import short_date
from core.templatetags.money import money, money_compact
from pipeline.models import Outcome
from reporting.changes import Amounts, Change, Flow, Kind, State, slipped_days
from reporting.waterfall import usual_first

Words = str | Promise

HEADS: dict[Kind, Words] = {
    Kind.NEW: pgettext_lazy("deals", "New"),
    Kind.FORWARD: pgettext_lazy("deals", "Moved on"),
    Kind.BACK: pgettext_lazy("deals", "Moved back"),
    Kind.DATE: gettext_lazy("Date changed"),
    Kind.VALUE: gettext_lazy("Value changed"),
    Kind.WON: pgettext_lazy("deals", "Won"),
    Kind.LOST: pgettext_lazy("deals", "Lost"),
    Kind.REOPENED: gettext_lazy("Reopened"),
    Kind.OWNER: gettext_lazy("Handed over"),
}
TONES = {
    Kind.NEW: "is-accent",
    Kind.WON: "is-won",
    Kind.LOST: "is-lost",
    Kind.BACK: "is-warn",
    Kind.REOPENED: "is-warn",
}
BARS: dict[str, Words] = {
    "start": gettext_lazy("Open at the start"),
    Flow.NEW: gettext_lazy("new deals"),
    Flow.REOPENED: gettext_lazy("reopened"),
    Flow.INCREASED: gettext_lazy("value raised"),
    Flow.DECREASED: gettext_lazy("value lowered"),
    Flow.WON: pgettext_lazy("deals", "won"),
    Flow.LOST: pgettext_lazy("deals", "lost"),
    "end": gettext_lazy("Open at the end"),
}
# The order in which a sentence tells them.
TOLD = (
    Kind.WON,
    Kind.LOST,
    Kind.NEW,
    Kind.REOPENED,
    Kind.FORWARD,
    Kind.BACK,
    Kind.DATE,
    Kind.VALUE,
    Kind.OWNER,
)


@dataclass(frozen=True)
class Phrase:
    """One thing that happened to a deal: a word to find it by, and the rest of it."""

    head: Words
    tone: str
    text: str


@dataclass(frozen=True)
class Names:
    """What stages, reasons and people are called."""

    stages: Mapping[int, Words]
    reasons: Mapping[int, str]
    people: Mapping[int, str]

    def stage(self, state: State) -> str:
        """The stage a deal stands in."""
        return str(self.stages[state.stage])


def phrases(change: Change, names: Names) -> list[Phrase]:
    """Everything that happened to a deal, the most important first."""
    told = [kind for kind in TOLD if kind in change.kinds]
    return [Phrase(_head(kind, change), TONES.get(kind, ""), _text(kind, change, names)) for kind in told]


def amounts_text(amounts: Amounts, *, is_signed: bool = False) -> str:
    """`613 T€ · 12 TCHF`: short, for heads."""
    parts = [
        (_sign(amount) if is_signed else "") + money_compact(amount, currency)
        for currency, amount in sorted(amounts.items(), key=lambda item: usual_first(item[0]))
        if amount
    ]
    return " · ".join(parts)


def signed_money(amount: Decimal, currency: str) -> str:
    """`+1.500 €`, `−300 €`."""
    return _sign(amount) + money(amount, currency)


def _sign(amount: Decimal) -> str:
    return "+" if amount > 0 else ""


def _head(kind: Kind, change: Change) -> Words:
    """A date that is pulled in is good news, and one that is set for the first time has not shifted."""
    if kind != Kind.DATE or change.start is None:
        return HEADS[kind]
    days = slipped_days(change.start, change.end)
    if days is None:
        return _("Date")
    return pgettext("expected closing", "Later") if days > 0 else pgettext("expected closing", "Earlier")


def _text(kind: Kind, change: Change, names: Names) -> str:
    start, end = change.start, change.end
    if start is None or kind in (Kind.WON, Kind.LOST):
        return _text_of_end(kind, change, names)
    texts = {
        Kind.REOPENED: lambda: _reopened(start),
        Kind.FORWARD: lambda: _from_to(names.stage(start), names.stage(end)),
        Kind.BACK: lambda: _from_to(names.stage(start), names.stage(end)),
        Kind.DATE: lambda: _date(start, end),
        Kind.VALUE: lambda: _value(start, end),
        Kind.OWNER: lambda: _from_to(names.people[start.owner_id], names.people[end.owner_id]),
    }
    return texts[kind]()


def _text_of_end(kind: Kind, change: Change, names: Names) -> str:
    """Of what needs no start to be told."""
    start, end = change.start, change.end
    if kind == Kind.NEW:
        return _("stands in %(stage)s") % {"stage": names.stage(end)} if end.is_open else _("in the period")
    if kind == Kind.WON:
        if start is None or start.stage == end.stage:
            return ""
        return _("stood in %(stage)s") % {"stage": names.stage(start)}
    reason = names.reasons[end.loss_reason_id] if end.loss_reason_id else ""
    return _("in %(stage)s: %(reason)s") % {"stage": names.stage(end), "reason": reason}


def _from_to(before: str, after: str) -> str:
    return f"{before} → {after}"


def _reopened(start: State) -> str:
    return _("had been won") if start.outcome == Outcome.WON else _("had been lost")


def _date(start: State, end: State) -> str:
    days = slipped_days(start, end)
    if days is None:
        if end.expected_close_on:
            return _("closing now expected on %(day)s") % {"day": short_date(end.expected_close_on)}
        return _("without expected closing, was %(day)s") % {"day": short_date(start.expected_close_on)}
    text = ngettext("%(days)d day", "%(days)d days", abs(days)) % {"days": abs(days)}
    return f"{text}, {_from_to(short_date(start.expected_close_on), short_date(end.expected_close_on))}"


def _value(start: State, end: State) -> str:
    text = _from_to(money(start.value, start.currency), money(end.value, end.currency))
    if start.currency != end.currency:
        return text
    return f"{text} ({signed_money(end.value - start.value, end.currency)})"
