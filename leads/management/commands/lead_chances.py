"""manage.py lead_chances: what past leads teach about the chance to win, and how far it may be trusted."""

from django.core.management.base import BaseCommand

from leads.chances import decided, learn_from_leads
from leads.learning.model import LEAST_CASES


class Command(BaseCommand):
    help = (
        "Learns from the decided leads what their chance to become a won deal depended on, from what was "
        "known when they came, and prints how good that is on newer leads it has not learned from."
    )

    def handle(self, *args: object, **options: object) -> None:
        """Learn and print."""
        model = learn_from_leads()
        if model is None:
            count = decided().count()
            self.stdout.write(
                f"Too few: {count} decided leads, at least {LEAST_CASES} with enough of either end."
            )
            return
        quality = model.quality
        self.stdout.write(f"{quality.cases} newer leads: AUC {quality.auc:.3f}, Brier {quality.brier:.4f}")
        self.stdout.write(f"(stating the mean for all: {quality.brier_of_mean:.4f})")
        for band in quality.bands:
            self.stdout.write(f"stated {band.stated:6.1%}  came {band.came:6.1%}  of {band.cases}")
        strongest = sorted(model.weights.by_word.items(), key=lambda pair: -abs(pair[1]))[:20]
        for word, weight in strongest:
            self.stdout.write(f"{weight:+.2f}  {word}")
