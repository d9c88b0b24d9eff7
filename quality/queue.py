"""The queue: one's records that break a rule, one after the other, the worst and largest first."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode

from accounts.models import User
from core.addresses import is_key
from leads.models import Lead
from quality.models import Subject
from quality.records import open_records
from quality.rules import FULL, Rule, measured, rules_of

# Nobody mends more than these in one go, and beyond them the database would sort in vain.
MOST_SKIPPED = 2000


@dataclass(frozen=True)
class Fault:
    """A rule that the record breaks, and where it is mended."""

    rule: Rule
    url: str


class Queue:
    """The record whose turn it is, of those of the reader that break a rule (or this one rule)."""

    def __init__(self, user: User, query: QueryDict) -> None:
        said = query.get("subject", "")
        self.subject = said if said in Subject.values else str(Subject.DEALS)
        self.rules = rules_of(self.subject)
        code = query.get("rule", "")
        self.rule_code = code if code in self.rules else ""
        place = query.get("place", "")
        self.place = min(int(place), MOST_SKIPPED) if is_key(place) else 0
        rows = measured(open_records(self.subject, user), self.rules).filter(quality_score__lt=FULL)
        if self.rule_code:
            rows = rows.filter(**{f"breaks_{self.rule_code}": True})
        self.rows = rows

    @property
    def rule(self) -> Rule | None:
        """The one rule that is looked at."""
        return self.rules.get(self.rule_code)

    @cached_property
    def count(self) -> int:
        """How many there are in all."""
        return self.rows.count()

    @cached_property
    def record(self) -> Any | None:
        """The one whose turn it is; None at the end."""
        order = (
            ("quality_score", "-value", "pk")
            if self.subject == Subject.DEALS
            else ("quality_score", "received_at", "pk")
        )
        loaded = self.rows.select_related("company", "person", "owner").order_by(*order)
        return next(iter(loaded[self.place : self.place + 1]), None)

    @property
    def faults(self) -> list[Fault]:
        """What is to be mended in it."""
        record = self.record
        if record is None:
            return []
        broken = [rule for code, rule in self.rules.items() if getattr(record, f"breaks_{code}")]
        return [Fault(rule, self._place_of(rule)) for rule in broken]

    @property
    def url(self) -> str:
        """The record's own page."""
        return self._address("detail")

    @property
    def skip_url(self) -> str:
        """The next one, this one left as it is."""
        return self._at(self.place + 1)

    @property
    def again_url(self) -> str:
        """The same place again: what was mended is no longer there, so the next one moves up."""
        return self._at(self.place)

    @property
    def start_url(self) -> str:
        """From the beginning."""
        return self._at(0)

    def _at(self, place: int) -> str:
        said = {"subject": self.subject, "rule": self.rule_code, "place": str(place)}
        return f"?{urlencode({name: value for name, value in said.items() if value})}"

    def _place_of(self, rule: Rule) -> str:
        record = self.record
        if rule.place == "duplicates":
            return reverse("contacts:duplicate_list")
        customer = record.company or record.person  # type: ignore[union-attr]
        if rule.place == "customer" and customer is not None:
            return str(customer.get_absolute_url())
        return self._address("edit" if rule.place == "form" else "detail")

    def _address(self, what: str) -> str:
        name = "leads:lead" if isinstance(self.record, Lead) else "pipeline:deal"
        return reverse(f"{name}_{what}", args=[self.record.pk])  # type: ignore[union-attr]
