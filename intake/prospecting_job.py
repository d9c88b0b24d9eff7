"""Many companies become outbound leads: a job that takes some at a time and counts what became of them."""

from accounts.models import User
from contacts.models import Company
from core.jobs import Result
from core.models import Job
from core.progress import Progress
from intake.actions import start_prospecting
from leads.models import Campaign, Source

PROSPECT = "leads.prospect"
# What a job makes leads of: some minutes of work. A colleague waits for one part at most.
MOST_PROSPECTED = 10_000
PART = 100


def prospect_many(job: Job, progress: Progress) -> Result | None:
    """Make leads of the companies, part by part; done twice it leaves those that have one by now."""
    if job.actor is None:
        return None
    keys = [int(key) for key in job.params["companies"]]
    chosen = {
        "source": Source.objects.filter(pk=job.params["source"] or 0).first(),
        "campaign": Campaign.objects.filter(pk=job.params["campaign"] or 0).first(),
        "owner": User.objects.active().filter(pk=job.params["owner"] or 0).first(),
    }
    made = 0
    for start in range(0, len(keys), PART):
        progress.report(start, total=len(keys))
        part = Company.objects.editable_by(job.actor).filter(pk__in=keys[start : start + PART])
        made += len(start_prospecting(part, **chosen, actor=job.actor))  # type: ignore[arg-type]
    progress.report(len(keys))
    return {"made": made, "stayed": len(keys) - made}
