"""What the law says of one case: the rules of § 7 UWG and of an objection, without a look at the database.

Not legal advice: the answer follows from what was entered (docs/privacy.md names the sources).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import LegalEntry, Means, Suppression
from core.templatetags.dates import short_date

# Every call, mail and letter that is to sell; and what answers a request or belongs to an offer or an order.
ADVERTISING, CONTRACT = "advertising", "contract"

Kind = LegalEntry.Kind


class State(StrEnum):
    """How free we are."""

    YES = "yes"
    NOTE = "note"  # a reason has to be noted first
    NO = "no"  # not for advertising
    BLOCKED = "blocked"  # somebody said no
    HIDDEN = "hidden"  # the data must not be worked with


@dataclass(frozen=True)
class Verdict:
    """Whether a contact may be reached, and why, in words for the user."""

    allowed: bool
    reason: str | Promise
    state: State
    basis: LegalEntry | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether somebody said no, so that nothing leads there."""
        return self.state in (State.BLOCKED, State.HIDDEN)


@dataclass(frozen=True)
class Case:
    """Everything a verdict follows from."""

    means: str
    is_business: bool
    is_erased: bool = False
    is_restricted: bool = False
    suppression: Suppression | None = None
    # What was recorded of this number or address, oldest first, the lines of the employer included.
    entries: Sequence[LegalEntry] = field(default_factory=tuple)


def decide(case: Case, purpose: str) -> Verdict:
    """The verdict of one case: first whoever said no, then what allows it."""
    return _refusal(case, purpose) or _allowance(case, purpose)


def standing(entries: Sequence[LegalEntry]) -> list[LegalEntry]:
    """The permissions that hold: not withdrawn, and no objection after them. Entries come oldest first."""
    ended = {entry.ends_id for entry in entries if entry.kind == Kind.WITHDRAWAL}
    said_no = max((entry.pk for entry in entries if entry.kind == Kind.OBJECTION), default=0)
    return [
        entry for entry in entries if entry.is_permission and entry.pk not in ended and entry.pk > said_no
    ]


def objection(entries: Sequence[LegalEntry]) -> LegalEntry | None:
    """The last objection, unless an express consent came after it."""
    for entry in reversed(entries):
        if entry.kind == Kind.OBJECTION:
            return entry
        if entry.kind == Kind.CONSENT and entry.is_proven:
            return None
    return None


def _refusal(case: Case, purpose: str) -> Verdict | None:
    if case.is_erased:
        return Verdict(False, _("The data of this person were erased."), State.HIDDEN)
    if case.is_restricted:
        return Verdict(False, _("The data of this person are restricted: no contact."), State.HIDDEN)
    said_no = objection(case.entries)
    listed = case.suppression
    if said_no is None and listed is None:
        return None
    is_total = bool(said_no and said_no.is_total) or bool(listed and listed.is_total)
    if purpose == CONTRACT and not is_total:
        return None
    since = short_date(said_no.at if said_no else listed.since)  # type: ignore[union-attr]
    text = (
        _("No contact at all wanted, since %(day)s.")
        if is_total
        else _("Objection of %(day)s: no advertising.")
    )
    return Verdict(False, text % {"day": since}, State.BLOCKED, said_no)


def _allowance(case: Case, purpose: str) -> Verdict:
    if purpose == CONTRACT:
        text = _("In the matter itself: an answer, an offer asked for, an order.")
        return Verdict(True, text, State.YES)
    bases = {entry.kind: entry for entry in standing(case.entries)}
    consent = bases.get(Kind.CONSENT)
    if consent is not None and consent.is_proven:
        return _allowed(consent, _("Consent of %(day)s (%(said)s)."), consent.source)
    if case.means == Means.LETTER:
        return Verdict(True, _("Letters are allowed until somebody objects."), State.YES)
    return _by_phone(case, bases) if case.means == Means.PHONE else _by_mail(bases)


def _by_phone(case: Case, bases: dict[str, LegalEntry]) -> Verdict:
    presumed = bases.get(Kind.PRESUMED)
    if not case.is_business:
        return Verdict(False, _without(bases, PRIVATE_CALL), State.NO)
    if presumed is not None:
        return _allowed(presumed, _("Presumed consent, noted on %(day)s: %(said)s"), presumed.reason)
    return Verdict(False, NOTE_FIRST, State.NOTE)


def _by_mail(bases: dict[str, LegalEntry]) -> Verdict:
    customer = bases.get(Kind.CUSTOMER)
    if customer is not None:
        return _allowed(
            customer, _("Existing customer since %(day)s, similar goods: %(said)s"), customer.reason
        )
    return Verdict(False, _without(bases, NO_MAIL), State.NO)


def _allowed(basis: LegalEntry, text: str, said: str) -> Verdict:
    return Verdict(True, text % {"day": short_date(basis.at), "said": said}, State.YES, basis)


def _without(bases: dict[str, LegalEntry], otherwise: Promise) -> str | Promise:
    return UNPROVEN if Kind.CONSENT in bases else otherwise


PRIVATE_CALL = gettext_lazy("Private person: calls to sell need their express consent.")
NOTE_FIRST = gettext_lazy("Before the first call, note why the company can be presumed to want it.")
NO_MAIL = gettext_lazy("No consent to advertising by e-mail. Answers, offers and orders may be sent.")
UNPROVEN = gettext_lazy("The consent from the web form is not confirmed yet, so it could not be proved.")
