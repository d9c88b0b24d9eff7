"""The work list of pairs that may be one: what may be asked of it, and one page of it."""

from dataclasses import dataclass

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.duplicate_reasons import labels_of
from contacts.models import Company, DuplicatePair
from core.keys import every_word
from core.pagination import keyset_page

ORDER = ("-score", "-id")
PAGE_SIZE = 25
ALMOST_SURE, LIKELY = 90, 70
_SHOWN = [
    f"{side}_{kind}__{what}"
    for side in ("low", "high")
    for kind, parts in (
        ("company", ("addresses", "channels")),
        ("person", ("addresses", "channels", "employments__company")),
    )
    for what in parts
]


class DuplicateFilter(django_filters.FilterSet):
    """Companies or persons, what was decided, how sure it is, and a part of a name."""

    q = django_filters.CharFilter(label=_("Name"), method="naming", max_length=100)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=[("company", _("Companies")), ("person", _("People"))],
        method="of_kind",
        empty_label=_("all"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=DuplicatePair.State.choices,
        method="in_state",
        empty_label=_("to be looked at"),
    )
    score = django_filters.ChoiceFilter(
        label=_("How sure"),
        choices=[("90", _("almost certain")), ("70", _("likely and more"))],
        method="as_sure",
        empty_label=_("all"),
    )

    class Meta:
        model = DuplicatePair
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=DuplicatePair.objects.visible_to(user))

    @property
    def qs(self) -> QuerySet[DuplicatePair]:
        """The pairs asked for; undecided ones unless another state is asked for."""
        self.form.is_valid()
        pairs: QuerySet[DuplicatePair] = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            pairs = self.filters[name].filter(pairs, value)
        if not self.form.cleaned_data.get("state"):
            pairs = pairs.filter(state=DuplicatePair.State.OPEN)
        return pairs

    def naming(self, pairs: QuerySet, name: str, text: str) -> QuerySet:
        """Any part of the name of one of the two."""
        columns = ("low_company", "high_company", "low_person", "high_person")
        condition = Q()
        for column in columns:
            condition |= every_word(f"{column}__sort_key", text)
        return pairs.filter(condition) if text else pairs

    def of_kind(self, pairs: QuerySet, name: str, kind: str) -> QuerySet:
        """Companies or persons."""
        return pairs.filter(**{f"low_{kind}__isnull": False}) if kind else pairs

    def in_state(self, pairs: QuerySet, name: str, state: str) -> QuerySet:
        """What was decided."""
        return pairs.filter(state=state) if state else pairs

    def as_sure(self, pairs: QuerySet, name: str, score: str) -> QuerySet:
        """From a score on."""
        return pairs.filter(score__gte=int(score)) if score else pairs


@dataclass(frozen=True)
class Line:
    """One pair as the list shows it."""

    pair: DuplicatePair

    @property
    def reasons(self) -> list[str | Promise]:
        """Why they may be one, in words."""
        return labels_of(self.pair.reasons)

    @property
    def certainty(self) -> str | Promise:
        """How sure it is, in words."""
        if self.pair.score >= ALMOST_SURE:
            return _("almost certain")
        return _("likely") if self.pair.score >= LIKELY else _("possible")

    @property
    def merge_url(self) -> str:
        """Where the two are laid side by side; the one that was entered first stays."""
        name = "company_merge" if self.pair.kind is Company else "person_merge"
        return reverse(f"contacts:{name}", args=[self.pair.low.pk, self.pair.high.pk])


def duplicate_page(asked: DuplicateFilter, cursor: str) -> dict[str, object]:
    """The filter, the page of it that `cursor` points to, and how many pairs there are in all."""
    pairs = asked.qs
    shown = pairs.order_by().select_related("low_company", "high_company", "low_person", "high_person", "by")
    page = keyset_page(shown.prefetch_related(*_SHOWN), ORDER, cursor, size=PAGE_SIZE)
    return {
        "filter": asked,
        "page": page,
        "lines": [Line(pair) for pair in page.rows],
        "count": pairs.count(),
    }
