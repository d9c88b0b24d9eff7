"""The badge "May I call?", and numbers that lead somewhere only where the law allows it."""

from collections.abc import Iterable

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.lawful import State, Verdict, judge
from contacts.models import Channel, Company, Means, Person
from contacts.models.law import MEANS_OF_CHANNEL
from contacts.templatetags.channels import channel_href, channel_text, reached_by

register = Library()

TONES = {State.YES: "is-accent", State.NOTE: "is-warn", State.NO: "is-warn"}
WORDS = {
    (Means.PHONE, State.YES): _("May be called"),
    (Means.PHONE, State.NOTE): _("Note a reason first"),
    (Means.PHONE, State.NO): _("No calls to sell"),
    (Means.EMAIL, State.YES): _("Advertising allowed"),
    (Means.EMAIL, State.NO): _("No advertising"),
    (Means.LETTER, State.YES): _("May be written to"),
}
BLOCKED = pgettext_lazy("of a telephone number or address", "Blocked")


@register.simple_tag
def judged(channels: Iterable[Channel]) -> list[Channel]:
    """These channels, each with its verdict: for lists, before their loop, all in few queries."""
    listed = list(channels)
    judge(listed)
    return listed


@register.simple_tag
def judge_people(named: Iterable[object]) -> str:
    """Give the channels of the persons of these rows (`row.person`, channels loaded) their verdicts."""
    judge(channel for row in named for channel in row.person.channels.all())  # type: ignore[attr-defined]
    return ""


@register.inclusion_tag("contacts/_channel.html")
def channel_link(channel: Channel, badge: bool = True, css: str = "") -> dict[str, object]:
    """A number, an address or a web site; a link only where nobody said no and the call is lawful."""
    if channel.kind not in MEANS_OF_CHANNEL:
        return {"text": channel_text(channel), "href": channel_href(channel), "is_web": True, "css": css}
    if not hasattr(channel, "verdict"):
        judge([channel])
    verdict: Verdict = channel.verdict  # type: ignore[attr-defined]
    return {
        "text": "" if verdict.state == State.HIDDEN else channel_text(channel),
        "href": channel_href(channel) if leads_somewhere(channel.kind, verdict) else "",
        "badge": reach_badge(MEANS_OF_CHANNEL[channel.kind], verdict) if badge else None,
        "law_url": law_url(channel) if badge else "",
        "css": css,
        "is_phone": channel.kind != Channel.Kind.EMAIL,
    }


def first_drawn(channels: Iterable[Channel], means: str) -> SafeString:
    """The first channel of that means as a list shows it: without a badge, and without a template."""
    return next(
        (_drawn(channel_link(channel, badge=False)) for channel in reached_by(channels, means)), mark_safe("")
    )


def _drawn(shown: dict[str, object]) -> SafeString:
    if not shown["text"]:
        return mark_safe("")
    if not shown["href"]:
        return format_html('<span class="channel"><span class="channel-off">{}</span></span>', shown["text"])
    rel = mark_safe(' rel="noopener noreferrer external"') if shown.get("is_web") else ""
    return format_html(
        '<span class="channel"><a href="{}"{}>{}</a></span>', shown["href"], rel, shown["text"]
    )


@register.simple_tag
def reach_badge(means: str, verdict: Verdict) -> dict[str, object]:
    """Text, tone and explanation of a verdict, for components/_badge.html."""
    text = BLOCKED if verdict.is_blocked else WORDS.get((Means(means), verdict.state), BLOCKED)
    return {"text": text, "tone": TONES.get(verdict.state, "is-need"), "title": verdict.reason}


def leads_somewhere(kind: str, verdict: Verdict) -> bool:
    """Whether a click may start it: mails also where only advertising is not allowed."""
    return verdict.allowed or (kind == Channel.Kind.EMAIL and not verdict.is_blocked)


@register.simple_tag
def law_url(row: Channel | Company | Person) -> str:
    """Where it says why."""
    if isinstance(row, Channel):
        key, name = (row.company_id, "company_law") if row.company_id else (row.person_id, "person_law")
        return reverse(f"contacts:{name}", args=[key])
    name = "company_law" if isinstance(row, Company) else "person_law"
    return reverse(f"contacts:{name}", args=[row.pk])
