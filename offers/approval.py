"""Whether a version needs somebody's approval, whose, and whether it has it."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q

from accounts.models import Role, Team, User
from offers.models import ApprovalRequest, ApprovalRule, OfferLine, OfferVersion
from offers.offer_prices import OfferTotals, offer_totals, walked


def rules_met(version: OfferVersion, lines: Iterable[OfferLine]) -> list[ApprovalRule]:
    """The rules in use whose limit this version goes beyond."""
    lines = list(lines)
    totals, discount = offer_totals(lines, version), deepest_discount(version, lines)
    return [
        rule for rule in ApprovalRule.objects.filter(is_active=True) if goes_beyond(rule, totals, discount)
    ]


def goes_beyond(rule: ApprovalRule, totals: OfferTotals, discount: Decimal) -> bool:
    """Whether one of the limits of a rule is passed; what cannot be told passes none."""
    if rule.discount_above is not None and discount > rule.discount_above:
        return True
    if rule.value_above is not None and totals.net > rule.value_above:
        return True
    rates = [part.margin_rate for part in totals.parts if part.margin_rate is not None]
    return rule.margin_below is not None and any(rate < rule.margin_below for rate in rates)


def deepest_discount(version: OfferVersion, lines: Iterable[OfferLine]) -> Decimal:
    """The discount of the whole offer, or that of a single line when it is deeper."""
    counted = [line for line in lines if line.is_counted]
    return max([walked(counted, version), *(line.discount for line in counted)], default=Decimal(0))


def is_approved(version: OfferVersion) -> bool:
    """Whether this very wording was approved."""
    granted = version.approvals.filter(answer=ApprovalRequest.Answer.GRANTED)
    return granted.filter(revision=version.revision).exists()


def approvers_of(request: ApprovalRequest) -> list[User]:
    """Who may answer: for every rule whoever it names, else the managers of the owner's team, else admins."""
    owner = request.version.offer.deal.owner
    users: dict[int, User] = {}
    for rule in request.rules.all():
        users |= {user.pk: user for user in _of_rule(rule, owner)}
    return sorted(users.values(), key=lambda user: (user.last_name, user.first_name, user.pk))


def may_approve(request: ApprovalRequest, user: User) -> bool:
    """Whether a user may answer a request: somebody who satisfies each of its rules; never who asked.

    Admins may answer in any case, but not what they asked themselves.
    """
    if user.pk == request.asked_by_id:
        return False
    if user.is_admin:
        return True
    owner = request.version.offer.deal.owner
    return all(user.pk in {one.pk for one in _of_rule(rule, owner)} for rule in request.rules.all())


def _of_rule(rule: ApprovalRule, owner: User) -> list[User]:
    active = User.objects.active()
    if rule.approver_id:
        return list(active.filter(pk=rule.approver_id))
    admins = active.filter(role=Role.ADMIN)
    if rule.approver_role == Role.ADMIN:
        return list(admins)
    leading = Team.objects.filter(pk=owner.team_id).values("managers")
    managers = active.filter(Q(role=Role.MANAGER) & Q(pk__in=leading))
    return list(managers) or list(admins)
