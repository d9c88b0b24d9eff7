"""What lists refuse, in words for the user."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, StaleError


class TooManyViews(DomainError):
    """Someone keeps as many views of a page as there may be."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("You keep %(most)d views of this page already. Delete one that you no longer need.")
            % {"most": most}
        )


class ViewGone(StaleError):
    """Someone deleted the view since the user saw it."""

    def __init__(self) -> None:
        super().__init__(_("This view has been deleted in the meantime."))


class ViewNameTaken(DomainError):
    """The owner has another view of this name on the page."""

    def __init__(self) -> None:
        super().__init__(_("You already have a view of this name. Choose another name, or update that view."))


class ViewTooLong(DomainError):
    """The filter asks more than a view keeps."""

    def __init__(self) -> None:
        super().__init__(_("This filter is too long to be saved. Please take out a condition."))


class TeamNotShared(DomainError):
    """Views are shared with one's own team, or one that one leads."""

    def __init__(self) -> None:
        super().__init__(_("You can share views with your own team and the teams you lead."))


class NothingChosen(DomainError):
    """Something is to be done with many rows, and none was chosen."""


class TooManyChosen(DomainError):
    """More rows than are changed in one step."""


class ExportTooLarge(DomainError):
    """More rows than a file takes."""
