"""The dashboards of the demo company: one of each manager, shown to the team."""

from demo.staff import Staff
from explorer.actions import add_card, add_dashboard, change_dashboard
from lists.models import SavedView, ViewPage

QUESTIONS = (
    (
        "Gewonnen nach Monat",
        "columns=team&measure=revenue&outcome=won&period=12m&rows=month&show=lines&subject=closings",
    ),
    ("Woran wir verlieren", "measure=count&outcome=lost&period=12m&rows=reason&show=bars&subject=closings"),
    (
        "Leads nach Quelle",
        "columns=quarter&measure=conversion&period=12m&rows=source&show=heat&subject=leads",
    ),
    ("Phase für Phase", "measure=count&period=12m&rows=to_stage&show=funnel&subject=changes"),
    ("Was getan wird", "columns=what&measure=count&period=90d&rows=week&show=lines&subject=activities"),
)


def arrange(staff: Staff) -> None:
    """Keep the questions, and put them beside each other."""
    for manager in sorted({rep.manager for rep in staff.reps}, key=lambda manager: manager.pk):
        dashboard = add_dashboard("Montagsrunde", actor=manager)
        for name, query in QUESTIONS:
            SavedView.objects.create(
                owner=manager, page=ViewPage.EXPLORER, name=name, query=query, shared_with=manager.team
            )
            add_card(dashboard, title=name, query=query)
        change_dashboard(dashboard, name=dashboard.name, shared_with=manager.team, actor=manager)
