"""Web forms, keys of sources, and what came in by them."""

from intake.models.lead_form import FormConsent, FormField, LeadForm, LeadFormQuerySet
from intake.models.source_key import SourceKey, SourceKeyQuerySet
from intake.models.submission import (
    SenderCount,
    Submission,
    SubmissionQuerySet,
    SubmittedConsent,
    SubmittedFile,
)
from intake.models.visits import PageView, Visitor, VisitorQuerySet, WebSite

__all__ = [
    "FormConsent",
    "FormField",
    "LeadForm",
    "LeadFormQuerySet",
    "PageView",
    "SenderCount",
    "SourceKey",
    "SourceKeyQuerySet",
    "Submission",
    "SubmissionQuerySet",
    "SubmittedConsent",
    "SubmittedFile",
    "Visitor",
    "VisitorQuerySet",
    "WebSite",
]
