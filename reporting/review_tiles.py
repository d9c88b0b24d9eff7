"""The figures on top of the review: how often the bands held, bias, and the error beside simple methods."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.money import percent, percent_range
from reporting.forecast.judging import Judgement, Share
from reporting.tiles import Tile


def review_tiles(judgement: Judgement) -> list[Tile]:
    """Four figures, each with what it rests on."""
    months = ngettext("of %(count)d month", "of %(count)d different months", judgement.months)
    over = months % {"count": judgement.months}
    best = min((one for one in judgement.beside if one), key=lambda one: one.error, default=None)
    beside = _("best simple method: %(error)s") % {"error": percent(best.error)} if best else over
    return [
        Tile(_("Band of 9 of 10 held"), percent(judgement.wide.rate), _held(judgement.wide), ""),
        Tile(_("Band of half the cases held"), percent(judgement.half.rate), _held(judgement.half), ""),
        Tile(_("Foretold too much or too little"), signed(judgement.bias), over, ""),
        Tile(_("Mean error"), percent(judgement.error), beside, ""),
    ]


def signed(share: float | None) -> str:
    """A share with its sign."""
    if share is None:
        return percent(None)
    return f"+{percent(share)}" if share > 0 else percent(share)


def _held(share: Share) -> str:
    said = {"held": share.held, "of": share.of, "span": percent_range(share.low, share.high)}
    return _("%(held)s of %(of)s figures · uncertain: %(span)s") % said
