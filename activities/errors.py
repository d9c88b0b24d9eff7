"""What activities refuse, in words for the user."""

from core.errors import DomainError, StaleError


class FollowUpDone(DomainError):
    """The follow-up is done; it has to be reopened first."""


class FollowUpOfAppointment(DomainError):
    """The follow-up stands for an appointment and changes only with it."""


class AppointmentClosed(DomainError):
    """It has been told already what became of the appointment."""


class AppointmentAhead(DomainError):
    """The day of the appointment has not come yet."""


class NotAnAppointment(DomainError):
    """Only appointments are held, missed or cancelled."""


class ActivityEditedMeanwhile(StaleError):
    """Someone else changed the activity since the user opened the form."""


class FollowUpEditedMeanwhile(StaleError):
    """Someone else changed the follow-up since the user saw it."""


class MentionBlind(DomainError):
    """Who is named may not see the entry."""


class FileRefused(DomainError):
    """The file is too large, of a kind that is not taken, or one too many."""


class TooManyKeys(DomainError):
    """More keys than anyone needs."""


class UsedTooOften(DomainError):
    """A key was used more often than its limit allows."""

    status = 429


class SuccessorUnfit(DomainError):
    """Only someone else who can log in takes over."""
