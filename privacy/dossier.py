"""The report on one person (Art. 15 GDPR): all that is stored, as JSON and as PDF."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import typst
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Person
from core.models import Event
from imports.models import ImportDoubt, ImportReject, ImportRow
from privacy.brought import brought_rows
from privacy.facts import facts
from privacy.holdings import Holdings, Model, entries_of
from privacy.mentions import mentions_of, quoted, unmistakable
from privacy.retention import periods

SOURCE = Path(__file__).with_name("report.typ")
MOST_EVENTS = 1000


@dataclass(frozen=True)
class Section:
    """One table, with the words of each of its rows."""

    title: str
    entries: list[list[tuple[str, str]]]


@dataclass(frozen=True)
class Dossier:
    """Everything about one person, and what the law wants said beside it."""

    title: str
    name: str
    made_at: datetime
    information: list[tuple[str, str]]
    sections: list[Section]

    def as_json(self) -> str:
        """For machines (Art. 20): tables, rows, labels."""
        return json.dumps(
            {
                "title": self.title,
                "name": self.name,
                "made_at": self.made_at.isoformat(),
                "information": dict(self.information),
                "data": {
                    section.title: [dict(entry) for entry in section.entries] for section in self.sections
                },
            },
            ensure_ascii=False,
            indent=1,
        )

    def as_pdf(self) -> bytes:
        """For people. The data go in as data, so no text of a user is ever read as typesetting."""
        shown = {**asdict(self), "made_at": date_format(timezone.localtime(self.made_at), "DATETIME_FORMAT")}
        pdf: bytes = typst.compile(
            SOURCE,
            root=SOURCE.parent,
            format="pdf",
            sys_inputs={"data": json.dumps(shown, ensure_ascii=False)},
        )
        return pdf


def read_dossier(held: Holdings) -> Dossier:
    """Put all that is stored about a person into words."""
    sections = [*_present(held), *_past(held), *_named(held), *_events(held)]
    return Dossier(
        title=_("Report on the personal data stored (Art. 15 GDPR)"),
        name=held.person.full_name,
        made_at=timezone.now(),
        information=_information(),
        sections=[section for section in sections if section.entries],
    )


def _present(held: Holdings) -> Iterator[Section]:
    for model in sorted(held.rows, key=_order):
        yield Section(_title(model), [list(facts(row, held.selves)) for row in held.of(model)])


def _past(held: Holdings) -> Iterator[Section]:
    for history, rows in held.past():
        title = _("Earlier: %(table)s") % {"table": _title(history.pgh_tracked_model)}  # type: ignore[attr-defined]
        yield Section(title, [list(facts(row, held.selves)) for row in rows])


def _named(held: Holdings) -> Iterator[Section]:
    """What imports keep of the person; of rows about others the words around the name alone."""
    signs = unmistakable(entries_of(held.person))
    found: dict[str, list[list[tuple[str, str]]]] = {}
    for row in chain((row for row, _changed in brought_rows(held, signs)), mentions_of(held, signs)):
        is_whole = isinstance(row, ImportRow | ImportReject | ImportDoubt | LogEntry)
        if said := list(facts(row, held.selves) if is_whole else quoted(row, signs)):
            found.setdefault(_title(getattr(row, "pgh_tracked_model", type(row))), []).append(said)
    for title, entries in found.items():
        yield Section(_("Named in: %(table)s") % {"table": title}, entries)


def _events(held: Holdings) -> Iterator[Section]:
    told = Event.objects.filter(subject_kind="person", subject_id__in=held.selves)
    events = told.order_by("-pk")[:MOST_EVENTS]
    entries = [
        [
            (_("Moment"), date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")),
            (_("What happened"), event.kind),
            *((name, str(value)) for name, value in event.payload.items()),
        ]
        for event in events
    ]
    yield Section(_("What happened with these data"), entries)


def _order(model: Model) -> tuple[bool, str, str]:
    return model is not Person, model._meta.app_label, model._meta.model_name or ""


def _title(model: type[models.Model]) -> str:
    text = str(model._meta.verbose_name_plural)
    return text[:1].upper() + text[1:]


def _information() -> list[tuple[str, str]]:
    """What Art. 15 (1) a to h and (2) wants said beside the data."""
    return [
        (_("Controller"), settings.CONTROLLER or _("The company that sends you this report.")),
        (_("Purposes"), str(PURPOSES)),
        (_("Recipients"), str(RECIPIENTS)),
        (_("How long the data are stored"), "; ".join(periods())),
        (_("Where the data come from"), str(SOURCES)),
        (_("Your rights"), str(RIGHTS)),
        (_("Automated decisions"), _("None that have legal effect (Art. 22 GDPR).")),
        (_("Transfer to third countries"), _("None by this system.")),
    ]


PURPOSES = gettext_lazy(
    "Initiating and keeping business relations: answering requests, offers, orders, service, and "
    "advertising where it is allowed."
)
RECIPIENTS = gettext_lazy(
    "Employees in sales, service and administration, and those who run the system for us by contract "
    "(Art. 28 GDPR)."
)
SOURCES = gettext_lazy(
    "From you, from your company, from public sources, or from files of ours; each entry says it where "
    "it is known."
)
RIGHTS = gettext_lazy(
    "You may ask for correction, erasure, restriction and a copy to take along, object at any time to "
    "advertising and to what rests on our legitimate interest, withdraw a consent, and complain to a "
    "supervisory authority."
)
