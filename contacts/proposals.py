"""What a pasted text proposes for a company or person, beside what stands there now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.duplicates import twins_of_company
from contacts.models import Address, Channel, Company, Employment, FieldStand, Person
from contacts.phones import readable
from contacts.recognising import Found, address_parts, recognise
from contacts.stand import WHOLE, stands_of

COMPANY_FIELDS: dict[str, str | Promise] = {
    "name": _("Name"),
    "register_court": _("Register court"),
    "register_number": _("Register number"),
    "vat_id": _("VAT id"),
}
PERSON_FIELDS: dict[str, str | Promise] = {
    "salutation": _("Salutation"),
    "title": pgettext_lazy("of a person", "Title"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
}
PHONES = (Channel.Kind.PHONE, Channel.Kind.MOBILE)


@dataclass(frozen=True)
class Proposal:
    """One field: what the text says, what stands now and since when; `is_same` when both agree.

    `key` names it in the form; `target` is the row that says it now: a channel, an address, an employment.
    """

    key: str
    field: str
    value: str
    label: str | Promise
    shown: str
    now: str
    stand: FieldStand | None = None
    entered_at: datetime | None = None
    is_same: bool = False
    target: Channel | Address | Employment | Company | None = None

    @property
    def is_safe(self) -> bool:
        """Whether taking it over replaces nothing; then it is ticked from the start."""
        adds = self.field in Channel.Kind.values or (self.field == "address" and self.target is None)
        return self.is_same or not self.now or adds


def proposals(row: Company | Person, text: str) -> list[Proposal]:
    """Every proposal a text makes, in the order of the form; what cannot be said of this row is left out."""
    found = recognise(text)
    proposed = [*_columns(row, found), *_jobs(row, found), *_channels(row, found), *_addresses(row, found)]
    by_key: dict[str, Proposal] = {}
    for one in proposed:
        by_key.setdefault(one.key, one)
    return list(by_key.values())


def _columns(row: Company | Person, found: list[Found]) -> Iterator[Proposal]:
    labels = COMPANY_FIELDS if isinstance(row, Company) else PERSON_FIELDS
    stands = stands_of(row)
    for one in found:
        field = "name" if isinstance(row, Company) and one.field == "company" else one.field
        if field not in labels:
            continue
        now = str(getattr(row, field))
        yield Proposal(
            key=field,
            field=field,
            value=one.value,
            label=labels[field],
            shown=_spoken(row, field, one.value),
            now=_spoken(row, field, now),
            stand=stands.get(field),
            entered_at=row.created_at if now else None,
            is_same=now == one.value,
        )


def _spoken(row: Company | Person, field: str, value: str) -> str:
    if field == "salutation" and isinstance(row, Person):
        return str(dict(Person.Salutation.choices).get(value, "")) if value else ""
    return value


def _jobs(row: Company | Person, found: list[Found]) -> Iterator[Proposal]:
    """Where a person works, if that company is known; and the position, if it is clear where."""
    if isinstance(row, Company):
        return
    said = {one.field: one.value for one in reversed(found)}
    jobs = list(row.employments.present().select_related("company").order_by("pk")[:2])
    known = _known_company(said.get("company", ""))
    if known is not None and known.pk not in {job.company_id for job in jobs}:
        now = ", ".join(str(job.company) for job in jobs)
        yield Proposal("company", "company", said["company"], _("Works for"), str(known), now, target=known)
        return
    if "position" in said and len(jobs) == 1:
        now, value = jobs[0].position, said["position"]
        label = _("Position")
        yield Proposal("position", "position", value, label, value, now, is_same=now == value, target=jobs[0])


def _known_company(name: str) -> Company | None:
    """The one company of that name, umlauts and legal form aside; none if there are several."""
    twins = [twin.row for twin in twins_of_company(name, [])] if name else []
    return twins[0] if len(twins) == 1 and isinstance(twins[0], Company) else None


def _channels(row: Company | Person, found: list[Found]) -> Iterator[Proposal]:
    kinds = {str(kind): kind for kind in Channel.Kind}
    present = list(row.channels.prefetch_related("stands__by"))
    for number, one in enumerate(found):
        if one.field not in kinds:
            continue
        kind = kinds[one.field]
        alike = [channel for channel in present if _is_alike(channel, kind)]
        same = next((channel for channel in alike if _plain(channel.value) == _plain(one.value)), None)
        # A number may be kept as the other kind; another number is replaced by one of its kind only.
        of_kind = [channel for channel in alike if channel.kind == kind]
        standing = [same] if same else of_kind[:3]
        yield Proposal(
            key=f"{one.field}-{number}",
            field=one.field,
            value=one.value,
            label=kind.label,
            shown=_readable(kind, one.value),
            now=", ".join(_readable(kind, channel.value) for channel in standing),
            stand=_stand(standing[0] if len(standing) == 1 else None),
            is_same=same is not None,
            target=same,
        )


def _is_alike(channel: Channel, kind: str) -> bool:
    return channel.kind == kind or (channel.kind in PHONES and kind in PHONES)


def _plain(value: str) -> str:
    return value.casefold().rstrip("/")


def _readable(kind: str, value: str) -> str:
    return readable(value) if kind in PHONES else value


def _addresses(row: Company | Person, found: list[Found]) -> Iterator[Proposal]:
    present = list(row.addresses.prefetch_related("stands__by"))
    for one in found:
        if one.field != "address":
            continue
        parts = address_parts(one.value)
        same = next((a for a in present if (a.street, a.postal_code, a.city, a.country) == parts), None)
        # One without a street, or with a different one in the same town, is corrected; else one is added.
        near = next((a for a in present if (a.postal_code, a.country) == (parts[1], parts[3])), None)
        street, code, city, _country = parts
        shown = ", ".join(part for part in (street, f"{code} {city}") if part)
        target = same or near
        yield Proposal(
            key="address",
            field="address",
            value=one.value,
            label=_("Address"),
            shown=shown,
            now=str(target) if target else ", ".join(str(address) for address in present[:2]),
            stand=_stand(target),
            is_same=same is not None,
            target=target,
        )


def _stand(row: Channel | Address | None) -> FieldStand | None:
    stands: Mapping[str, FieldStand] = {said.field: said for said in row.stands.all()} if row else {}
    return stands.get(WHOLE)
