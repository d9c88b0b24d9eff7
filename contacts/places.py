"""Postal codes and their places: checked by rule, looked up, suggested while typing, and what lies near."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.core.exceptions import ValidationError
from django.db.models import Avg, Count, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import Address, Company, PostalCode
from core.keys import folded

# What a code looks like; countries that are not here are not checked.
RULES = {
    "DE": r"(?!00)\d{5}",
    "AT": r"[1-9]\d{3}",
    "CH": r"[1-9]\d{3}",
    "LI": r"94(?:8[5-9]|9[0-8])",
    "LU": r"\d{4}",
    "BE": r"[1-9]\d{3}",
    "DK": r"\d{4}",
    "NL": r"[1-9]\d{3}\s?[A-Z]{2}",
    "FR": r"\d{5}",
    "IT": r"\d{5}",
    "CZ": r"\d{3}\s?\d{2}",
    "PL": r"\d{2}-\d{3}",
    "US": r"\d{5}(?:-\d{4})?",
}
EXAMPLES = {"DE": "24103", "AT": "1010", "CH": "8001", "LI": "9490", "NL": "1012 AB", "PL": "00-950"}
_SPOKEN_COUNTRY = re.compile(r"^(?:D|DE|A|AT|CH|FL|LI|L|LU|B|BE|DK|NL|F|FR|I|IT|CZ|PL)\s?-\s?", re.IGNORECASE)
MOST_SUGGESTIONS = 10
EARTH_KM, DEGREE_KM = 6371.0, 111.2
FARTHEST_KM = 200
MOST_NEAR = 200
_AT_ONCE = 60
# Without coordinates, near is what shares so many leading digits.
_PREFIX = {"DE": 3, "FR": 3, "IT": 3}


@dataclass(frozen=True)
class Near:
    """A company near a place; `km` as the crow flies between the postal codes, None where nobody knows."""

    company: Company
    address: Address
    km: float | None


def clean_postal_code(country: str, text: str) -> str:
    """`D-24103` as `24103`; raises ValidationError where the code is none of this country."""
    code = " ".join(_SPOKEN_COUNTRY.sub("", text.strip()).upper().split())
    rule = RULES.get(country)
    if not code or rule is None or re.fullmatch(rule, code, re.ASCII):
        return code
    example = EXAMPLES.get(country)
    if example is None:
        raise ValidationError(_("This is no postal code of this country."), "postal_code")
    raise ValidationError(
        _("This is no postal code of this country. Example: %(example)s."),
        "postal_code",
        {"example": example},
    )


def places_of(country: str, code: str) -> list[str]:
    """The places of a postal code, the town before its districts; else those of our own addresses."""
    rows = PostalCode.objects.filter(country=country, code=code).order_by(Length("place"), "place")
    loaded = list(rows.values_list("place", flat=True)[:MOST_SUGGESTIONS])
    return loaded or _places_of_ours(country, code)


def knows_codes() -> bool:
    """Whether any list of postal codes was loaded; without one, places come from our own addresses."""
    return PostalCode.objects.exists()


def suggested(country: str, text: str) -> list[tuple[str, str]]:
    """Codes and places for the beginning of either, as it is being typed."""
    text = text.strip()
    if not text:
        return []
    rows = PostalCode.objects.filter(country=country)
    if text[0].isdigit():
        rows = rows.filter(code__startswith=text).order_by("code", Length("place"), "place")
    else:
        rows = rows.filter(sort_key__startswith=folded(text)).order_by(Length("place"), "sort_key", "code")
    found = list(rows.values_list("code", "place")[:MOST_SUGGESTIONS])
    return found or list(_ours(country, text))


def doubts(addresses: Collection[Address]) -> dict[int, str]:
    """What does not fit in addresses, by their keys: an unknown code, or a place that has another one."""
    codes = {address.postal_code for address in addresses if address.postal_code}
    if not codes:
        return {}
    known: dict[tuple[str, str], list[str]] = {}
    for country, code, key in PostalCode.objects.filter(code__in=codes).values_list(
        "country", "code", "sort_key"
    ):
        known.setdefault((country, code), []).append(key)
    # Only a country whose codes are loaded can lack one.
    countries = {address.country for address in addresses}
    loaded = {country for country in countries if PostalCode.objects.filter(country=country).exists()}
    said = {}
    for address in addresses:
        if address.country in loaded and address.postal_code:
            doubt = _doubt(address, known.get((address.country, address.postal_code), []))
            if doubt:
                said[address.pk] = doubt
    return said


def codes_near(country: str, code: str, km: float) -> dict[tuple[str, str], float]:
    """(country, code) within so many kilometres with their distance; empty where coordinates are missing."""
    centre = PostalCode.objects.filter(country=country, code=code).aggregate(
        at=Avg("latitude"), on=Avg("longitude")
    )
    if centre["at"] is None:
        return {}
    km = min(km, FARTHEST_KM)
    height = km / DEGREE_KM
    width = height / max(cos(radians(centre["at"])), 0.1)
    box = PostalCode.objects.filter(
        latitude__range=(centre["at"] - height, centre["at"] + height),
        longitude__range=(centre["on"] - width, centre["on"] + width),
    )
    near: dict[tuple[str, str], float] = {}
    for there, other, latitude, longitude in box.values_list("country", "code", "latitude", "longitude"):
        far = distance_km(centre["at"], centre["on"], float(latitude or 0), float(longitude or 0))
        if far <= km:
            near[there, other] = min(far, near.get((there, other), far))
    near[country, code] = 0.0
    return near


def companies_near(user: User, country: str, code: str, *, km: float = 25, most: int = 50) -> list[Near]:
    """Companies the user may see with an address near a postal code, the nearest first, each once.

    Where no coordinates are loaded, those whose code begins alike, without a distance.
    """
    most = min(most, MOST_NEAR)
    seen: dict[int, Near] = {}
    for address, far in _addresses_near(user, country, code, km):
        if address.company_id not in seen:
            seen[address.company_id] = Near(address.company, address, far)  # type: ignore[index,arg-type]
        if len(seen) == most:
            break
    return list(seen.values())


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Between two points, as the crow flies (haversine)."""
    north = radians(other_latitude - latitude) / 2
    east = radians(other_longitude - longitude) / 2
    part = sin(north) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east) ** 2
    return 2 * EARTH_KM * asin(sqrt(part))


def _addresses_near(user: User, country: str, code: str, km: float) -> Iterator[tuple[Address, float | None]]:
    ours = Address.objects.filter(company__in=Company.objects.visible_to(user).current())
    ours = ours.select_related("company")
    near = codes_near(country, code, km)
    if not near:
        yield from ((address, None) for address in _alike(ours, country, code)[:MOST_NEAR])
        return
    for some in _by_distance(near):
        rows = ours.filter(postal_code__in={other for _there, other in some})
        found = [row for row in rows if (row.country, row.postal_code) in near]
        found.sort(key=lambda row: (near[row.country, row.postal_code], row.pk))
        yield from ((row, near[row.country, row.postal_code]) for row in found)


def _by_distance(near: dict[tuple[str, str], float]) -> Iterator[list[tuple[str, str]]]:
    """The codes in portions, the nearest first, so that a full list needs no look at the far ones."""
    ordered = sorted(near, key=lambda place: (near[place], place))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _alike(rows: QuerySet[Address], country: str, code: str) -> QuerySet[Address]:
    beginning = code[: _PREFIX.get(country, 2)]
    if not beginning:
        return rows.none()
    return rows.filter(country=country, postal_code__startswith=beginning).order_by("postal_code", "pk")


def _places_of_ours(country: str, code: str) -> list[str]:
    rows = Address.objects.filter(country=country, postal_code=code).exclude(city="")
    counted = rows.values("city").annotate(times=Count("pk")).order_by("-times", "city")
    return [row["city"] for row in counted[:MOST_SUGGESTIONS]]


def _ours(country: str, text: str) -> Iterator[tuple[str, str]]:
    rows = Address.objects.filter(country=country).exclude(postal_code="").exclude(city="")
    column = "postal_code" if text[0].isdigit() else "city"
    rows = rows.filter(**{f"{column}__istartswith": text})
    yield from (
        rows.order_by("postal_code", "city").values_list("postal_code", "city").distinct()[:MOST_SUGGESTIONS]
    )


def _doubt(address: Address, places: list[str]) -> str:
    if not places:
        return str(_("This postal code is not known."))
    city = _plain(address.city)
    if not city or any(city in _plain(place) or _plain(place) in city for place in places):
        return ""
    return str(_("This postal code belongs to another place."))


def _plain(text: str) -> str:
    spelled = text.lower().replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")
    return re.sub(r"[^a-z]+", "", spelled)
