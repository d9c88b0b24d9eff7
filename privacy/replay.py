"""What goes into the ledger, and doing it again after a backup was restored."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from contacts.actions import withdraw
from contacts.models import Company, LegalEntry, Person, Suppression
from contacts.suppression import keep_digest
from core.models import Event
from privacy import ledger
from privacy.actions import erase_person, lift_restriction, restrict_person
from privacy.ledger import Line

REPLAYED = "replayed from the ledger"


def lines_of(event: Event) -> list[Line]:
    """What the ledger keeps of an event; a contact that came and went leaves none."""
    return WRITERS[event.kind](event)


def replay() -> Counter[str]:
    """Do everything of the ledger again that the database does not know; doing it twice does no harm."""
    done: Counter[str] = Counter()
    for line in ledger.read():
        kind = str(line.get("kind"))
        play = PLAYERS.get(kind)
        if play is not None and play(line):
            done[kind] += 1
    return done


def _erasure(event: Event) -> list[Line]:
    return [{"kind": "erasure", **who} for who in _who(event)] + _blocked(event)


def _restriction(event: Event) -> list[Line]:
    kind = "restriction" if event.kind == "person.restricted" else "unrestriction"
    return [{"kind": kind, **who} for who in _who(event)]


def _withdrawal(event: Event) -> list[Line]:
    entry = LegalEntry.objects.filter(pk=event.payload["entry"]).first()
    if entry is None:
        return []
    return [{"kind": "withdrawal", "entry": entry.pk, "recorded_at": entry.recorded_at.isoformat()}]


def _objection(event: Event) -> list[Line]:
    """The hashes, and the objection itself where it holds for all of a means."""
    lines = _blocked(event)
    entry = LegalEntry.objects.filter(pk=event.payload["entry"]).first()
    if entry is not None:
        said = {"means": entry.means, "is_total": entry.is_total, "at": entry.at.isoformat()}
        lines += [{"kind": "objection", **who, **said} for who in _who(event) if not entry.value]
    return lines


def _blocked(event: Event) -> list[Line]:
    names = ("means", "digest", "key_name", "origin", "is_total")
    keys = [int(key) for key in str(event.payload.get("blocked") or "").split(",") if key]
    return [
        {"kind": "blocked", "since": row.since.isoformat(), **{name: getattr(row, name) for name in names}}
        for row in Suppression.objects.filter(pk__in=keys)
    ]


def _who(event: Event) -> list[Line]:
    """The contact by its key and the moment it was entered: keys are given out anew after a restore."""
    model = Company if event.subject_kind == "company" else Person
    moment = model.objects.filter(pk=event.subject_id).values_list("created_at", flat=True).first()
    if moment is None:
        return []
    return [{"of": event.subject_kind, "key": event.subject_id, "created_at": moment.isoformat()}]


def _contact(line: Line) -> Company | Person | None:
    model: type[Company] | type[Person] = Company if line["of"] == "company" else Person
    created_at = datetime.fromisoformat(str(line["created_at"]))
    found: Company | Person | None = model.objects.filter(pk=str(line["key"]), created_at=created_at).first()
    return found


def _erase_again(line: Line) -> bool:
    person = _contact(line)
    if not isinstance(person, Person) or person.erased_at is not None:
        return False
    erase_person(person, actor=None)
    return True


def _restrict_again(line: Line) -> bool:
    person = _contact(line)
    if not isinstance(person, Person) or person.restricted_at is not None or person.erased_at is not None:
        return False
    restrict_person(person, REPLAYED, actor=None)
    return True


def _lift_again(line: Line) -> bool:
    person = _contact(line)
    if not isinstance(person, Person) or person.restricted_at is None:
        return False
    lift_restriction(person, actor=None)
    return True


def _withdraw_again(line: Line) -> bool:
    recorded_at = datetime.fromisoformat(str(line["recorded_at"]))
    entry = LegalEntry.objects.filter(pk=str(line["entry"]), recorded_at=recorded_at).first()
    if entry is None or entry.withdrawals.exists():
        return False
    withdraw(entry, actor=None, source=REPLAYED)
    return True


def _object_again(line: Line) -> bool:
    contact, at = _contact(line), datetime.fromisoformat(str(line["at"]))
    if contact is None or LegalEntry.objects.of(contact).filter(kind="objection", at=at).exists():
        return False
    column = "company" if isinstance(contact, Company) else "person"
    said = {"means": line["means"], "is_total": line["is_total"], "at": at, "source": REPLAYED}
    LegalEntry.objects.create(**{column: contact}, kind=LegalEntry.Kind.OBJECTION, **said)
    return True


def _block_again(line: Line) -> bool:
    known = Suppression.objects.filter(means=line["means"], digest=line["digest"]).exists()
    if not known:
        keep_digest(
            str(line["means"]),
            str(line["digest"]),
            key_name=str(line["key_name"]),
            origin=str(line["origin"]),
            is_total=bool(line["is_total"]),
            since=datetime.fromisoformat(str(line["since"])),
        )
    return not known


WRITERS: dict[str, Callable[[Event], list[Line]]] = {
    "person.erased": _erasure,
    "person.restricted": _restriction,
    "person.unrestricted": _restriction,
    "contact.permission_withdrawn": _withdrawal,
    "contact.objected": _objection,
}
PLAYERS: dict[str, Callable[[Line], bool]] = {
    "erasure": _erase_again,
    "restriction": _restrict_again,
    "unrestriction": _lift_again,
    "withdrawal": _withdraw_again,
    "objection": _object_again,
    "blocked": _block_again,
}
