"""A rep beside the team, a team beside all, in plain sentences: what can be told, and what cannot."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.money import number, percent, percent_range
from reporting.clocks import next_target
from reporting.figures import EVERYONE, Scope
from reporting.models import OFFER_DELIVERED, StageConversion
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.stage_entries import STAGES
from reporting.stage_table import VERDICTS, Labels, StageTable, is_few

OFFERS = gettext_lazy("Offers")


@dataclass(frozen=True)
class Sentence:
    """One stage: the figures, and what they say."""

    stage: int
    label: str | Promise
    own: StageConversion
    others: StageConversion | None
    verdict: str
    text: str
    url: str


def sentences(selection: Selection, scopes: Scopes, table: StageTable, labels: Labels) -> list[Sentence]:
    """One for each stage, then one for the offers; of everyone together there is nothing to compare."""
    if not (selection.rep or selection.team):
        return []
    others = _others(selection, scopes, table)
    found = (
        (stage, _compared(selection, table, stage), others.get(stage)) for stage in (*STAGES, OFFER_DELIVERED)
    )
    return [
        _sentence(selection, stage, labels.get(stage, OFFERS), *figures, beside)
        for stage, figures, beside in found
        if figures is not None
    ]


def _compared(
    selection: Selection, table: StageTable, stage: int
) -> tuple[StageConversion, StageConversion] | None:
    """The own figure, and the row that was compared with the others: a rep's part in the home team."""
    own = table.figure(selection.scope, stage, next_target(stage))
    if own is None or selection.rep is None:
        return (own, own) if own else None
    part = table.figure(Scope(selection.rep.pk, selection.rep.team_id), stage, next_target(stage))
    return own, part if part is not None and part.entered == own.entered else own


def _others(selection: Selection, scopes: Scopes, table: StageTable) -> dict[int, StageConversion]:
    """The team's figures beside a rep's, everyone's beside a team's, where the reader may see them."""
    stages = (*STAGES, OFFER_DELIVERED)
    if selection.rep:
        scope = Scope(team_id=selection.rep.team_id)
        figures = {stage: table.figure(scope, stage, next_target(stage)) for stage in stages}
        return {stage: figure for stage, figure in figures.items() if figure}
    if not scopes.everyone:
        return {}
    rows = StageConversion.objects.filter(
        rep=EVERYONE.rep_id,
        team=EVERYONE.team_id,
        period=selection.period.kind,
        starts_on=selection.period.starts_on,
    )
    return {row.stage: row for row in rows if row.target == next_target(row.stage)}


def _sentence(
    selection: Selection,
    stage: int,
    label: str | Promise,
    own: StageConversion,
    compared: StageConversion,
    others: StageConversion | None,
) -> Sentence:
    verdict = "few" if is_few(own) else VERDICTS.get(compared.verdict, "")
    words = {
        "rate": percent(own.rate),
        "span": percent_range(own.low, own.high),
        "others": percent(others.rate) if others else "–",
        "careful": percent(compared.shrunk_rate),
        "decided": number(own.moved_on + own.lost),
    }
    text = _text(verdict, has_others=others is not None, has_estimate=compared.shrunk_rate is not None)
    url = selection.url("reporting:deals", what="entered", stage=stage)
    return Sentence(stage, label, own, others, verdict, text % words, url)


def _text(verdict: str, *, has_others: bool, has_estimate: bool) -> str:
    if not has_others:
        return _("%(rate)s move on (%(span)s).")
    if verdict == "few":
        few = _("%(decided)s decided cases are too few to tell.")
        return few + " " + _("Carefully estimated: %(careful)s.") if has_estimate else few
    told = {
        "hi": _("%(rate)s move on (%(span)s), with the others %(others)s: more, and hardly by chance."),
        "lo": _("%(rate)s move on (%(span)s), with the others %(others)s: fewer, and hardly by chance."),
    }.get(
        verdict,
        _("%(rate)s move on (%(span)s), with the others %(others)s: that can be chance."),
    )
    return told + " " + _("Carefully estimated: %(careful)s.") if has_estimate else told
