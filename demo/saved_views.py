"""The views of board and list in the demo company: the best rep's own, and the managers' for their teams."""

from accounts.models import User
from demo import company
from demo.staff import Staff
from lists.models import SavedView, ViewPage

OWN = (
    ("Große Brocken", ViewPage.BOARD, "owner=me&value_from=20000"),
    ("Angebote, die warten", ViewPage.LIST, "outcome=open&owner=me&sort=step&stage=3"),
    ("Lange nichts gehört", ViewPage.COMPANIES, "silent=90&sort=-bought&status=repeat"),
)
FOR_THE_TEAM = (
    ("Hängt fest", ViewPage.BOARD, "owner=all&team={team}&too_long=on"),
    ("Verloren, größte zuerst", ViewPage.LIST, "outcome=lost&owner=all&sort=-value&team={team}"),
)


def save_views(staff: Staff) -> None:
    """Save them; the best rep has views of their own."""
    best = User.objects.get(email=f"{company.BEST}@{company.DOMAIN}")
    views = [SavedView(owner=best, page=page, name=name, query=query) for name, page, query in OWN]
    for manager in sorted({rep.manager for rep in staff.reps}, key=lambda manager: manager.pk):
        for name, page, query in FOR_THE_TEAM:
            asked = query.format(team=manager.team_id)
            views.append(
                SavedView(owner=manager, page=page, name=name, query=asked, shared_with=manager.team)
            )
    SavedView.objects.bulk_create(views)
