"""Deals that changed their owner: who gave how many to whom. Credit stays where it was earned."""

from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from pipeline.models import DealChange
from reporting.selection import Selection


class HandOver(NamedTuple):
    """So many deals went from one to another."""

    from_rep: int
    from_team: int
    to_rep: int
    to_team: int
    deals: int
    value: Decimal
    """Stated at that moment, in the main currency."""


def changes_of_owner(selection: Selection) -> QuerySet:
    """The rows with which a deal came to another owner within the period, to or from those selected."""
    period = selection.period
    rows = DealChange.objects.filter(at__gte=period.begins_at, seq__gt=1, deal__voided_at=None)
    if period.ends_before:
        rows = rows.filter(at__lt=period.ends_before)
    earlier = DealChange.objects.filter(deal=OuterRef("deal"), seq=OuterRef("seq") - 1)
    rows = rows.annotate(
        before=Subquery(earlier.values("owner")[:1]), team_before=Subquery(earlier.values("team")[:1])
    ).exclude(before=F("owner"))
    if selection.rep:
        return rows.filter(Q(owner=selection.rep) | Q(before=selection.rep.pk))
    if selection.team:
        return rows.filter(Q(team=selection.team) | Q(team_before=selection.team.pk))
    return rows


def handed_over(selection: Selection) -> list[HandOver]:
    """Count them by who gave and who took, the most first; a deal that went twice counts twice."""
    is_ours = Q(currency=settings.DEFAULT_CURRENCY)
    rows = (
        changes_of_owner(selection)
        .order_by()
        .values_list("before", "team_before", "owner", "team")
        .annotate(deals=Count("pk"), total_value=Sum("value", filter=is_ours))
    )
    found = [
        HandOver(giver, its_team, taker, team, deals, value or Decimal(0))
        for giver, its_team, taker, team, deals, value in rows
        if giver is not None
    ]
    return sorted(found, key=lambda one: (-one.deals, one.from_rep, one.to_rep))


def received(selection: Selection, member: int | None) -> QuerySet:
    """Those that came to the selected ones, or to one member of the team."""
    rows = changes_of_owner(selection)
    if member:
        return rows.filter(owner=member)
    if selection.rep:
        return rows.filter(owner=selection.rep)
    return rows.filter(team=selection.team) if selection.team else rows


def given(selection: Selection, member: int | None) -> QuerySet:
    """Those that went from them."""
    rows = changes_of_owner(selection)
    if member:
        return rows.filter(before=member)
    if selection.rep:
        return rows.filter(before=selection.rep.pk)
    return rows.filter(team_before=selection.team.pk) if selection.team else rows
