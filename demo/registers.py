"""What the demo's firms are registered under: right by every rule, and invented.

German and Austrian VAT ids beginning with 9 and Swiss ones with 9 have not been given to anyone.
"""

from random import Random

from stdnum.at import uid as austrian_vat
from stdnum.ch import uid as swiss_number
from stdnum.iso7064 import mod_11_10

from contacts.identifiers import register_number, vat_id
from contacts.models import Address, Company

COURTS = {
    "Hamburg": "Amtsgericht Hamburg",
    "Kiel": "Amtsgericht Kiel",
    "Bremen": "Amtsgericht Bremen",
    "Hannover": "Amtsgericht Hannover",
    "Rostock": "Amtsgericht Rostock",
    "Oldenburg": "Amtsgericht Oldenburg (Oldb)",
    "Braunschweig": "Amtsgericht Braunschweig",
    "Potsdam": "Amtsgericht Potsdam",
    "München": "Amtsgericht München",
    "Stuttgart": "Amtsgericht Stuttgart",
    "Nürnberg": "Amtsgericht Nürnberg",
    "Augsburg": "Amtsgericht Augsburg",
    "Freiburg": "Amtsgericht Freiburg",
    "Regensburg": "Amtsgericht Regensburg",
    "Ulm": "Amtsgericht Ulm",
    "Frankfurt am Main": "Amtsgericht Frankfurt am Main",
    "Wien": "Handelsgericht Wien",
    "Linz": "Landesgericht Linz",
    "Salzburg": "Landesgericht Salzburg",
    "Graz": "Landesgericht für ZRS Graz",
    "Innsbruck": "Landesgericht Innsbruck",
    "Zürich": "Handelsregisteramt Zürich",
    "Bern": "Handelsregisteramt Bern-Mittelland",
    "St. Gallen": "Handelsregisteramt St. Gallen",
}
KNOWN = 0.7
OF_PARTNERS = ("KG", "OHG", "e. K.", "OG", "e. U.")


def register(companies: list[Company], addresses: list[Address], seed: int) -> None:
    """Before they are saved: most firms with their VAT id, court and number."""
    # Dice of its own: the rest of the demo stays the same with and without it.
    rng = Random(seed + 11)  # noqa: S311 - plausible, not secret
    places = {id(address.company): address for address in addresses if address.company}
    for company in companies:
        address = places[id(company)]
        if rng.random() >= KNOWN:
            continue
        company.register_court = COURTS.get(address.city, "")
        vat, number = _numbers(company, address.country, rng)
        company.vat_id, company.register_number = vat_id(vat), register_number(number)


def _numbers(company: Company, country: str, rng: Random) -> tuple[str, str]:
    if country == "AT":
        # The letter counts in the sum, so the digit is asked of it as a whole.
        body = f"U9{rng.randrange(10**6):06}"
        letter = rng.choice("abdfghikmpstvwxyz")
        return f"AT{body}{austrian_vat.calc_check_digit(body)}", f"FN {rng.randrange(10**5, 10**6)}{letter}"
    if country == "CH":
        number = _swiss(rng)
        return f"{number} MWST", number
    body = f"9{rng.randrange(10**7):07}"
    kind = "HRA" if company.name.endswith(OF_PARTNERS) else "HRB"
    return f"DE{body}{mod_11_10.calc_check_digit(body)}", f"{kind} {rng.randrange(1000, 200_000)}"


def _swiss(rng: Random) -> str:
    while True:
        body = f"9{rng.randrange(10**7):07}"
        # One in eleven has no check digit, so that number is never given.
        digit = swiss_number.calc_check_digit(body)
        if len(digit) == 1 and digit.isdigit():
            return str(swiss_number.format(f"CHE{body}{digit}"))
