"""What an erasure will do, table by table: shown before it is done, by the rules by which it is done."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db import models

from contacts.models import Person
from offers.models import Offer
from privacy.brought import brought_rows
from privacy.cleaning import Traces, cleaned_rows, texts_to_clean, traces_of
from privacy.holdings import Holdings, Model, entries_of, read_holdings
from privacy.mentions import mentions_of, unmistakable
from privacy.models import KeptRecord
from privacy.rules import Fate, documents, fate_of, kept_letter, letter_of

# A row, and what its texts become.
Text = tuple[models.Model, dict[str, object]]


@dataclass(frozen=True)
class Line:
    """How many rows of a table share a fate."""

    table: str
    count: int


@dataclass
class Plan:
    """Every row of the person with its fate, the shared texts, what is kept, and what the audit forgets."""

    held: Holdings
    traces: Traces
    # Of them what can mean nobody else.
    signs: Traces
    fates: dict[Fate, dict[Model, list[models.Model]]] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    # Rows of others that name the person, and what imports keep.
    mentions: list[Text] = field(default_factory=list)
    kept: list[KeptRecord] = field(default_factory=list)
    past_count: int = 0

    @property
    def deleted(self) -> list[Line]:
        """Rows that go."""
        return _lines(self.fates[Fate.DELETED])

    @property
    def emptied(self) -> list[Line]:
        """Rows that stay without their words."""
        return _lines(self.fates[Fate.EMPTIED])

    @property
    def cleaned(self) -> list[Line]:
        """Rows in whose texts name and numbers are replaced."""
        by_table: dict[Model, list[models.Model]] = defaultdict(list)
        for row, _changed in (*self.texts, *self.mentions):
            by_table[type(row)].append(row)
        return _lines(by_table)

    def counts(self) -> dict[str, int]:
        """For the record: how many rows, by fate."""
        rows = Counter({fate.value: sum(map(len, tables.values())) for fate, tables in self.fates.items()})
        cleaned = len(self.texts) + len(self.mentions)
        return {**rows, "cleaned": cleaned, "kept_records": len(self.kept), "past": self.past_count}


def plan_erasure(person: Person) -> Plan:
    """Read what erasing this person means; changes nothing."""
    held, entries = read_holdings(person), entries_of(person)
    plan = Plan(held, traces_of(entries), unmistakable(entries), {fate: defaultdict(list) for fate in Fate})
    for model, rows in held.rows.items():
        for row in rows.values():
            plan.fates[fate_of(row, held)][model].append(row)
    plan.texts = list(texts_to_clean(held, plan.traces))
    plan.mentions, letters = _mentions(held, plan.signs, plan.texts)
    plan.kept = [*documents(held), *(kept_letter(offer, held.person) for offer in letters)]
    plan.past_count = sum(rows.count() for _history, rows in held.past())
    return plan


def _mentions(held: Holdings, traces: Traces, texts: list[Text]) -> tuple[list[Text], list[Offer]]:
    """What imports keep goes as a whole; of other texts name and numbers; letters stay what they are."""
    brought = list(brought_rows(held, traces))
    known = {(type(row), row.pk) for row, _changed in (*texts, *brought)}
    letters: dict[int, Offer] = {}
    others: list[models.Model] = []
    for row in mentions_of(held, traces):
        if offer := letter_of(row):
            letters[offer.pk] = offer
        elif (type(row), row.pk) not in known:
            others.append(row)
    fresh = [offer for key, offer in letters.items() if key not in held.rows.get(Offer, {})]
    return [*brought, *cleaned_rows(others, traces)], fresh


def _lines(tables: dict[Model, list[models.Model]]) -> list[Line]:
    lines = [Line(_name(model), len(rows)) for model, rows in tables.items() if rows]
    return sorted(lines, key=lambda line: line.table)


def _name(model: type[models.Model]) -> str:
    text = str(model._meta.verbose_name_plural)
    return text[:1].upper() + text[1:]
