"""How a letter or a mail to a person begins, in their language."""

from contacts.models import Person

Salutation = Person.Salutation

# By language: to a woman, to a man, to everybody else by the whole name.
_WORDS = {
    "de": ("Sehr geehrte Frau {name}", "Sehr geehrter Herr {name}", "Guten Tag {full}"),
    "en": ("Dear Ms {name}", "Dear Mr {name}", "Dear {full}"),
    "fr": ("Madame {name}", "Monsieur {name}", "Bonjour {full}"),
    "it": ("Gentile signora {name}", "Gentile signor {name}", "Buongiorno {full}"),
}


def greeting(person: Person) -> str:
    """`Sehr geehrte Frau Dr. Weiß`; who is neither Ms nor Mr is greeted by the whole name."""
    ms, mr, others = _WORDS.get(person.language, _WORDS["de"])
    wording = {Salutation.MS: ms, Salutation.MR: mr}.get(Salutation(person.salutation), others)
    name = " ".join(part for part in (person.title, person.last_name) if part)
    return wording.format(name=name, full=person.full_name)
