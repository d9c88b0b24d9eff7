"""Telephone numbers: kept as E.164, typed and shown as people write them."""

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 60


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


def _invalid() -> ValidationError:
    return ValidationError(
        _("This is no telephone number. Example: 030 1234567 or +41 44 668 18 00."), "phone"
    )
