"""Who gets a lead: the first rule in order that fits; within a team whose turn it is or who has the least.

Nothing is written here but whose turn it was; `leads.actions` gives the lead to whom is found.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Cover, Team, User
from leads.conditions import fits
from leads.models import OPEN_STATES, AssignmentRule, Lead, LeadCapacity, TeamTurn

Way = AssignmentRule.Way


@dataclass(frozen=True)
class Decision:
    """Who gets it (nobody: the team has it until someone takes it), and why, in words for them."""

    owner: User | None
    team: Team
    why: str


def decide(lead: Lead) -> Decision | None:
    """What the rules say of a lead; None when none of them fits. Inside a transaction: a turn is locked."""
    rules = AssignmentRule.objects.filter(is_active=True).select_related(
        "rep__team", "team", "source", "campaign"
    )
    for rule in rules:
        if fits(rule, lead) and (decision := _follow(rule, lead)):
            return decision
    return None


def next_in_team(team: Team, *, way: str, without: Collection[int] = ()) -> User | None:
    """Who of a team gets the next lead; None when nobody is there or everybody has enough.

    In turn: the next one after who had it last; the row of the turn stays locked until the transaction ends,
    so that two leads at once go to two reps.
    """
    turn, _is_new = TeamTurn.objects.get_or_create(team=team)
    turn = TeamTurn.objects.select_for_update().get(pk=turn.pk)
    free = [rep for rep in _free_reps(team) if rep.pk not in without]
    if not free:
        return None
    if way == Way.LOAD:
        chosen = min(free, key=lambda rep: (rep.open_leads, rep.pk))  # type: ignore[attr-defined]
    else:
        later = [rep for rep in free if rep.pk > (turn.last_id or 0)]
        chosen = (later or free)[0]
    turn.last = chosen
    turn.save(update_fields=["last"])
    return chosen


def manager_of(team: Team) -> User | None:
    """A manager of the team who is there today."""
    managers = team.managers.filter(is_active=True).exclude(pk__in=_absent()).order_by("pk")
    return managers.select_related("team").first()


def stand_in_of(rep: User) -> User | None:
    """Who stands in for a rep today, if they are there themselves."""
    covers = Cover.objects.running().filter(owner=rep, stand_in__is_active=True)
    found = covers.exclude(stand_in__in=_absent()).select_related("stand_in__team").order_by("pk").first()
    return found.stand_in if found else None


def has_room(rep: User) -> bool:
    """Whether a rep takes one more lead by rules."""
    limit = LeadCapacity.objects.filter(user=rep).first()
    if limit is None:
        return True
    if not limit.is_receiving:
        return False
    open_leads = Lead.objects.current().open().filter(owner=rep).count()
    return limit.most_open is None or open_leads < limit.most_open


def _follow(rule: AssignmentRule, lead: Lead) -> Decision | None:
    """Whom the rule leads to; None when it leads to nobody just now, so that the next rule is asked."""
    because = _("Rule “%(rule)s”") % {"rule": rule.name}
    if rule.way == Way.OWNER:
        return _to_owner(lead, because)
    if rule.way == Way.REP:
        return _to_rep(rule.rep, because) if rule.rep and has_room(rule.rep) else None
    team = rule.team
    if team is None:
        return None
    if rule.way == Way.TEAM:
        return Decision(None, team, _("%(because)s: for the team") % {"because": because})
    chosen = next_in_team(team, way=rule.way)
    if chosen is None:
        text = _("%(because)s: nobody of the team is free") % {"because": because}
        return Decision(None, team, text)
    how = _("in turn") if rule.way == Way.TURN else _("fewest open leads")
    text = _("%(because)s: %(team)s, %(how)s") % {"because": because, "team": team, "how": how}
    return Decision(chosen, chosen.team, text)


def _to_owner(lead: Lead, because: str) -> Decision | None:
    """Who is in charge of the company or the person already."""
    for customer in (lead.company, lead.person):
        if customer is not None and customer.owner is not None and customer.owner.is_active:
            text = _("%(because)s: in charge of %(customer)s") % {"because": because, "customer": customer}
            return _to_rep(customer.owner, text)
    return None


def _to_rep(rep: User, because: str) -> Decision | None:
    if not rep.is_active:
        return None
    if rep.pk not in _absent():
        return Decision(rep, rep.team, because)
    stand_in = stand_in_of(rep)
    if stand_in is None:
        return None
    text = _("%(because)s; stands in for %(rep)s") % {"because": because, "rep": rep}
    return Decision(stand_in, stand_in.team, text)


def _free_reps(team: Team) -> Iterable[User]:
    """Those of the team who are there, take leads by rules, and have room for one more; in a fixed order."""
    held = Count("leads", filter=Q(leads__state__in=OPEN_STATES, leads__voided_at=None))
    reps = User.objects.active().filter(team=team).exclude(pk__in=_absent()).annotate(open_leads=held)
    reps = reps.exclude(lead_capacity__is_receiving=False).exclude(role="admin")
    limited = LeadCapacity.objects.filter(user__team=team, most_open__isnull=False)
    limits: dict[int, int] = dict(limited.values_list("user_id", "most_open"))  # type: ignore[arg-type]
    return [
        rep
        for rep in reps.select_related("team").order_by("pk")
        if rep.pk not in limits or rep.open_leads < limits[rep.pk]
    ]


def _absent() -> set[int]:
    return set(Cover.objects.running().values_list("owner_id", flat=True))
