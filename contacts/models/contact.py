"""What companies and persons have in common."""

from typing import TYPE_CHECKING

from django.db import models

from contacts.models.buying import bought_key, dormant_since, status_expression
from core.keys import every_word, folded

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ContactQuerySet(models.QuerySet):
    """What companies and persons have in common: everyone reads them, every active user edits them."""

    def visible_to(self, user: "User") -> "Self":
        """Everything: one customer database, open to every colleague."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Everything: contacts are kept by all."""
        return self.all()

    def current(self) -> "Self":
        """Not archived."""
        return self.filter(archived_at=None)

    def unmerged(self) -> "Self":
        """Those that stand for themselves: not taken into another row."""
        return self.filter(merged_into=None)

    def named(self, text: str) -> "Self":
        """Those with every word of this text anywhere in the name, umlauts and case folded."""
        return self.filter(every_word("sort_key", text))

    def starting(self, text: str) -> "Self":
        """Those whose name begins with this text."""
        return self.filter(sort_key__startswith=folded(text))

    def with_customer_status(self) -> "Self":
        """Each row says in `customer_status` what kind of customer it is (CustomerStatus)."""
        return self.annotate(customer_status=status_expression(dormant_since()))

    def with_bought_key(self) -> "Self":
        """With the day of the last purchase as a key that is never empty, to sort by; an index holds it."""
        return self.annotate(bought_key=bought_key())

    def of_customer_status(self, status: str) -> "Self":
        """Those that are this kind of customer."""
        return self.alias(asked_status=status_expression(dormant_since())).filter(asked_status=status)
