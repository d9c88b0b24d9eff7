"""What the explorer refuses, in words for the user."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class DashboardNameTaken(DomainError):
    """The owner has another dashboard of this name."""

    def __init__(self) -> None:
        super().__init__(_("You already have a dashboard of this name."))


class TooManyDashboards(DomainError):
    """Someone keeps as many as there may be."""

    def __init__(self, most: int) -> None:
        super().__init__(_("You keep %(most)d dashboards already. Delete one first.") % {"most": most})


class TooManyCards(DomainError):
    """A dashboard holds as many as fit."""

    def __init__(self, most: int) -> None:
        super().__init__(_("A dashboard holds %(most)d cards. Take one off first.") % {"most": most})


class TeamNotYours(DomainError):
    """Dashboards are shared with one's own team, or one that one leads."""

    def __init__(self) -> None:
        super().__init__(_("You can share dashboards with your own team and the teams you lead."))
