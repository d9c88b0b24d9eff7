"""Companies and persons as records to compare, their block keys, and who shares some with whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection
from django.db.models import Q, QuerySet

from contacts.matching import Place, Record, block_keys
from contacts.matching.records import email_domains, register_key, web_domain
from contacts.models import Address, Channel, Company, ContactQuerySet, Employment, MatchKey, Person

Subject = type[Company] | type[Person]

PHONES = (Channel.Kind.PHONE, Channel.Kind.MOBILE)
# A key that more rows share tells nothing; a switchboard, a tower of offices, a very common name.
MOST_PER_KEY = 20
# No row is compared with more others than this.
MOST_CANDIDATES = 200

_SHARERS = """
SELECT DISTINCT mine.{subject}_id, theirs.{subject}_id
  FROM contacts_matchkey mine
  JOIN contacts_matchkey theirs ON theirs.key = mine.key AND theirs.{subject}_id {side} mine.{subject}_id
 WHERE mine.{subject}_id = ANY(%s)
   AND (SELECT count(*) FROM (SELECT 1 FROM contacts_matchkey others
                               WHERE others.key = mine.key AND others.{subject}_id IS NOT NULL
                               LIMIT %s) AS few) <= %s
"""

_KEEP = """
INSERT INTO contacts_matchkey ({subject}_id, key)
SELECT * FROM unnest(%s::bigint[], %s::bigint[])
    ON CONFLICT DO NOTHING
"""


def comparable(kind: Subject) -> ContactQuerySet:
    """The rows that may be duplicates: neither archived, merged nor restricted."""
    rows: ContactQuerySet = kind.objects.current()
    return rows


def records_of(rows: Iterable[Company | Person]) -> dict[int, Record]:
    """What is compared of these rows of one kind, by their keys, in four statements."""
    known = {row.pk: row for row in rows}
    if not known:
        return {}
    kind = type(next(iter(known.values())))
    channels = _by_owner(Channel.objects.all(), kind, known)
    addresses = _by_owner(Address.objects.all(), kind, known)
    if kind is Company:
        return {pk: _company(row, channels[pk], addresses[pk]) for pk, row in known.items()}  # type: ignore[arg-type]
    jobs = defaultdict(set)
    for person_id, company_id in Employment.objects.filter(person__in=known).values_list("person", "company"):
        jobs[person_id].add(company_id)
    return {pk: _person(row, channels[pk], addresses[pk], jobs[pk]) for pk, row in known.items()}  # type: ignore[arg-type]


def reached(channels: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """What (kind, value) of channels say, as a Record wants it."""
    told = list(channels)
    emails = frozenset(value.lower() for kind, value in told if kind == Channel.Kind.EMAIL)
    phones = frozenset(value for kind, value in told if kind in PHONES)
    sites = {web_domain(value) for kind, value in told if kind == Channel.Kind.WEB} - {""}
    return {"emails": emails, "phones": phones, "domains": frozenset(email_domains(emails) | sites)}


def keep_keys(kind: Subject, records: Mapping[int, Record], *, without: Collection[int] = ()) -> None:
    """Make the stored keys of these rows those of their records; rows in `without` keep none."""
    column = f"{kind._meta.model_name}_id"
    wanted = {(pk, key) for pk, record in records.items() for key in block_keys(record)}
    about = MatchKey.objects.filter(**{f"{column}__in": [*records, *without]})
    stored = {(pk, key): row for row, pk, key in about.values_list("id", column, "key")}
    gone = [row for told, row in stored.items() if told not in wanted]
    if gone:
        MatchKey.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - stored.keys())
    if new:
        with connection.cursor() as cursor:
            rows, keys = [pk for pk, _key in new], [key for _pk, key in new]
            cursor.execute(_KEEP.format(subject=kind._meta.model_name), [rows, keys])


def sharers(kind: Subject, keys: Collection[int], *, only_earlier: bool = False) -> set[tuple[int, int]]:
    """Pairs (lower, higher) of rows that share a key, one of each among `keys`; at most so many per row."""
    side = "<" if only_earlier else "<>"
    statement = _SHARERS.format(subject=kind._meta.model_name, side=side)
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys), MOST_PER_KEY + 1, MOST_PER_KEY])
        for mine, theirs in cursor.fetchall():
            if len(found[mine]) < MOST_CANDIDATES:
                found[mine].append(theirs)
    return {(min(mine, one), max(mine, one)) for mine, others in found.items() for one in others}


def _by_owner(rows: QuerySet, kind: Subject, keys: Collection[int]) -> defaultdict[int, list]:
    column = f"{kind._meta.model_name}_id"
    found = defaultdict(list)
    for row in rows.filter(Q(**{f"{column}__in": list(keys)})).order_by("pk"):
        found[getattr(row, column)].append(row)
    return found


def _company(row: Company, channels: list[Channel], addresses: list[Address]) -> Record:
    return Record(
        name=row.name,
        legal_form=row.legal_form,
        vat_id=row.vat_id,
        register=register_key(row.register_court, row.register_number),
        places=_places(addresses),
        **reached((channel.kind, channel.value) for channel in channels),  # type: ignore[arg-type]
    )


def _person(row: Person, channels: list[Channel], addresses: list[Address], jobs: set[int]) -> Record:
    return Record(
        given=row.first_name,
        family=row.last_name,
        birthday=row.birthday,
        places=_places(addresses),
        employers=frozenset(jobs),
        **reached((channel.kind, channel.value) for channel in channels),  # type: ignore[arg-type]
    )


def _places(addresses: list[Address]) -> tuple[Place, ...]:
    return tuple(Place.of(address.street, address.postal_code, address.city) for address in addresses[:5])
