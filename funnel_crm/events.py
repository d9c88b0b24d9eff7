"""What follows from what: the kinds of events and the tasks that hear of each."""

FIGURES = ("reporting.tasks.refresh_conversions",)

ROUTES: dict[str, tuple[str, ...]] = {
    "deal.opened": FIGURES,
    "deal.moved": FIGURES,
    "deal.won": FIGURES,
    "deal.lost": FIGURES,
    "deal.reopened": FIGURES,
    "deal.move_undone": FIGURES,
    "deal.criterion_met": FIGURES,
    "deal.edited": FIGURES,
    "deal.member_added": (),
    "deal.member_removed": (),
    "deals.handed_over": (),
    "deals.imported": ("reporting.tasks.rebuild_after_import",),
    "user.changed": (),
    "user.handed_over": (),
    "activity.logged": (),
    "followup.done": (),
}
