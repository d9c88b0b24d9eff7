"""How leads are shown: urgency, tones of states, facts, numbers with their verdicts, working time."""

from django.template import Library
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from contacts.lawful import Verdict
from contacts.phones import readable
from contacts.templatetags.law import leads_somewhere, reach_badge
from leads.models import Direction, Lead, LeadSetting, LeadState
from leads.urgency import Urgency, urgency_of

register = Library()

TONES = {
    LeadState.NEW: "is-accent",
    LeadState.WORKING: "",
    LeadState.QUALIFIED: "is-accent",
    LeadState.DISQUALIFIED: "is-lost",
    LeadState.CONVERTED: "is-won",
}
SHOWN = (
    *("company_name", "position", "website", "interest", "product_group", "source", "campaign"),
    *("direction", "industry", "language"),
)


@register.simple_tag
def urgency(lead: Lead, setting: LeadSetting) -> Urgency | None:
    """How urgent a lead is."""
    return urgency_of(lead, setting)


@register.filter
def tone_of_state(state: str) -> str:
    """The tone of the badge of a state."""
    return TONES[LeadState(state)]


@register.filter
def state_tone(lead: Lead) -> str:
    """The tone of the badge of a lead's state."""
    return tone_of_state(lead.state)


@register.simple_tag
def lead_facts(lead: Lead) -> list[tuple[str | Promise, object]]:
    """What a lead says, with labels; what it does not say is left out."""
    facts: list[tuple[str | Promise, object]] = []
    for name in SHOWN:
        display = getattr(lead, f"get_{name}_display", None)
        value = display() if display else getattr(lead, name)
        if value:
            label = lead._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            facts.append((str(label)[:1].upper() + str(label)[1:], value))
    place = " ".join(part for part in (lead.postal_code, lead.city) if part)
    address = ", ".join(part for part in (lead.street, place) if part)
    return [*facts, (_("Address"), address)] if address else facts


@register.inclusion_tag("leads/_reach.html")
def lead_reach(found: tuple[str, Verdict], means: str, lead: Lead) -> dict[str, object]:
    """The number or address of a lead with its badge; a link only where the law lets us.

    Who asked us may be answered, which is no leave to advertise.
    """
    value, verdict = found
    is_phone = means == "phone"
    badge = reach_badge(means, verdict)
    if verdict.allowed and lead.direction == Direction.INBOUND:
        badge = {**badge, "text": _("May be answered")}
    return {
        "text": readable(value) if is_phone else value,
        "href": f"{'tel' if is_phone else 'mailto'}:{value}" if leads_somewhere(means, verdict) else "",
        "badge": badge,
    }


@register.filter
def working_time(minutes: int | None) -> str:
    """`2 h 15 min`: hours and minutes of working time."""
    hours, rest = divmod(minutes or 0, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


@register.filter
def signed(points: int) -> str:
    """`+15`, `−5`: what a rule gives or takes."""
    return f"+{points}" if points >= 0 else f"\u2212{-points}"
