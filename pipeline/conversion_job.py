"""Many leads become deals: a job that converts one after the other and reports on each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import Company, Person
from core.errors import DomainError
from core.jobs import Result
from core.models import Job
from core.progress import Progress
from leads.known import certain_company, certain_person, known_as
from leads.models import Lead
from pipeline.conversion import Conversion, convert_lead, suggested_stage
from pipeline.conversion_form import usual_title
from pipeline.models import Deal, Stage

CONVERT = "leads.convert"
REASONS: dict[str, str | Promise] = {
    "known": _("may be somebody we know already"),
    "closed": _("was closed already"),
    "nameless": _("has neither company nor name"),
    "refused": _("could not be converted"),
}


@dataclass(frozen=True)
class Line:
    """What became of one lead: its deal, or why it was left."""

    lead: Lead
    deal: Deal | None
    reason: str | Promise


def convert_many(job: Job, progress: Progress) -> Result | None:
    """Convert each lead in a transaction of its own; one that was converted by a run before stays so."""
    keys = [int(key) for key in job.params["leads"]]
    actor = job.actor
    if actor is None:
        return None
    made: dict[str, int] = dict(job.result.get("made", {}))
    left: dict[str, str] = {}
    for number, key in enumerate(keys, start=1):
        progress.report(number - 1, total=len(keys))
        lead = Lead.objects.editable_by(actor).for_page().filter(pk=key).first()
        if lead is None:
            continue
        found = _convert(lead, Stage(int(job.params["stage"])), actor)
        if isinstance(found, str):
            left[str(key)] = found
        else:
            made[str(key)] = found
    progress.report(len(keys))
    return {"made": made, "left": left}


def read_report(job: Job, user: User) -> list[Line]:
    """What became of each lead of a finished job, the ones left first."""
    made, left = job.result.get("made", {}), job.result.get("left", {})
    leads = {str(lead.pk): lead for lead in Lead.objects.visible_to(user).filter(pk__in=[*made, *left])}
    deals = Deal.objects.visible_to(user).select_related("company", "person").in_bulk(list(made.values()))
    stayed = [Line(leads[key], None, REASONS.get(why, "")) for key, why in left.items() if key in leads]
    done = [Line(leads[key], deals.get(deal), "") for key, deal in made.items() if key in leads]
    return [*stayed, *done]


def _convert(lead: Lead, stage: Stage, actor: User) -> int | str:
    """The key of the deal, or why there is none."""
    standing = lead.conversions.filter(undone_at=None).first()
    if standing is not None:
        return standing.deal_id
    if not lead.is_open:
        return "closed"
    company = lead.company or certain_company(lead)
    certain = None if lead.person else certain_person(lead)
    person = lead.person or (certain[0] if certain else None)
    known = known_as(lead)
    if (known.companies and company is None) or (known.persons and person is None):
        return "known"
    company = company or (Company(name=lead.company_name) if lead.company_name else None)
    if person is None and lead.last_name:
        person = Person(first_name=lead.first_name, last_name=lead.last_name)
    if company is None and person is None:
        return "nameless"
    wanted = Conversion(
        title=usual_title(lead),
        owner=lead.owner or actor,
        company=company,
        person=person,
        stage=max(stage, suggested_stage(lead)),
    )
    try:
        return convert_lead(lead, wanted, actor=actor).deal_id
    except DomainError:
        return "refused"
