"""What a rule does to a deal or a company: each deed by the action a person would use.

A deed answers what it left behind, as words for the log: `{"kind": "follow_up", "id": 12}`. It runs in the
transaction that marks the hit done, so it happens once or not at all.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from activities.actions import About, NextStep, plan_follow_up
from automation.models import Deed, Notice, RuleAction, RuleHit, Trigger
from contacts.actions.many import tag_contacts
from contacts.models import Channel
from core.errors import DomainError
from mailbox.actions import MailText, write_mail
from mailbox.models import Purpose
from mailbox.placeholders import Occasion, filled
from pipeline.actions import edit_deal, facts_of, hand_over_deals

KEYS = UUID("3c1a8a0e-5a1b-4b60-9b0b-6d0a9be2f1c4")
Did = dict[str, str | int]
# What a mail answers that the customer asked for or ordered; everything else is meant to sell.
CONTRACTUAL = (
    Trigger.OFFER_SENT,
    Trigger.OFFER_OPENED,
    Trigger.OFFER_RUNS_OUT,
    Trigger.APPOINTMENT_HELD,
    Trigger.DEAL_WON,
)


def do(deed: RuleAction, hit: RuleHit) -> Did:
    """Do it; DomainError says what the house or the law does not allow."""
    return {"kind": deed.kind, **DOING[deed.kind](deed, hit)}


def owner_of(hit: RuleHit) -> User:
    """Who is in charge of the deal or the company."""
    if hit.deal is not None:
        return hit.deal.owner
    assert hit.company is not None  # noqa: S101 - constraint
    assert hit.company.owner is not None  # noqa: S101 - found only with an owner
    return hit.company.owner


def _follow_up(deed: RuleAction, hit: RuleHit) -> Did:
    owner = owner_of(hit)
    with override(owner.language):
        text = filled(deed.text, _occasion(hit)) if deed.text else str(hit.rule)
    step = NextStep(
        on=timezone.localdate() + timedelta(days=deed.days), kind=deed.step_kind, text=text[:200], owner=owner
    )
    follow_up = plan_follow_up(_about(hit), step, actor=owner, form_key=_key(deed, hit))
    return {"id": follow_up.pk, "on": follow_up.due_on.isoformat()}


def _notify_owner(deed: RuleAction, hit: RuleHit) -> Did:
    return _tell(deed, hit, [owner_of(hit)])


def _notify_manager(deed: RuleAction, hit: RuleHit) -> Did:
    """Who leads the owner's team, but for the owner."""
    owner = owner_of(hit)
    managers = [user for user in owner.team.managers.filter(is_active=True) if user != owner]
    if not managers:
        raise DomainError(_("Nobody leads the team of %(name)s.") % {"name": owner})
    return _tell(deed, hit, managers)


def _tell(deed: RuleAction, hit: RuleHit, users: list[User]) -> Did:
    notices = [Notice(hit=hit, user=user, text=deed.text) for user in users]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return {"users": ",".join(str(user.pk) for user in users)}


def _assign(deed: RuleAction, hit: RuleHit) -> Did:
    assert deed.to is not None  # noqa: S101 - constraint
    assert hit.deal is not None  # noqa: S101 - the form
    if not deed.to.is_active:
        raise DomainError(_("%(name)s no longer works here.") % {"name": deed.to})
    hand_over_deals([hit.deal], deed.to, actor=None)
    return {"user": deed.to.pk}


def _mail(deed: RuleAction, hit: RuleHit) -> Did:
    """From the owner, to the deal's person, else to the company; what the law refuses is not sent."""
    assert deed.template is not None  # noqa: S101 - constraint
    to = _receiver(hit)
    if to is None:
        raise DomainError(_("No e-mail address is known."))
    occasion = _occasion(hit)
    subject, text = filled(deed.template.subject, occasion), filled(deed.template.text, occasion)
    purpose = Purpose.CONTRACT if hit.rule.trigger in CONTRACTUAL else Purpose.ADVERTISING
    mail = MailText(subject[:200], text, purpose)
    sent = write_mail(_about(hit), to, mail, actor=owner_of(hit), form_key=_key(deed, hit))
    return {"id": sent.pk}


def _tag(deed: RuleAction, hit: RuleHit) -> Did:
    company = hit.company or (hit.deal.company if hit.deal else None)
    if company is None:
        raise DomainError(_("There is no company to tag."))
    tag_contacts([company], deed.text, actor=owner_of(hit))
    return {"company": company.pk}


def _set_close(deed: RuleAction, hit: RuleHit) -> Did:
    assert hit.deal is not None  # noqa: S101 - the form
    day = timezone.localdate() + timedelta(days=deed.days)
    facts = replace(facts_of(hit.deal), expected_close_on=day)
    edit_deal(hit.deal, facts, seen_version=hit.deal.version, actor=None)
    return {"on": day.isoformat()}


def _about(hit: RuleHit) -> About:
    return About(deal=hit.deal) if hit.deal else About(company=hit.company)


def _occasion(hit: RuleHit) -> Occasion:
    deal = hit.deal
    return Occasion(
        author=owner_of(hit),
        person=deal.person if deal else None,
        company=deal.company if deal else hit.company,
        deal=deal,
    )


def _receiver(hit: RuleHit) -> Channel | None:
    contacts = [hit.deal.person, hit.deal.company] if hit.deal else [hit.company]
    for contact in contacts:
        if contact is not None:
            channel = contact.channels.filter(kind=Channel.Kind.EMAIL).order_by("pk").first()
            if channel is not None:
                return channel
    return None


def _key(deed: RuleAction, hit: RuleHit) -> UUID:
    return uuid5(KEYS, f"{hit.pk}-{deed.pk}")


DOING: dict[str, Callable[[RuleAction, RuleHit], Did]] = {
    Deed.FOLLOW_UP: _follow_up,
    Deed.NOTIFY_OWNER: _notify_owner,
    Deed.NOTIFY_MANAGER: _notify_manager,
    Deed.ASSIGN: _assign,
    Deed.MAIL: _mail,
    Deed.TAG: _tag,
    Deed.SET_CLOSE: _set_close,
}
NEEDS_A_DEAL = (Deed.ASSIGN, Deed.SET_CLOSE)
