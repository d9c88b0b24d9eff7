"""Writing many leads that a file brings, each with its first touch and its histories."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Team, User
from imports.read_rows import ReadRow
from imports.run import Run
from leads.models import (
    Direction,
    Lead,
    LeadAssignment,
    LeadOrigin,
    LeadState,
    LeadStateChange,
    Source,
    Touch,
    TouchChannel,
)

BATCH = 1000
COPIED = (
    "first_name",
    "last_name",
    "company_name",
    "position",
    "email",
    "phone",
    "website",
    "street",
    "postal_code",
    "city",
    "industry",
    "interest",
)
TOLD = ("source", "legal_basis", "no_mail", "no_call")
# What forms say where nothing was chosen.
PLACEHOLDERS = {"select", "please select", "bitte wählen", "n/a", "keine angabe"}


class LeadRows:
    """The leads of some rows; sources are those of the rows by name."""

    def __init__(self, run: Run, sources: Mapping[str, Source]) -> None:
        self.run, self.sources = run, sources
        self.nobody = Team.objects.unassigned()
        self.owners = {user.pk: user for user in User.objects.active().select_related("team")}

    def known(self, keys: set[str]) -> set[str]:
        """Which of these ids are here already."""
        rows = Lead.objects.current().filter(external_id__in=keys - {""})
        return set(rows.values_list("external_id", flat=True))

    def lead_of(self, row: ReadRow) -> Lead:
        """The lead a row says."""
        said = {name: _said(row, name) for name in COPIED}
        if not any(said[name] for name in ("last_name", "company_name", "email", "phone")):
            said["last_name"] = _("Lead %(id)s") % {"id": row.text("external_id")[:60]}
        at = min(row.moment("at") or self.run.as_of, timezone.now())
        owner = self.owners.get(row.key("owner") or 0)
        return Lead(
            **said,
            country=row.text("country") or "DE",
            note=row.text("note"),
            state=LeadState.CONVERTED if row.text("converted") == "yes" else LeadState.NEW,
            state_since=at,
            received_at=at,
            touched_at=at,
            direction=row.text("direction") or Direction.INBOUND,
            source=self.sources.get(row.text("source")),
            owner=owner,
            team=owner.team if owner else self.nobody,
            external_id=self.run.key_of(row.text("external_id")),
        )

    def write(self, leads: Sequence[Lead], rows: Sequence[ReadRow]) -> None:
        """Write them with all that belongs to a lead."""
        Lead.objects.bulk_create(leads, BATCH)
        LeadStateChange.objects.bulk_create((step for lead in leads for step in self._steps(lead)), BATCH)
        LeadAssignment.objects.bulk_create(
            (
                LeadAssignment(
                    lead=lead,
                    to_owner=lead.owner,
                    team=lead.team,
                    why=_("Brought in: %(title)s") % {"title": self.run.source},
                    actor=self.run.actor,
                    at=lead.received_at,
                )
                for lead in leads
            ),
            BATCH,
        )
        Touch.objects.bulk_create(
            (self._touch(lead, row) for lead, row in zip(leads, rows, strict=True)), BATCH
        )

    def _steps(self, lead: Lead) -> list[LeadStateChange]:
        steps = [(LeadState.NEW, "")]
        if lead.state != LeadState.NEW:
            steps.append((LeadState(lead.state), LeadState.NEW.value))
        return [
            LeadStateChange(
                lead=lead,
                seq=seq,
                from_state=before,
                to_state=state,
                owner=lead.owner,
                team=lead.team,
                actor=self.run.actor,
                origin=LeadOrigin.IMPORT,
                at=lead.received_at,
            )
            for seq, (state, before) in enumerate(steps, start=1)
        ]

    def _touch(self, lead: Lead, row: ReadRow) -> Touch:
        """What the file said, beside what has a place of its own: the first contact point."""
        at: datetime = lead.received_at
        return Touch(
            lead=lead,
            at=at,
            channel=TouchChannel.IMPORT,
            direction=lead.direction,
            source=lead.source,
            content="\n".join(filter(None, [lead.note or lead.interest, self._basis_told(row)])),
            details=self._details(row),
            actor=self.run.actor,
        )

    def _details(self, row: ReadRow) -> dict[str, str]:
        told = {name: row.text(name) for name in TOLD if row.text(name)}
        basis = legal_basis_of(row, self.run)
        return {**told, "legal_basis": basis} if basis else told

    def _basis_told(self, row: ReadRow) -> str:
        basis = legal_basis_of(row, self.run)
        return _("Legal basis: %(basis)s") % {"basis": basis} if basis else ""


def legal_basis_of(row: ReadRow, run: Run) -> str:
    """What allows us to use the addresses of a row: as it says itself, else as was said of the whole list."""
    return row.text("legal_basis") or (run.brought.legal_basis if _has_address(row) else "")


def _has_address(row: ReadRow) -> bool:
    return bool(row.text("email") or row.text("phone"))


def _said(row: ReadRow, name: str) -> str:
    text = row.text(name)
    return "" if text.casefold() in PLACEHOLDERS else text
