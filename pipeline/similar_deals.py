"""Won deals like this one: what was paid for the same thing, by whom, and how long it took."""

from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Abs

from accounts.models import User
from pipeline.models import Deal, Outcome

MOST_SHOWN = 5
# Looked at are the latest wins of the product: prices of long ago say little, and the page stays fast.
LATEST_WINS = 200


@dataclass(frozen=True)
class SimilarDeal:
    """A won deal and the whole days from its opening to the order."""

    deal: Deal
    days: int


def similar_won_deals(deal: Deal, user: User) -> list[SimilarDeal]:
    """The won deals of the same product and currency, nearest in value first, that this user may see.

    Among the latest LATEST_WINS; none for a deal without a product.
    """
    if deal.product_id is None:
        return []
    alike = Deal.objects.visible_to(user).filter(
        outcome=Outcome.WON, product=deal.product_id, currency=deal.currency
    )
    latest = alike.exclude(pk=deal.pk).order_by("-closed_at", "-pk").values("pk")[:LATEST_WINS]
    nearest = Deal.objects.filter(pk__in=latest).for_list()
    rows = nearest.order_by(Abs(F("won_value") - deal.value), "-closed_at", "-pk")[:MOST_SHOWN]
    return [SimilarDeal(row, (row.closed_at - row.opened_at).days) for row in rows if row.closed_at]
