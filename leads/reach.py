"""May a lead be called or written to? As told by the law of the customer database, before it is in there."""

from django.utils.functional import cached_property

from contacts.lawful import ADVERTISING, CONTRACT, Verdict, may_reach
from contacts.models import Channel, Means
from contacts.suppression import suppressed
from contacts.verdicts import Case, decide
from leads.known import channels_of
from leads.models import Direction, Lead


class Reach:
    """The number and the address of a lead with their verdicts.

    Who asked us may be answered; whom we picked out may be called where the law lets us.
    """

    def __init__(self, lead: Lead) -> None:
        self.lead = lead
        self.known = dict(channels_of(lead))

    @cached_property
    def phone(self) -> tuple[str, Verdict] | None:
        """The number as it is dialled, and whether we may; None without one that could be dialled."""
        return self._judged(Channel.Kind.PHONE, Means.PHONE)

    @cached_property
    def email(self) -> tuple[str, Verdict] | None:
        """The same of the address."""
        return self._judged(Channel.Kind.EMAIL, Means.EMAIL)

    def _judged(self, kind: str, means: Means) -> tuple[str, Verdict] | None:
        value = self.known.get(kind)
        if not value:
            return None
        purpose = CONTRACT if self.lead.direction == Direction.INBOUND else ADVERTISING
        customer = self.lead.person or self.lead.company
        if customer is not None:
            return value, may_reach(customer, means, purpose=purpose, channel=value)
        case = Case(
            means=means,
            is_business=bool(self.lead.company_name),
            suppression=suppressed([(means, value)]).get((means, value)),
        )
        return value, decide(case, purpose)
