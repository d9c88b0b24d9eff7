"""Telephone numbers, e-mail addresses and web sites of foreign files; nothing where it is none."""

import re

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from email_validator import EmailNotValidError, validate_email

from contacts.web_addresses import profile

LONGEST_PHONE = 60
LONGEST = 254
_EXTENSION = re.compile(r";ext=", re.IGNORECASE)
_is_web = URLValidator(schemes=["http", "https"])


def phone_number(text: str, region: str = "") -> str | None:
    """`030 / 123 45-67` as `+49301234567`; `region` is the country of the address beside it."""
    text = _EXTENSION.sub(" ext. ", text.removeprefix("tel:"))[:LONGEST_PHONE]
    try:
        number = phonenumbers.parse(text, region or settings.DEFAULT_PHONE_REGION)
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_address(text: str) -> str | None:
    """The address as it is kept; `Anna Berg <anna@berg.example>` and `mailto:` are understood."""
    text = text.removeprefix("mailto:").strip()
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1]
    if len(text) > LONGEST:
        return None
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def web_address(text: str) -> str | None:
    """`firma.de` as `https://firma.de`."""
    address = text if "://" in text else f"https://{text}"
    if len(address) > LONGEST or any(sign.isspace() for sign in address):
        return None
    try:
        _is_web(address)
    except ValidationError:
        return None
    return address


def social_profile(kind: str, text: str) -> str | None:
    """The address of a profile at LinkedIn, XING or elsewhere; a bare name is understood."""
    try:
        return profile(kind, text)
    except ValidationError:
        return None
