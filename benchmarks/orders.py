"""What the customers of the measured company bought: orders over four years, a few lines each."""

from datetime import date, timedelta
from random import Random

from benchmarks.copying import Copied
from benchmarks.customers import Customer
from benchmarks.staff import Staff
from catalog.models import Product
from offers.models import Order, OrderLine

ORDERS_PER_CUSTOMER = 5
LINES_PER_ORDER = 4
# So many products a customer comes back for.
LIKED = 6
DAYS = 4 * 365
BATCH = 20_000


def write_orders(customers: list[Customer], staff: Staff, today: date, now: str, rng: Random) -> None:
    """Write orders without deals: five for each customer, four products in each."""
    owner, team = staff.reps[0]
    products = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    same = {
        "number": "",
        "external_id": "",
        "currency": "EUR",
        "note": "",
        "origin": "import",
        "cancel_reason": "",
        "created_at": now,
        "version": 1,
        "owner_id": owner,
        "team_id": team,
    }
    orders = Copied(Order, "company_id person_id ordered_on", **same)
    lines = Copied(
        OrderLine,
        "order_id position product_id text quantity unit_price discount",
        unit="Stück",
        vat_rate="0.19",
        reduction="0",
        billing="once",
    )
    for number, customer in enumerate(customers):
        # What somebody likes comes back: pairs of products are no chance then.
        liked = rng.sample(products, LIKED)
        for _order in range(ORDERS_PER_CUSTOMER):
            day = today - timedelta(days=rng.randrange(DAYS))
            alone = None if customer.company_id else customer.person_id
            order = orders.add(customer.company_id, alone, day.isoformat())
            for position, product in enumerate(rng.sample(liked, LINES_PER_ORDER), start=1):
                quantity, price = rng.randint(1, 20), rng.randint(500, 90_000) / 100
                discount = rng.choice(("0", "0", "0.05", "0.1"))
                lines.add(order, position, product, f"Artikel {product}", quantity, price, discount)
        if number % BATCH == BATCH - 1:
            orders.copy()
            lines.copy()
    orders.finish()
    lines.finish()
