"""Words in braces that a template's text is filled with: `{Anrede}` becomes `Sehr geehrte Frau Dr. Weiß`.

The names stand in one table and mean plain strings; nothing typed is ever evaluated.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.models import Company, Person
from core.templatetags.dates import short_date
from core.templatetags.money import money
from pipeline.models import Deal

# Known only when the offer is sent, and when its mail leaves.
NUMBER = ("angebotsnummer", "offer number")
LINK = ("angebotslink", "offer link")
WRITTEN = re.compile(r"\{([^{}\n]{1,40})\}")


@dataclass(frozen=True)
class Occasion:
    """Whom a mail is written to, by whom, and what about."""

    author: User
    person: Person | None = None
    company: Company | None = None
    deal: Deal | None = None


def filled(text: str, occasion: Occasion) -> str:
    """The text with every known placeholder replaced; one with nothing to say stays, so that it is seen."""
    return WRITTEN.sub(lambda found: _said(found[1], occasion) or found[0], text)


def unknown(text: str) -> list[str]:
    """The placeholders of a text that mean nothing, in order."""
    return list(dict.fromkeys(name for name in WRITTEN.findall(text) if _key(name) not in MEANINGS))


def left(text: str) -> list[str]:
    """The known placeholders that still stand in a text: it is not ready to be sent."""
    return list(dict.fromkeys(name for name in WRITTEN.findall(text) if _key(name) in MEANINGS))


def without_link(text: str) -> str:
    """What a text says to those who shall not have the customer's secret."""
    return said_later(text, LINK, _("[link to the offer]"))


def said_later(text: str, names: tuple[str, ...], words: str) -> str:
    """The text with these words where one of these placeholders stands."""
    return WRITTEN.sub(lambda found: words if _key(found[1]) in names else found[0], text)


def names(language: str) -> list[str]:
    """What can be written in braces, in this language."""
    return [german if language.startswith("de") else english for german, english, _meaning in NAMES]


def salutation(person: Person | None) -> str:
    """How a letter begins, in the person's language; the neutral form where no salutation is known."""
    with translation.override(person.language if person else translation.get_language()):
        if person is None:
            return _("Dear Sir or Madam")
        name = " ".join(part for part in (person.title, person.last_name) if part)
        if person.salutation == Person.Salutation.MS:
            return _("Dear Ms %(name)s") % {"name": name}
        if person.salutation == Person.Salutation.MR:
            return _("Dear Mr %(name)s") % {"name": name}
        return _("Good day %(name)s") % {"name": person.full_name}


def _said(name: str, occasion: Occasion) -> str:
    meaning = MEANINGS.get(_key(name))
    return meaning(occasion) if meaning else ""


def _key(name: str) -> str:
    return name.strip().lower()


def _value_of(occasion: Occasion) -> str:
    deal = occasion.deal
    return str(money(deal.value, deal.currency)) if deal and deal.value is not None else ""


# German name, English name, meaning.
NAMES: tuple[tuple[str, str, Callable[[Occasion], str]], ...] = (
    ("Anrede", "Salutation", lambda o: salutation(o.person)),
    ("Vorname", "First name", lambda o: o.person.first_name if o.person else ""),
    ("Nachname", "Last name", lambda o: o.person.last_name if o.person else ""),
    ("Firma", "Company", lambda o: str(o.company or "")),
    ("Verkaufschance", "Deal", lambda o: o.deal.title if o.deal else ""),
    ("Wert", "Value", _value_of),
    ("Angebotsnummer", "Offer number", lambda o: ""),
    ("Angebotslink", "Offer link", lambda o: ""),
    ("Mein Name", "My name", lambda o: o.author.get_full_name()),
    ("Meine E-Mail", "My e-mail", lambda o: o.author.email),
    ("Mein Team", "My team", lambda o: str(o.author.team)),
    ("Heute", "Today", lambda o: str(short_date(timezone.localdate()))),
)
MEANINGS = {name.lower(): meaning for german, english, meaning in NAMES for name in (german, english)}
