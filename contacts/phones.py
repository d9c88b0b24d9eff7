"""Telephone numbers: kept as E.164, typed and shown as people write them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import timezone as zones

LONGEST = 60
# A number of a whole continent tells no time.
MOST_CLOCKS = 3
# When one calls a business without waking anybody.
CALLING_HOURS = range(8, 19)
SUNDAY = 7


@dataclass(frozen=True)
class Clock:
    """The time of day where a number is."""

    at: datetime
    place: str

    @property
    def is_off_hours(self) -> bool:
        """Night, evening or Sunday over there."""
        return self.at.hour not in CALLING_HOURS or self.at.isoweekday() == SUNDAY


def parsed(text: str) -> str:
    """`030 / 123 45-67` as `+49301234567`; raises ValidationError for what is no number."""
    try:
        number = phonenumbers.parse(text[:LONGEST], settings.DEFAULT_PHONE_REGION)
    except phonenumbers.NumberParseException as problem:
        raise _invalid() from problem
    # A number that can only be dialled within a town is none that a colleague elsewhere can call.
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise _invalid()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(number: str) -> str:
    """`+49301234567` as `030 1234567` at home, with the country code for other countries."""
    try:
        known = phonenumbers.parse(number, settings.DEFAULT_PHONE_REGION)
    except phonenumbers.NumberParseException:
        return number
    home = phonenumbers.country_code_for_region(settings.DEFAULT_PHONE_REGION)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        known, style.NATIONAL if known.country_code == home else style.INTERNATIONAL
    )


def clocks(number: str, now: datetime) -> list[Clock]:
    """The local times at a number, each once; none where the number does not tell its place."""
    try:
        known = phonenumbers.parse(number, settings.DEFAULT_PHONE_REGION)
    except phonenumbers.NumberParseException:
        return []
    found = {clock.at.utcoffset(): clock for clock in reversed(list(_clocks(known, now)))}
    return list(reversed(found.values())) if len(found) <= MOST_CLOCKS else []


def _clocks(number: phonenumbers.PhoneNumber, now: datetime) -> Iterator[Clock]:
    for zone in zones.time_zones_for_number(number):
        if zone != zones.UNKNOWN_TIMEZONE:
            yield Clock(now.astimezone(ZoneInfo(zone)), zone.rpartition("/")[2].replace("_", " "))


def _invalid() -> ValidationError:
    return ValidationError(
        _("This is no telephone number. Example: 030 1234567 or +41 44 668 18 00."), "phone"
    )
