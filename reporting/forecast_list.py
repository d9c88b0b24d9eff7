"""Which of the open deals behind the forecast are listed: all, those with an open offer, those judged."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.models import DealChanceQuerySet, DealJudgement

# The last day of each class of ages but the oldest.
BOUNDS: Final = (7, 14, 30, 60)
OFFERS: Final = "offers"
JUDGED: Final = {
    "committed": gettext_lazy("committed by the manager"),
    "excluded": gettext_lazy("excluded by the manager"),
}


@dataclass(frozen=True)
class OfferAge:
    """The open offers of one class of ages."""

    code: str
    label: str
    deals: int
    wins: float

    @property
    def chance(self) -> float:
        """The mean chance by the age alone."""
        return self.wins / self.deals


def offers_by_age(chances: DealChanceQuerySet) -> list[OfferAge]:
    """The open offers, the youngest first, with the wins to be expected of them by their age."""
    whens = [When(offer_days__lte=bound, then=Value(place)) for place, bound in enumerate(BOUNDS)]
    age = Case(*whens, default=Value(len(BOUNDS)), output_field=IntegerField())
    rows = chances.filter(offer_days__isnull=False).annotate(age=age).order_by("age").values_list("age")
    found = rows.annotate(deals=Count("pk"), wins=Sum("offer_probability"))
    return [OfferAge(f"{OFFERS}-{place}", _age_label(place), deals, wins) for place, deals, wins in found]


def narrowed(chances: DealChanceQuerySet, only: str) -> DealChanceQuerySet:
    """Those the list is narrowed down to; any other word narrows nothing."""
    if only in JUDGED:
        said = DealJudgement.objects.current().filter(stance=only)
        return chances.filter(deal__in=said.values("deal"))
    if is_offers(only):
        _word, _dash, place = only.partition("-")
        return chances.filter(_of_age(int(place)) if place else Q(offer_days__isnull=False))
    return chances


def narrowed_label(only: str) -> str:
    """What the list is narrowed down to, in words; empty where it is whole."""
    if only in JUDGED:
        return str(JUDGED[only])
    if not is_offers(only):
        return ""
    _word, _dash, place = only.partition("-")
    if not place:
        return _("with an open offer")
    return _("with an open offer: %(age)s") % {"age": _age_label(int(place))}


def is_offers(only: str) -> bool:
    """Whether it is a word for open offers, of all ages or of one class."""
    return only in {OFFERS, *(f"{OFFERS}-{place}" for place in range(len(BOUNDS) + 1))}


def _of_age(place: int) -> Q:
    younger = Q(offer_days__gt=BOUNDS[place - 1]) if place else Q(offer_days__gte=0)
    return younger & Q(offer_days__lte=BOUNDS[place]) if place < len(BOUNDS) else younger


def _age_label(place: int) -> str:
    if place == len(BOUNDS):
        return _("more than %(days)d days") % {"days": BOUNDS[-1]}
    first = BOUNDS[place - 1] + 1 if place else 0
    return _("%(first)d to %(last)d days") % {"first": first, "last": BOUNDS[place]}
