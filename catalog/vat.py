"""Which VAT is due: by the customer's country, VAT id and kind, and the day; rates and countries are data.

The order of the rules: at home our own rates; in another country of the EU a company with a VAT id owes the
VAT itself (reverse charge, intra-Community supply); where we are registered that country's rates; a private
customer elsewhere in the EU pays the rates of home there (one-stop shop) where we know them; anyone else in
the EU pays ours; beyond, it is an export without VAT. No tax advice: what is right for a company is said by
its accountant, who finds countries and rates in the admin.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import VatCategory, VatCountry, VatRate

NONE = Decimal(0)


class VatTreatment(models.TextChoices):
    """Why this VAT is due, or none."""

    OWN = "own", _("VAT of our own country")
    ABROAD = "abroad", _("VAT of the customer's country")
    REVERSE = "reverse", _("Reverse charge: the customer owes the VAT")
    EXPORT = "export", _("Export, free of VAT")


@dataclass(frozen=True)
class Vat:
    """What is due: the rate (0 to 1) and why."""

    rate: Decimal
    treatment: VatTreatment


@dataclass(frozen=True)
class Country:
    """What matters of a country."""

    code: str
    prefix: str
    is_eu: bool
    is_registered: bool


@dataclass(frozen=True)
class VatTable:
    """The countries and rates of the database, read once; `rates` per country and category, newest first."""

    home: str
    countries: dict[str, Country]
    rates: dict[tuple[str, str], list[tuple[date, Decimal]]]

    @classmethod
    def read(cls) -> "VatTable":
        """As they stand in the database."""
        return cls.of(VatCountry.objects.all(), VatRate.objects.order_by("-valid_from"))

    @classmethod
    def of(cls, countries: Iterable[VatCountry], rates: Iterable[VatRate]) -> "VatTable":
        """From rows; the rates newest first."""
        known, home = {}, ""
        for row in countries:
            known[row.code] = Country(row.code, row.vat_prefix or row.code, row.is_eu, row.is_registered)
            home = row.code if row.is_home else home
        by_key: dict[tuple[str, str], list[tuple[date, Decimal]]] = {}
        for rate in rates:
            by_key.setdefault((rate.country_id, rate.category), []).append((rate.valid_from, rate.rate))
        return cls(home, known, by_key)

    def rate(self, country: str, category: str, day: date) -> Decimal | None:
        """The rate on a day; a country without a special rate takes the reduced one. None if unknown."""
        if category == VatCategory.ZERO:
            return NONE
        for since, rate in self.rates.get((country, category), []):
            if since <= day:
                return rate
        return self.rate(country, VatCategory.REDUCED, day) if category == VatCategory.SPECIAL else None

    def is_foreign_eu_id(self, vat_id: str) -> bool:
        """Whether it begins as those of another country of the EU."""
        start = vat_id.strip().upper()[:2]
        return any(
            one.is_eu and one.prefix == start and one.code != self.home for one in self.countries.values()
        )


def vat_for(
    category: str, country: str, vat_id: str, is_business: bool, day: date, *, table: VatTable
) -> Vat:
    """The VAT of one thing sold to a customer; an unknown rate counts as that of our own country, else 0."""
    country = country or table.home
    own = Vat(table.rate(table.home, category, day) or NONE, VatTreatment.OWN)
    known = table.countries.get(country)
    if country == table.home:
        return own
    is_eu = known is not None and known.is_eu
    if is_eu and is_business and table.is_foreign_eu_id(vat_id):
        return Vat(NONE, VatTreatment.REVERSE)
    theirs = table.rate(country, category, day)
    if theirs is not None and known is not None and (known.is_registered or (is_eu and not is_business)):
        return Vat(theirs, VatTreatment.ABROAD)
    return own if is_eu else Vat(NONE, VatTreatment.EXPORT)
