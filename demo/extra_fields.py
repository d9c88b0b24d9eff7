"""The extra fields of the demo company, and what is said in them."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from contacts.models import Company, Person
from extra_fields.models import ExtraField
from extra_fields.values import Extra
from pipeline.models import Deal

Kind, Subject = ExtraField.Kind, ExtraField.Subject
FIELDS = (
    (
        Subject.COMPANY,
        "stromverbrauch",
        "Stromverbrauch (kWh im Jahr)",
        "Electricity per year (kWh)",
        Kind.NUMBER,
        "",
    ),
    (
        Subject.COMPANY,
        "gebaeude",
        "Gebäude",
        "Building",
        Kind.CHOICE,
        "Eigentum | owned\nGemietet | rented\nErbbaurecht | leasehold",
    ),
    (Subject.COMPANY, "vertrag_bis", "Ende des Stromvertrags", "End of the power contract", Kind.DATE, ""),
    (Subject.PERSON, "hausmesse", "Kommt zur Hausmesse", "Attends our trade day", Kind.YES_NO, ""),
    (Subject.PERSON, "anrede_mail", "Anrede in Mails", "Greeting in mails", Kind.TEXT, ""),
    (Subject.DEAL, "dachflaeche", "Dachfläche (m²)", "Roof area (m²)", Kind.NUMBER, ""),
    (Subject.DEAL, "foerderung", "Förderung beantragt", "Grant applied for", Kind.YES_NO, ""),
)
KNOWN = 0.6


def define_extra_fields() -> None:
    """Enter them as an administrator would."""
    ExtraField.objects.bulk_create(
        ExtraField(
            subject=subject,
            code=code,
            label_de=label_de,
            label_en=label_en,
            kind=kind,
            choices=choices,
            position=position,
        )
        for position, (subject, code, label_de, label_en, kind, choices) in enumerate(FIELDS)
    )


class Known:
    """Says in extra fields what somebody has asked already; of some nobody knows it yet."""

    def __init__(self, today: date, seed: int) -> None:
        # Dice of its own: the rest of the demo stays the same with and without these fields.
        self.today, self.rng = today, Random(seed)  # noqa: S311 - plausible, not secret

    def of_companies(self, companies: Iterable[Company]) -> None:
        """Before they are saved."""
        for company in companies:
            kilowatts = int(self.rng.lognormvariate(11, 0.9)) // 100 * 100
            until = self.today + timedelta(days=self.rng.randrange(-120, 900))
            company.extra = self._some(
                stromverbrauch=str(kilowatts),
                gebaeude=self.rng.choice(("Eigentum", "Eigentum", "Gemietet", "Erbbaurecht")),
                vertrag_bis=until.isoformat(),
            )

    def of_persons(self, persons: Iterable[Person]) -> None:
        """Before they are saved."""
        for person in persons:
            person.extra = self._some(hausmesse=self.rng.random() < 0.3)

    def of_deals(self, deals: Iterable[Deal]) -> None:
        """Before they are saved: of roofs only."""
        for deal in deals:
            if deal.product and deal.product.number.startswith("PV"):
                area = str(self.rng.randrange(40, 2400, 5))
                deal.extra = self._some(dachflaeche=area, foerderung=self.rng.random() < 0.5)

    def _some(self, **said: str | bool) -> Extra:
        return {code: value for code, value in said.items() if self.rng.random() < KNOWN}
