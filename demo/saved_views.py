"""What the people of the demo company look at again and again: views of their own, and the managers' for the team."""

from accounts.models import User
from demo import company
from demo.staff import Staff
from pipeline.actions import save_view
from pipeline.models import ViewPage

OWN = (
    ("Große Brocken", ViewPage.BOARD, "owner=me&value_from=20000"),
    ("Angebote, die warten", ViewPage.LIST, "outcome=open&owner=me&sort=step&stage=3"),
)
FOR_THE_TEAM = (
    ("Hängt fest", ViewPage.BOARD, "owner=all&team={team}&too_long=on"),
    ("Verloren, größte zuerst", ViewPage.LIST, "outcome=lost&owner=all&sort=-value&team={team}"),
)


def save_views(staff: Staff) -> None:
    """Save them; the best rep has views of their own."""
    best = User.objects.get(email=f"{company.BEST}@{company.DOMAIN}")
    for name, page, query in OWN:
        save_view(name, query, page=page, actor=best)
    for manager in sorted({rep.manager for rep in staff.reps}, key=lambda manager: manager.pk):
        for name, page, query in FOR_THE_TEAM:
            asked = query.format(team=manager.team_id)
            save_view(name, asked, page=page, actor=manager, shared_with=manager.team)
