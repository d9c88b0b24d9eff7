"""The subjects of deals, their changes and their leads: what can be counted, and by what."""

from django.db.models import Case, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Extract
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.models import ProductGroup
from explorer.dimensions import customers, deal_facts, origins, people, times
from explorer.kinds import Key, RowsOf, Stages, Words
from explorer.words import Dimension, Measure, Record, Subject
from leads.models import DisqualifyReason, Lead
from leads.models.words import Direction, LeadState
from pipeline.models import Deal, LossReason, StageChange

SECONDS_OF_A_DAY = 86400
WON, LOST = Q(outcome="won"), Q(outcome="lost")
MOVES: dict[Key, str | Promise] = {
    "opened": _("begun"),
    "forward": _("moved on"),
    "back": _("moved back"),
    "won": pgettext_lazy("deals", "won"),
    "lost": pgettext_lazy("deals", "lost"),
    "reopened": _("reopened"),
}
MOVE = Case(
    When(from_stage=None, then=Value("opened")),
    When(to_outcome="won", then=Value("won")),
    When(to_outcome="lost", then=Value("lost")),
    When(~Q(from_outcome="open"), then=Value("reopened")),
    When(to_stage__gt=F("from_stage"), then=Value("forward")),
    default=Value("back"),
    output_field=CharField(),
)
FORWARD = Q(from_outcome="open", to_stage__gt=F("from_stage")) | Q(to_outcome="won")


def days_between(start: str, end: str, only: Q | None = None) -> tuple[Sum, Count]:
    """Days from one moment to another, added up; and of how many rows."""
    span = ExpressionWrapper(F(end) - F(start), output_field=DurationField())
    days = Extract(span, "epoch") / float(SECONDS_OF_A_DAY)
    known = Q(**{f"{start}__isnull": False, f"{end}__isnull": False})
    only = known & only if only else known
    return Sum(days, filter=only), Count("pk", filter=only)


def _deals(user: User) -> QuerySet[Deal]:
    return Deal.objects.visible_to(user)


def _closed(user: User) -> QuerySet[Deal]:
    return Deal.objects.visible_to(user).exclude(closed_at=None)


def _changes(user: User) -> QuerySet[StageChange]:
    return StageChange.objects.effective().filter(deal__in=Deal.objects.visible_to(user).values("pk"))


def _leads(user: User) -> QuerySet[Lead]:
    return Lead.objects.visible_to(user)


def _deal_record(deal: Deal) -> Record:
    amount = deal.won_value if deal.won_value is not None else deal.value
    return Record(
        str(deal),
        reverse("pipeline:deal_detail", args=[deal.pk]),
        deal.closed_at or deal.opened_at,
        str(deal.owner),
        deal.get_outcome_display(),
        amount,
        deal.currency,
    )


def _change_record(change: StageChange) -> Record:
    stages = Stages().names([change.to_stage])
    outcome = "" if change.to_outcome == "open" else change.get_to_outcome_display()
    return Record(
        str(change.deal),
        reverse("pipeline:deal_detail", args=[change.deal_id]),
        change.at,
        str(change.owner),
        outcome or stages.get(change.to_stage, ""),
        change.value,
        change.currency,
    )


def _lead_record(lead: Lead) -> Record:
    return Record(
        str(lead),
        lead.get_absolute_url(),
        lead.received_at,
        str(lead.owner or ""),
        lead.get_state_display(),
    )


DEAL_MEASURES = {
    "count": Measure(_("Number of deals"), Count("pk")),
    "value": Measure(_("Value"), Sum("value"), unit="money"),
    "revenue": Measure(_("Revenue (value won)"), Sum("won_value"), unit="money"),
    "conversion": Measure(
        _("Share won of those decided"),
        Count("pk", filter=WON),
        Count("pk", filter=WON | LOST),
        "percent",
        _("decided deals"),
    ),
    "duration": Measure(
        _("Duration: begun to closed"), *days_between("opened_at", "closed_at"), "days", _("closed deals")
    ),
}
DEAL_LOADS = ("company", "person", "owner")

DEALS = Subject(
    label=_("Deals, by their beginning"),
    rows=_deals,
    moment="opened_at",
    is_moment=True,
    measures=DEAL_MEASURES,
    dimensions={**times("opened_at"), **people("owner", "owner__team"), **deal_facts()},
    owner="owner",
    currency="currency",
    order=("-opened_at", "-pk"),
    loads=DEAL_LOADS,
    record=_deal_record,
    note=_("Owner and team are those of today; a deal counts when it was begun in the period."),
)
CLOSINGS = Subject(
    label=_("Deals, by their closing"),
    rows=_closed,
    moment="closed_at",
    is_moment=True,
    measures=DEAL_MEASURES,
    dimensions={**times("closed_at"), **people("owner", "owner__team"), **deal_facts()},
    owner="owner",
    currency="currency",
    order=("-closed_at", "-pk"),
    loads=DEAL_LOADS,
    record=_deal_record,
    note=_("Owner and team are those of today; a deal counts when it was won or lost in the period."),
)
CHANGES = Subject(
    label=_("Stage changes"),
    rows=_changes,
    moment="at",
    is_moment=True,
    measures={
        "count": Measure(_("Number of changes"), Count("pk")),
        "value": Measure(_("Value of the deals"), Sum("value"), unit="money"),
        "conversion": Measure(
            _("Share moved on, of moved on and lost"),
            Count("pk", filter=FORWARD),
            Count("pk", filter=FORWARD | Q(to_outcome="lost")),
            "percent",
            _("steps on and losses"),
        ),
    },
    dimensions={
        **times("at"),
        **people("owner", "team"),
        "move": Dimension(_("Kind of change"), MOVE, Words(MOVES), "from_stage"),
        "from_stage": Dimension(_("From stage"), F("from_stage"), Stages(), "to_stage", unknown=_("begun")),
        "to_stage": Dimension(_("To stage"), F("to_stage"), Stages()),
        **{name: one for name, one in deal_facts("deal__").items() if name not in ("outcome", "stage")},
        "reason": Dimension(_("Loss reason"), F("loss_reason"), RowsOf(LossReason), unknown=_("not lost")),
    },
    owner="owner",
    currency="currency",
    order=("-at", "-pk"),
    loads=("deal__company", "deal__person", "owner"),
    record=_change_record,
    note=_("Owner, team and value are those of the moment; steps that were undone do not count."),
)
LEADS = Subject(
    label=pgettext_lazy("before they are deals", "Leads"),
    rows=_leads,
    moment="received_at",
    is_moment=True,
    measures={
        "count": Measure(_("Number of leads"), Count("pk")),
        "conversion": Measure(
            _("Share that became a deal, of those decided"),
            Count("pk", filter=Q(state="converted")),
            Count("pk", filter=Q(state__in=["converted", "disqualified"])),
            "percent",
            _("decided leads"),
        ),
        "duration": Measure(
            _("Duration: received to answered"),
            *days_between("received_at", "answered_at", Q(answered_at__gte=F("received_at"))),
            "days",
            _("answered leads"),
        ),
    },
    dimensions={
        **times("received_at"),
        **people("owner", "team"),
        "state": Dimension(_("State"), F("state"), Words(dict(LeadState.choices))),
        "direction": Dimension(_("Direction"), F("direction"), Words(dict(Direction.choices))),
        **origins("source", "campaign"),
        "group": Dimension(_("Product group"), F("product_group"), RowsOf(ProductGroup)),
        "reason": Dimension(
            _("Reason for disqualifying"),
            F("disqualify_reason"),
            RowsOf(DisqualifyReason),
            unknown=_("not disqualified"),
        ),
        **customers(),
    },
    owner="owner",
    currency="",
    order=("-received_at", "-pk"),
    loads=("company", "person", "owner"),
    record=_lead_record,
    note=_("A lead counts when it was received in the period."),
)
