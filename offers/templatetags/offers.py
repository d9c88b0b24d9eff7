"""How offers look: the badge of a state."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from offers.models import OfferState

register = template.Library()

TONES = {
    OfferState.DRAFT: "is-hollow",
    OfferState.ASKED: "is-warn",
    OfferState.APPROVED: "is-accent",
    OfferState.SENT: "s3",
    OfferState.ACCEPTED: "is-won",
    OfferState.DECLINED: "is-lost",
    OfferState.EXPIRED: "is-warn",
}


@register.simple_tag
def offer_badge(state: str, valid_until: date | None = None) -> SafeString:
    """The state in words; beyond its last day it has run out, whether the clock has noted it or not."""
    shown = OfferState(state)
    if shown == OfferState.SENT and valid_until is not None and valid_until < timezone.localdate():
        shown = OfferState.EXPIRED
    return format_html('<span class="badge {}">{}</span>', TONES.get(shown, ""), shown.label)
