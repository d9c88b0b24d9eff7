"""A colleague leaves: everything they own goes to another, in one step."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import deactivate_user, hand_over_covers, hand_over_teams
from accounts.models import Cover, User
from activities.actions import hand_over_follow_ups
from activities.errors import SuccessorUnfit
from activities.models import FollowUp
from contacts.handover import hand_over_contacts
from contacts.models import Company, Person
from core import events
from leads.actions import hand_over_leads
from leads.models import Lead
from pipeline.actions import add_member, hand_over_deals, remove_member
from pipeline.models import Deal, DealMember


@dataclass(frozen=True)
class Belongings:
    """How much someone owns, or handed over."""

    deals: int
    leads: int
    companies: int
    persons: int
    follow_ups: int
    memberships: int
    covers: int
    teams: int

    @property
    def is_empty(self) -> bool:
        """Nothing at all."""
        return not any(asdict(self).values())


def belongings(user: User) -> Belongings:
    """What a user owns now: what `hand_over` would give away."""
    return Belongings(
        deals=Deal.objects.current().filter(owner=user).count(),
        leads=Lead.objects.current().open().filter(owner=user).count(),
        companies=Company.objects.filter(owner=user).count(),
        persons=Person.objects.filter(owner=user).count(),
        follow_ups=FollowUp.objects.filter(owner=user).open().count(),
        memberships=DealMember.objects.filter(user=user).count(),
        covers=Cover.objects.not_over().of(user).count(),
        teams=user.led_teams.count(),
    )


@transaction.atomic
def hand_over(leaver: User, successor: User, *, actor: User, deactivate: bool = False) -> Belongings:
    """Give everything `leaver` owns to `successor`, and let the leaver in no longer if `deactivate` says so.

    Figures stay with whom they were credited to: history keeps its owners. Next steps stay, follow-ups go
    along; teams only to someone who may lead. Doing it twice gives nothing more. Locks both users, then the
    deals, in the order of their keys.
    """
    people = User.objects.select_for_update(of=("self",), no_key=True).select_related("team")
    found = {user.pk: user for user in people.filter(pk__in=[leaver.pk, successor.pk]).order_by("pk")}
    leaver, successor = found[leaver.pk], found[successor.pk]
    if leaver == successor or not successor.is_active:
        raise SuccessorUnfit(_("Choose another colleague who can log in."))

    memberships = _hand_over_memberships(leaver, successor, actor)
    deals = hand_over_deals(Deal.objects.current().filter(owner=leaver), successor, actor=actor)
    leads = hand_over_leads(
        Lead.objects.current().open().filter(owner=leaver),
        successor,
        why=str(_("Taken over from %(name)s") % {"name": leaver}),
        actor=actor,
    )
    follow_ups = hand_over_follow_ups(leaver, successor, actor=actor)
    companies, persons = hand_over_contacts(leaver, successor)
    given = Belongings(
        deals=deals,
        leads=leads,
        companies=companies,
        persons=persons,
        follow_ups=follow_ups,
        memberships=memberships,
        covers=hand_over_covers(leaver, successor),
        teams=hand_over_teams(leaver, successor),
    )
    if not given.is_empty:
        events.record("user.handed_over", leaver, actor=actor, to=successor.pk, **asdict(given))
    if deactivate:
        deactivate_user(leaver, actor=actor)
    return given


def _hand_over_memberships(leaver: User, successor: User, actor: User) -> int:
    """Deals the leaver helps with; on deals of the successor nobody has to help in the leaver's place."""
    members = list(DealMember.objects.filter(user=leaver).select_related("deal").order_by("deal_id"))
    for member in members:
        if member.deal.owner_id not in (successor.pk, leaver.pk):
            add_member(member.deal, successor, actor=actor)
        remove_member(member, actor=actor)
    return len(members)
