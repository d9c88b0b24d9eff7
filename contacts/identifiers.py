"""Numbers that companies are registered under: VAT ids and register numbers, checked by their rules."""

import re
from types import ModuleType

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.at import businessid
from stdnum.ch import uid
from stdnum.ch import vat as swiss_vat
from stdnum.eu import vat as european_vat
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as NumberError
from stdnum.gb import vat as british_vat

LONGEST = 60
_SWISS = ("CHE", "CH")
_BRITISH = ("GB", "XI")
_GREEK = "EL"
_GERMAN_REGISTER = re.compile(
    r"(?P<kind>HRA|HRB|GnR|GsR|VR|PR)\s*(?:[-.:]|Nr\.?)?\s*(?P<number>\d{1,6})\s*(?P<branch>[A-Z]{1,3})?",
    re.IGNORECASE,
)
_KINDS = {kind.upper(): kind for kind in ("HRA", "HRB", "GnR", "GsR", "VR", "PR")}


def vat_id(text: str) -> str:
    """`de 136 695 976` as `DE136695976`; raises ValidationError with the reason in the user's words."""
    compact = re.sub(r"[\s./-]", "", text).upper()[:LONGEST]
    if compact.startswith("GR"):
        compact = f"{_GREEK}{compact[2:]}"
    country = compact[:2]
    if not country.isalpha():
        raise ValidationError(_("A VAT id begins with the country, for example DE136695976."), "vat_country")
    rule = _vat_rule(country)
    if rule is None:
        raise ValidationError(
            _("“%(country)s” is no country with a VAT id we can check."), "vat_country", {"country": country}
        )
    try:
        checked: str = rule.validate(compact)
    except NumberError as problem:
        raise _vat_problem(problem) from problem
    return _with_country(checked, country)


def register_number(text: str) -> str:
    """`hrb 12345 b` as `HRB 12345 B`, Austrian `FN 122119m`, Swiss `CHE-100.155.212`; others are refused."""
    spoken = " ".join(text[:LONGEST].split())
    german = _GERMAN_REGISTER.fullmatch(spoken)
    if german:
        parts = [_KINDS[german["kind"].upper()], german["number"], (german["branch"] or "").upper()]
        return " ".join(part for part in parts if part)
    if spoken.upper().startswith("CHE"):
        return str(uid.format(_checked(uid, spoken)))
    if spoken.upper().startswith("FN"):
        return f"FN {_checked(businessid, spoken)}"
    raise ValidationError(
        _("This is no register number. Examples: HRB 12345, GnR 123, FN 122119m, CHE-100.155.212."),
        "register",
    )


def _vat_rule(country: str) -> ModuleType | None:
    if country == "CH":
        return swiss_vat
    if country in _BRITISH:
        return british_vat
    is_european = country.lower() in european_vat.MEMBER_STATES or country == _GREEK
    return european_vat if is_european else None


def _with_country(checked: str, country: str) -> str:
    if checked.startswith((*_SWISS, country)):
        return checked
    return f"{country}{checked}"


def _vat_problem(problem: NumberError) -> ValidationError:
    if isinstance(problem, InvalidChecksum):
        return ValidationError(
            _("The check digit does not fit: one digit is probably mistyped."), "vat_digit"
        )
    if isinstance(problem, InvalidLength):
        return ValidationError(_("A VAT id of this country has another length."), "vat_length")
    return ValidationError(_("A VAT id of this country looks different."), "vat_format")


def _checked(rule: ModuleType, text: str) -> str:
    try:
        return str(rule.validate(text))
    except InvalidChecksum as problem:
        raise ValidationError(
            _("The check digit does not fit: one digit is probably mistyped."), "register_digit"
        ) from problem
    except NumberError as problem:
        raise ValidationError(
            _("This is no register number. Examples: HRB 12345, GnR 123, FN 122119m, CHE-100.155.212."),
            "register",
        ) from problem
