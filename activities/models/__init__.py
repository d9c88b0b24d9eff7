"""What was done with customers and what is to be done: calls, appointments, notes, follow-ups."""

from activities.models.access_key import AccessKey, AccessKeyQuerySet
from activities.models.activity import LONGEST_CALL, MEETINGS, Activity, ActivityQuerySet, Participant
from activities.models.attachment import Attachment, AttachmentQuerySet
from activities.models.follow_up import FollowUp, FollowUpQuerySet
from activities.models.linked import LeadLinkedQuerySet, LinkedQuerySet
from activities.models.mark import TimelineMark
from activities.models.mention import Mention, MentionQuerySet

__all__ = [
    "LONGEST_CALL",
    "MEETINGS",
    "AccessKey",
    "AccessKeyQuerySet",
    "Activity",
    "ActivityQuerySet",
    "Attachment",
    "AttachmentQuerySet",
    "FollowUp",
    "FollowUpQuerySet",
    "LeadLinkedQuerySet",
    "LinkedQuerySet",
    "Mention",
    "MentionQuerySet",
    "Participant",
    "TimelineMark",
]
