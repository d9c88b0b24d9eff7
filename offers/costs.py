"""Who may see what something costs us, and what is left of it."""

from django.conf import settings

from accounts.models import User


def may_see_cost(user: User) -> bool:
    """Everyone, or managers and admins alone, as COST_VISIBILITY says."""
    return settings.COST_VISIBILITY == "all" or user.is_manager or user.is_admin
