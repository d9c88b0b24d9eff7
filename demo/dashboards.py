"""The dashboards of the demo company: one of each manager, shown to the team."""

from demo.staff import Staff
from explorer.actions import add_card, add_dashboard, change_dashboard
from lists.models import SavedView, ViewPage

QUESTIONS = (
    (
        "Gewonnen nach Monat",
        "subject=closings&measure=revenue&rows=month&columns=team&show=lines&period=12m&outcome=won",
    ),
    ("Woran wir verlieren", "subject=closings&measure=count&rows=reason&show=bars&period=12m&outcome=lost"),
    (
        "Leads nach Quelle",
        "subject=leads&measure=conversion&rows=source&columns=quarter&show=heat&period=12m",
    ),
    ("Phase für Phase", "subject=changes&measure=count&rows=to_stage&show=funnel&period=12m"),
    ("Was getan wird", "subject=activities&measure=count&rows=week&columns=what&show=lines&period=90d"),
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
