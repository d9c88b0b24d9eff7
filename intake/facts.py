"""What a submission says, in the words of leads: pure functions without a write."""

from typing import Any

from intake.models import FormField, Submission
from leads.actions import LeadFacts, TouchFacts
from leads.models import LeadOrigin, TouchChannel

Kind = FormField.Kind
OWN = ("text", "choice", "other")
NAMED = (
    "salutation",
    "title",
    "first_name",
    "last_name",
    "position",
    "email",
    "phone",
    "website",
    "street",
    "postal_code",
    "city",
    "country",
    "industry",
    "interest",
)
LONGEST_NOTE, LONGEST_CONTENT, LONGEST_INTEREST = 5000, 2000, 200


def facts_of(submission: Submission) -> LeadFacts:
    """Whom the lead is about; what was asked in words of one's own stands in the note."""
    said: dict[str, Any] = {kind: value for kind in NAMED if (value := submission.value(kind))}
    if not said.get("interest"):
        said["interest"] = " ".join(submission.value(Kind.MESSAGE).split())[:LONGEST_INTEREST]
    return LeadFacts(
        **said,
        company_name=submission.value(Kind.COMPANY),
        language=submission.language,
        note=words_of(submission)[:LONGEST_NOTE],
    )


def words_of(submission: Submission) -> str:
    """The message, and each question of one's own with its answer."""
    own = [f"{each['label']}: {each['value']}" for each in submission.answers if each["kind"] in OWN]
    return "\n\n".join(part for part in (submission.value(Kind.MESSAGE), "\n".join(own)) if part)


def touch_of(submission: Submission) -> TouchFacts:
    """The touch it is: by which channel, from which source, with which words."""
    by = submission.form or submission.key
    assert by is not None  # noqa: S101 - one of the two (constraint)
    is_form = submission.form is not None
    return TouchFacts(
        channel=TouchChannel.WEB_FORM if is_form else TouchChannel.API,
        at=submission.at,
        source=by.source,
        campaign=by.campaign,
        medium=submission.origin.get("utm_medium", "")[:60],
        content=(words_of(submission) or str(by))[:LONGEST_CONTENT],
        details={**submission.origin, "submission": str(submission.reference), "by": str(by)},
    )


def origin_of(submission: Submission) -> LeadOrigin:
    """What made the lead."""
    return LeadOrigin.FORM if submission.form is not None else LeadOrigin.API
