"""What the board shows: five columns of open deals, each with its head and its cards."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Team, User
from core.pagination import keyset_page
from core.templatetags.dates import day_count
from pipeline.cards import Addresses, Card, CardLook, Face, Fact, stamp
from pipeline.filters import EVERYONE, ME, BoardFilter
from pipeline.models import (
    Criterion,
    CriterionMet,
    Deal,
    DealQuerySet,
    Stage,
    StageSetting,
    longer_than_usual,
)

CARDS_PER_COLUMN = 25
ORDER = ("next_step_key", "id")
# The questions behind the filter button; the others have pills.
NARROWING = frozenset({"q", "source", "product", "value_from", "value_to", "came_to"})


PURPOSES = {
    Stage.AKQUISE: _lazy("Possible customers, and who decides there."),
    Stage.KONTAKT: _lazy("Decision makers who are to hear of us, until an on-site appointment is agreed."),
    Stage.ANGEBOT: _lazy("Who gets an offer, or is thinking one over."),
    Stage.VERHANDLUNG: _lazy("Price and scope are being negotiated."),
    Stage.ABSCHLUSS: _lazy("Agreed; the order is still to come."),
}


@dataclass
class Head:
    """The head of a column: how many open deals of the filter stand in this stage, and their worth."""

    setting: StageSetting
    count: int = 0
    # Sums per currency, the largest first; never mixed.
    totals: list[tuple[str, Decimal]] = field(default_factory=list)

    @property
    def stage(self) -> int:
        """Its number, 1 to 5."""
        return self.setting.stage

    @property
    def purpose(self) -> str | Promise:
        """What this column is for, said while it is empty."""
        return PURPOSES[Stage(self.setting.stage)]


@dataclass
class Totals:
    """What the heads and the pills say of the whole filter, whatever is loaded."""

    heads: dict[int, Head]
    without_next_step: int = 0
    too_long: int = 0


@dataclass(frozen=True)
class Column:
    """One stage with the cards loaded so far; `shown` counts them from the top."""

    head: Head
    cards: list[Card]
    next_cursor: str
    shown: int

    @property
    def rest(self) -> int:
        """How many more there are."""
        return max(self.head.count - self.shown, 0)


@dataclass(frozen=True)
class View:
    """A pill above the board: a filter one comes back to."""

    label: str
    url: str
    is_on: bool
    count: int | None = None


class Board:
    """The board of one user under one filter. Each part asks the database when it is read, and once."""

    def __init__(self, user: User, query: QueryDict) -> None:
        self.user = user
        self.query = with_owner(user, query)
        self.filter = BoardFilter(self.query, user=user)
        self.settings = {setting.stage: setting for setting in StageSetting.objects.all()}
        self.asked = self.filter.asked
        # Loaded once: the criteria are few, and every card looks at them.
        self._criteria = list(Criterion.objects.active())
        self._addresses = Addresses.read()
        self._usual = {stage: _usual(setting) for stage, setting in self.settings.items()}

    @property
    def is_mine(self) -> bool:
        """Whether it shows the user's own deals only, where an owner on the card would say nothing."""
        return self.asked.get("owner") in (ME, str(self.user.pk))

    @property
    def team(self) -> Team | None:
        """The team asked for."""
        team = self.asked.get("team")
        return team if isinstance(team, Team) else None

    @property
    def owner_pk(self) -> str:
        """The key of the one owner asked for, empty when several are shown."""
        owner = str(self.asked.get("owner", EVERYONE))
        return {ME: str(self.user.pk), EVERYONE: ""}.get(owner, owner)

    def totals(self) -> Totals:
        """Counts and sums of the whole filter, in one query."""
        late = longer_than_usual(self.settings.values())
        shown = Q(pk__isnull=False)
        if "no_step" in self.asked:
            shown &= Q(next_step_on=None)
        if "too_long" in self.asked:
            shown &= late
        rows = (
            self.filter.narrowed(leaving_out=("no_step", "too_long"))
            .open()
            .order_by()
            .values("stage", "currency")
            .annotate(
                deals=Count("pk", filter=shown),
                total_value=Sum("value", filter=shown),
                stepless=Count("pk", filter=Q(next_step_on=None)),
                late=Count("pk", filter=late),
            )
        )
        totals = Totals({stage: Head(setting) for stage, setting in self.settings.items()})
        for row in rows:
            head = totals.heads[row["stage"]]
            head.count += row["deals"]
            if row["deals"]:
                head.totals.append((row["currency"], row["total_value"]))
            totals.without_next_step += row["stepless"]
            totals.too_long += row["late"]
        for head in totals.heads.values():
            head.totals.sort(key=lambda total: total[1], reverse=True)
        return totals

    def columns(self, totals: Totals) -> list[Column]:
        """The first cards of every stage."""
        deals = self._deals()
        pages = {
            stage: keyset_page(deals.filter(stage=stage), ORDER, size=CARDS_PER_COLUMN) for stage in Stage
        }
        cards = self._cards([deal for page in pages.values() for deal in page.rows])
        return [
            Column(
                head=totals.heads[stage],
                cards=[cards[deal.pk] for deal in page.rows],
                next_cursor=page.next_cursor,
                shown=len(page.rows),
            )
            for stage, page in pages.items()
        ]

    def more(self, stage: Stage, cursor: str, shown: int) -> Column:
        """The cards of a stage that follow the first `shown` ones."""
        page = keyset_page(self._deals().filter(stage=stage), ORDER, cursor, size=CARDS_PER_COLUMN)
        cards = self._cards(page.rows)
        return Column(
            head=self.totals().heads[stage],
            cards=[cards[deal.pk] for deal in page.rows],
            next_cursor=page.next_cursor,
            shown=shown + len(page.rows),
        )

    def card(self, deal: Deal) -> Card | None:
        """The card of one deal as it stands now; nothing when this board does not show it."""
        return next(iter(self.some_cards([deal.pk])), None)

    def some_cards(self, keys: list[int]) -> list[Card]:
        """The cards of these deals as far as this board shows them."""
        return list(self._cards(list(self._deals().filter(pk__in=keys))).values())

    def views(self, totals: Totals) -> list[View]:
        """The pills: whose deals, and what calls for action among them."""
        owner, team, home = self.asked.get("owner", EVERYONE), self.team, self.user.team
        is_home = team == home and owner == EVERYONE
        is_everyone = team is None and owner == EVERYONE
        views = [View(_("Mine"), self.url(owner=ME, team=None), is_on=self.is_mine and team is None)]
        if not home.is_unassigned:
            views.append(View(home.name, self.url(owner=EVERYONE, team=home.pk), is_on=is_home))
        return [
            *views,
            View(_("All"), self.url(owner=EVERYONE, team=None), is_on=is_everyone),
            self._flag("no_step", _("Without next step"), totals.without_next_step),
            self._flag("too_long", _("Too long in the stage"), totals.too_long),
        ]

    def url(self, **changes: str | int | None) -> str:
        """The query of this board with some questions changed; None leaves one out."""
        return board_query(self.query, **changes)

    @property
    def narrow_count(self) -> int:
        """How many questions are asked beside those of the pills."""
        return len(self.asked.keys() & NARROWING)

    @property
    def wide_url(self) -> str:
        """The same board without those."""
        return self.url(**dict.fromkeys(NARROWING))

    @property
    def by_value(self) -> bool:
        """Whether the funnel above is as wide as the worth of the deals, not their number."""
        return self.query.get("by") == "value"

    @property
    def units(self) -> dict[str, str]:
        """The same board with the funnel counted by number or by value."""
        return {"number": self.url(by=None), "value": self.url(by="value")}

    @property
    def ribbon_query(self) -> str:
        """Whose funnel to draw above: the same owner or team, by number or value; and this board's address,
        which the parts of the funnel narrow down."""
        asked: dict[str, str | int] = {"by": "value"} if self.by_value else {}
        if self.owner_pk:
            asked["owner"] = self.owner_pk
        elif self.team:
            asked["team"] = self.team.pk
        return f"?{urlencode({**asked, 'board': self.url()})}"

    def _flag(self, name: str, label: str, count: int) -> View:
        is_on = name in self.asked
        return View(label, self.url(**{name: None if is_on else "on"}), is_on=is_on, count=count)

    def _deals(self) -> DealQuerySet:
        return self.filter.qs.for_board().with_rights(self.user)

    def _cards(self, deals: list[Deal]) -> dict[int, Card]:
        met: defaultdict[int, dict[int, CriterionMet]] = defaultdict(dict)
        for row in CriterionMet.objects.filter(deal__in=deals).select_related("criterion"):
            met[row.deal_id][row.criterion_id] = row
        return {deal.pk: self._card(deal, met[deal.pk]) for deal in deals}

    def _card(self, deal: Deal, met: dict[int, CriterionMet]) -> Card:
        criteria = [one for one in self._criteria if one.kind in ("", deal.kind)]
        look = CardLook(
            pk=deal.pk,
            stage=deal.stage,
            order=deal.next_step_key.isoformat(),
            touched=stamp(deal.touched_at),
            urls=self._addresses.of(deal.pk),
            is_editable=deal.is_editable,
            held_in=_held_in(deal, criteria, met),
            customer=deal.customer_name,
            title=deal.title,
            value=deal.value,
            currency=deal.currency,
            fact=_fact([one for one in criteria if one.stage == deal.stage], met),
            owner=None if self.owner_pk else Face.of(deal.owner),
            next_step=deal.next_step,
            next_step_on=deal.next_step_on,
            days=deal.days_in_stage,
            is_too_long=deal.days_in_stage > self.settings[deal.stage].usual_days,
            usual=self._usual[deal.stage],
        )
        return Card(deal, look)


def _usual(setting: StageSetting) -> str:
    return _("usual here: %(days)s") % {"days": day_count(setting.usual_days)}


def _fact(criteria: Iterable[Criterion], met: dict[int, CriterionMet]) -> Fact | None:
    """The first criterion of the stage that is not met, else the first one with what shows it."""
    criteria = list(criteria)
    for criterion in criteria:
        if criterion.pk not in met:
            return Fact(criterion.unmet_label, is_met=False)
    if not criteria:
        return None
    first = met[criteria[0].pk]
    return Fact(first.shown, is_met=True, due=first.due)


def _held_in(deal: Deal, criteria: Iterable[Criterion], met: dict[int, CriterionMet]) -> int | None:
    stages = [
        one.stage for one in criteria if one.is_mandatory and one.stage >= deal.stage and one.pk not in met
    ]
    return min(stages, default=None)


def board_query(asked: QueryDict, **changes: str | int | None) -> str:
    """The address of a board behind its path, some questions changed; None leaves one out."""
    query = QueryDict(mutable=True)
    for name in (*BoardFilter.base_filters, "by"):
        value = changes.get(name, asked.get(name))
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


def with_owner(user: User, query: QueryDict) -> QueryDict:
    """A rep who names nobody means their own deals; managers and admins mean everyone's."""
    if query.get("owner") or query.get("team"):
        return query
    query = query.copy()
    query["owner"] = EVERYONE if user.is_manager or user.is_admin else ME
    return query
