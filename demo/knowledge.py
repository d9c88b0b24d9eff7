"""What the demo company knows of its customers beyond names and numbers."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from contacts.legal_forms import legal_form
from contacts.models import Company, Person, PersonInterest, PersonValue, Tag, Tagging

TAGS = ("Hausmesse 2026", "Innung", "Referenzkunde", "Rahmenvertrag", "Fachpresse")
INTERESTS = ("Segeln", "Rennrad", "Imkerei", "Handball", "Elektroautos", "Chor", "Bergwandern", "Holzbau")
PREFERENCES = ("Anrufe vor 9 Uhr", "E-Mail statt Anruf", "Zahlen zuerst", "Treffen vor Ort")
SOURCES = ("Gespräch", "Vor-Ort-Termin", "Profil in einem Netzwerk", "Hausmesse")
KNOWN = 0.35


class Knowledge:
    """Says what somebody has learned already; of most persons nobody knows it yet."""

    def __init__(self, today: date, seed: int) -> None:
        # Dice of its own: the rest of the demo stays the same with and without it.
        self.today, self.rng = today, Random(seed + 1)  # noqa: S311 - plausible, not secret

    def of_companies(self, companies: Sequence[Company]) -> None:
        """Before they are saved."""
        for number, company in enumerate(companies, start=1):
            company.legal_form = legal_form(company.name)
            company.customer_number = f"K-{10_000 + number}"

    def write(self, companies: Sequence[Company], persons: Sequence[Person]) -> None:
        """After they are saved."""
        tags = Tag.objects.bulk_create(Tag(name=name) for name in TAGS)
        tagged = [company for company in companies if self.rng.random() < KNOWN]
        Tagging.objects.bulk_create(Tagging(tag=self.rng.choice(tags), company=row) for row in tagged)
        known = [person for person in persons if self.rng.random() < KNOWN]
        PersonValue.objects.bulk_create(value for person in known for value in self._values(person))
        PersonInterest.objects.bulk_create(self._interest(person) for person in known)

    def _values(self, person: Person) -> list[PersonValue]:
        chosen = self.rng.sample(PersonValue.Value.values, 2)
        weights = self.rng.sample(PersonValue.Weight.values, 2)
        return [
            PersonValue(person=person, value=value, weight=weight, **self._noted())
            for value, weight in zip(chosen, weights, strict=True)
        ]

    def _interest(self, person: Person) -> PersonInterest:
        is_interest = self.rng.random() < 0.6
        kind = PersonInterest.Kind.INTEREST if is_interest else PersonInterest.Kind.PREFERENCE
        text = self.rng.choice(INTERESTS if is_interest else PREFERENCES)
        return PersonInterest(person=person, kind=kind, text=text, **self._noted())

    def _noted(self) -> dict[str, object]:
        noted_on = self.today - timedelta(days=self.rng.randrange(3, 300))
        return {"source": self.rng.choice(SOURCES), "noted_on": noted_on}
