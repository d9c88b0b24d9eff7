"""Products that are bought together: pairs of products in the baskets of customers.

A basket is one order by which somebody has bought, with the products of ours in it (lines without a product
say nothing about a pair). Of two products A and B in n baskets: support is the number of baskets with both;
confidence A -> B is the share of the baskets with A that hold B, too; lift is that share divided by the share
of all baskets that hold B (Agrawal, Imielinski and Swami 1993; Brin, Motwani and Silverstein 1997). A lift of
1 is what chance would give.
"""

from dataclasses import dataclass

from django.db import connection

from offers.models import OrderLine, OrderQuerySet

MOST_PAIRS = 1000


@dataclass(frozen=True)
class Pair:
    """Two products, how many baskets hold each and both, of `baskets` in all."""

    first: str
    second: str
    first_id: int
    second_id: int
    together: int
    with_first: int
    with_second: int
    baskets: int

    @property
    def confidence(self) -> float:
        """The share of the baskets with the first that hold the second."""
        return self.together / self.with_first

    @property
    def confidence_back(self) -> float:
        """The share of the baskets with the second that hold the first."""
        return self.together / self.with_second

    @property
    def lift(self) -> float:
        """How many times as often as by chance."""
        return self.together * self.baskets / (self.with_first * self.with_second)


PAIRS = """
WITH held AS MATERIALIZED (SELECT DISTINCT order_id, product_id FROM ({lines}) AS lines),
     alone AS (SELECT product_id, count(*) AS baskets FROM held GROUP BY product_id),
     pairs AS (
       SELECT one.product_id AS first_id, two.product_id AS second_id, count(*) AS together
       FROM held one JOIN held two ON two.order_id = one.order_id AND two.product_id > one.product_id
       GROUP BY 1, 2 HAVING count(*) >= %s
     )
SELECT first.name, second.name, pairs.first_id, pairs.second_id, pairs.together,
       alone_first.baskets, alone_second.baskets, (SELECT count(DISTINCT order_id) FROM held)
FROM pairs
JOIN alone alone_first ON alone_first.product_id = pairs.first_id
JOIN alone alone_second ON alone_second.product_id = pairs.second_id
JOIN catalog_product first ON first.id = pairs.first_id
JOIN catalog_product second ON second.id = pairs.second_id
ORDER BY pairs.together DESC, first.sort_key, second.sort_key
LIMIT %s
"""


def basket_pairs(orders: OrderQuerySet, *, min_support: int, limit: int = MOST_PAIRS) -> list[Pair]:
    """The pairs of products in at least `min_support` of these orders, the most frequent first."""
    lines = OrderLine.objects.filter(order__in=orders.order_by().values("pk"), product__isnull=False)
    sql, params = lines.order_by().values("order_id", "product_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(PAIRS.format(lines=sql), [*params, min_support, limit])
        return [_pair(row) for row in cursor.fetchall()]


def _pair(row: tuple[str, str, int, int, int, int, int, int]) -> Pair:
    """The two in the order of their names, whatever their keys."""
    first, second, first_id, second_id, together, with_first, with_second, baskets = row
    if (second, second_id) < (first, first_id):
        return Pair(second, first, second_id, first_id, together, with_second, with_first, baskets)
    return Pair(first, second, first_id, second_id, together, with_first, with_second, baskets)
