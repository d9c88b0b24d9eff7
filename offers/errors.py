"""What orders refuse, in words for the user."""

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, StaleError


class CustomerMissing(DomainError):
    """Somebody has bought."""

    def __init__(self) -> None:
        super().__init__(_("An order needs a company or a person as the customer."))


class LinesMissing(DomainError):
    """Something was bought."""

    def __init__(self) -> None:
        super().__init__(_("An order needs at least one line."))


class AmountTooLarge(DomainError):
    """A line costs more than an amount can hold."""

    def __init__(self) -> None:
        super().__init__(_("A line comes to more than can be kept. Please check quantity and price."))


class NumberTaken(DomainError):
    """A number belongs to one order."""

    def __init__(self, number: str) -> None:
        super().__init__(_("There is an order with the number %(number)s already.") % {"number": number})


class OrderCancelled(DomainError):
    """A cancelled order stays as it was."""

    def __init__(self) -> None:
        super().__init__(_("This order is cancelled; it can no longer be changed."))


class OrderEditedMeanwhile(StaleError):
    """Someone else changed the order since the user opened the form."""

    def __init__(self) -> None:
        super().__init__(_("Someone else has changed this order in the meantime. Nothing was saved yet."))


class LinkUsedTooOften(DomainError):
    """More requests with one link than a person makes."""

    status = 429


class TooManyQuestions(DomainError):
    """A page is no chat."""

    def __init__(self) -> None:
        super().__init__(_("So many questions are better answered by phone. Please call us."))


class TooManyRounds(DomainError):
    """A negotiation comes to an end."""

    def __init__(self) -> None:
        super().__init__(_("This negotiation has as many rounds as can be kept."))


class GuideEditedMeanwhile(StaleError):
    """Someone else changed the entry since the user opened it."""

    def __init__(self) -> None:
        super().__init__(_("Someone else has changed this entry in the meantime. Nothing was saved yet."))


class PointForeign(DomainError):
    """Points and offers of a round belong to its deal."""

    def __init__(self) -> None:
        super().__init__(_("This belongs to another deal."))


class PointSettled(DomainError):
    """What was given is given."""

    def __init__(self) -> None:
        super().__init__(_("What was given counts as agreed."))


class TooManyLines(DomainError):
    """An order that was imported with more lines than a form holds."""

    def __init__(self, most: int) -> None:
        super().__init__(_("Orders of more than %(most)d lines are not changed here.") % {"most": most})


class OfferIncomplete(DomainError):
    """What a customer gets says what it costs, until when it holds, and to whom it is offered."""


class VersionFixed(DomainError):
    """A version that was sent, or is no longer worked on, stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("This version can no longer be changed. Please begin a new one."))


class OfferSavedMeanwhile(StaleError):
    """Someone else, or another window, saved the draft since it was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("This draft was saved elsewhere in the meantime. What you typed is still here, but not saved.")
        )


class OfferAccepted(DomainError):
    """The customer has accepted: what was agreed stays."""

    def __init__(self) -> None:
        super().__init__(_("The customer has accepted this offer; it can no longer be changed."))


class NotWithCustomer(DomainError):
    """Only what lies with the customer can be accepted, declined or withdrawn."""

    def __init__(self) -> None:
        super().__init__(_("This version of the offer is not with the customer any more."))


class OfferRunOut(DomainError):
    """The last day of the offer has passed."""

    def __init__(self) -> None:
        super().__init__(_("This offer has run out. Please ask for a new one."))


class NotAccepted(DomainError):
    """An order is made of an offer that was accepted."""

    def __init__(self) -> None:
        super().__init__(_("The customer has not accepted this version of the offer."))


class ApprovalMissing(DomainError):
    """Some rule wants somebody's approval first."""

    def __init__(self, rules: str) -> None:
        super().__init__(_("This offer needs an approval before it is sent: %(rules)s") % {"rules": rules})


class ApprovalNotNeeded(DomainError):
    """No rule asks for an approval."""

    def __init__(self) -> None:
        super().__init__(_("This offer needs no approval."))


class NoApprover(DomainError):
    """This user may not answer this request."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has to approve this offer."))


class ApprovalAnswered(StaleError):
    """The request was answered or has lapsed."""

    def __init__(self) -> None:
        super().__init__(_("This request was answered already, or the offer was changed since."))


class OrderFollowsOffer(DomainError):
    """The lines of an order that was made of an offer are those the customer accepted."""

    def __init__(self) -> None:
        super().__init__(
            _("The lines of this order were agreed in an offer. Cancel the order to agree on something else.")
        )


class QuestionAnswered(StaleError):
    """Somebody has answered the question meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This question was answered in the meantime."))


class InputMissing(DomainError):
    """A small form that says too little or too much."""

    def __init__(self, form: BaseForm) -> None:
        said = [
            f"{form.fields[name].label or name}: {' '.join(map(str, errors))}"
            for name, errors in form.errors.items()
        ]
        super().__init__(" ".join(said) or _("Please check your input"))
