"""What of a company or a person is compared with others."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from contacts.legal_forms import taken_apart
from contacts.matching.folding import digits, words

# Mail providers that anybody may have an address at.
_PROVIDERS = """
gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de outlook.com
outlook.de hotmail.com hotmail.de live.com live.de msn.com yahoo.com yahoo.de icloud.com me.com
mac.com aol.com aol.de posteo.de posteo.net mailbox.org arcor.de online.de 1und1.de vodafone.de
vodafonemail.de kabelmail.de unitybox.de bluewin.ch sunrise.ch hispeed.ch aon.at a1.net chello.at
inode.at utanet.at proton.me protonmail.com tutanota.com tutanota.de email.de mail.de mail.com
"""
FREE_MAILERS = frozenset(_PROVIDERS.split())
_STREET_ENDS = re.compile(
    r"(strasse|str|street|st|avenue|ave|av|blvd|blv|boulevard|road|rd|drive|dr|lane|ln|place|pl)$"
)
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@?#]*@)?(?:www\.)?([^/:?#]+)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Place:
    """An address, taken apart: words of the street, the first number in it, postal code and town."""

    street: str = ""
    number: str = ""
    postal_code: str = ""
    city: str = ""

    @classmethod
    def of(cls, street: str, postal_code: str, city: str) -> "Place":
        """An address as it is written."""
        return _place(street, postal_code, city)


@dataclass(frozen=True)
class Record:
    """A company (`name`) or a person (`given`, `family`) with everything that may tell it from others.

    E-mail addresses in lower case, telephone numbers as E.164; `employers` are keys of companies.
    """

    name: str = ""
    legal_form: str = ""
    given: str = ""
    family: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    vat_id: str = ""
    register: str = ""
    birthday: date | None = None
    places: tuple[Place, ...] = ()
    employers: frozenset[int] = frozenset()

    @property
    def is_person(self) -> bool:
        """Whether it is a human being."""
        return not self.name

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words of a company's name without its legal form."""
        return words(_apart(self.name)[0])

    @cached_property
    def form(self) -> str:
        """The legal form of a company: stated, else as its name tells."""
        return self.legal_form or _apart(self.name)[1]

    @cached_property
    def given_words(self) -> tuple[str, ...]:
        """First names, folded."""
        return words(self.given)

    @cached_property
    def family_words(self) -> tuple[str, ...]:
        """Last name, folded."""
        return words(self.family)


def email_domains(addresses: Iterable[str]) -> set[str]:
    """The domains of e-mail addresses that belong to one house."""
    found = {address.rpartition("@")[2].lower() for address in addresses}
    return found - FREE_MAILERS - {""}


def web_domain(address: str) -> str:
    """`https://www.holz.example/shop` is of `holz.example`; pages at a host of many are none of one house."""
    host = address.partition("://")[2] or address
    host = (
        host.partition("/")[0]
        .partition("?")[0]
        .rpartition("@")[2]
        .partition(":")[0]
        .lower()
        .removeprefix("www.")
    )
    return host if "." in host else ""


def register_key(court: str, number: str) -> str:
    """Court and number of the commercial register as one; empty when the number is missing."""
    return f"{''.join(words(court))}:{''.join(words(number))}" if digits(number) else ""


@lru_cache(maxsize=120_000)
def _apart(name: str) -> tuple[str, str]:
    named = taken_apart(name)
    return named.core, named.form


@lru_cache(maxsize=120_000)
def _place(street: str, postal_code: str, city: str) -> Place:
    found = _NUMBER.search(street)
    parts = [_STREET_ENDS.sub("", word) for word in words(street) if not word[0].isdigit()]
    return Place(
        street="".join(parts),
        number=found.group() if found else "",
        postal_code="".join(words(postal_code)),
        city="".join(words(city)),
    )
