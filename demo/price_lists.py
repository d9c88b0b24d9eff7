"""What the demo company sells its wares for: cost, price lists, bundles, approval rules, templates."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from catalog.models import (
    Billing,
    BundlePart,
    CustomerGroup,
    CustomerGroupMember,
    PriceList,
    PriceListItem,
    Product,
    ProductGroup,
    VatCategory,
)
from contacts.models import Company
from demo.offer_words import CLOSING, DELIVERIES, DESCRIPTIONS, INTRO, NOTE
from offers.models import ApprovalRule, OfferTemplate, OfferTemplateLine

COST, FLOOR = Decimal("0.72"), Decimal("0.85")
CENT = Decimal("0.01")
# Small roofs of private homes are free of VAT in Germany (§ 12 Abs. 3 UStG).
FREE_OF_VAT = ("PV-E10", "SP-H10")
YEARLY = ("EM-1", "SV-1")
STEPS = ((Decimal(0), Decimal(1)), (Decimal(10), Decimal("0.96")), (Decimal(50), Decimal("0.92")))


def write_prices(companies: Iterable[Company], today: date) -> None:
    """Everything an offer is written from."""
    _tell_of_products()
    _list_for_dealers(list(companies)[:12], today)
    _list_in_francs(today)
    _bundle()
    _rules()
    _templates()


def _tell_of_products() -> None:
    products = list(Product.objects.exclude(price=None))
    for product in products:
        price = product.price or Decimal(0)
        product.cost, product.floor_price = (price * COST).quantize(CENT), (price * FLOOR).quantize(CENT)
        product.description_de, product.name_en = DESCRIPTIONS.get(product.number, ("", ""))
        product.vat_category = VatCategory.ZERO if product.number in FREE_OF_VAT else VatCategory.STANDARD
        product.billing = Billing.YEARLY if product.number in YEARLY else Billing.ONCE
    Product.objects.bulk_update(
        products, ["cost", "floor_price", "description_de", "name_en", "vat_category", "billing"]
    )


def _list_for_dealers(companies: list[Company], today: date) -> None:
    """Those who buy often pay less, and less again the more they take."""
    group = CustomerGroup.objects.create(name="Stammkunden")
    CustomerGroupMember.objects.bulk_create(
        CustomerGroupMember(group=group, company=company) for company in companies
    )
    prices = PriceList.objects.create(
        name=f"Stammkunden {today.year}", group=group, valid_from=today - timedelta(days=200)
    )
    wares = Product.objects.filter(number__in=["LD-P22", "LI-H", "SP-G60"])
    PriceListItem.objects.bulk_create(
        PriceListItem(
            price_list=prices,
            product=ware,
            from_quantity=start,
            price=((ware.price or Decimal(0)) * part).quantize(CENT),
        )
        for ware in wares
        for start, part in STEPS
    )


def _list_in_francs(today: date) -> None:
    prices = PriceList.objects.create(name="Schweiz", currency="CHF", valid_from=today - timedelta(days=300))
    PriceListItem.objects.bulk_create(
        PriceListItem(
            price_list=prices,
            product=ware,
            price=((ware.price or Decimal(0)) * Decimal("1.05")).quantize(CENT),
        )
        for ware in Product.objects.exclude(price=None)
    )


def _bundle() -> None:
    """A bundle without a price of its own: its parts become the lines."""
    bundle = Product.objects.create(
        number="PK-EH",
        name="Paket Eigenheim",
        group=ProductGroup.objects.get(name="Photovoltaik"),
        unit="Paket",
        name_en="Home bundle",
    )
    quantities = {"PV-E10": 10, "SP-H10": 1, "LD-W11": 1}
    BundlePart.objects.bulk_create(
        BundlePart(bundle=bundle, product=ware, quantity=quantities[ware.number])
        for ware in Product.objects.filter(number__in=quantities).order_by("-price")
    )


def _rules() -> None:
    ApprovalRule.objects.create(name="Mehr als 10 % Rabatt", discount_above=Decimal("0.10"))
    ApprovalRule.objects.create(name="Marge unter 15 %", margin_below=Decimal("0.15"))
    ApprovalRule.objects.create(name="Über 150.000 €", value_above=Decimal(150_000))


def _templates() -> None:
    for name, numbers in (("Photovoltaik", ("PV-G100", "EM-1")), ("Ladetechnik", ("LD-P22", "SV-1"))):
        template = OfferTemplate.objects.create(
            name=f"{name} Gewerbe",
            group=ProductGroup.objects.get(name=name),
            intro=INTRO,
            closing=CLOSING,
            delivery=DELIVERIES[0],
            cash_discount=Decimal("0.02"),
            cash_discount_days=10,
        )
        main, service = (Product.objects.get(number=number) for number in numbers)
        OfferTemplateLine.objects.bulk_create(
            [
                OfferTemplateLine(template=template, position=1, kind="section", text="Anlage"),
                OfferTemplateLine(template=template, position=2, product=main),
                OfferTemplateLine(template=template, position=3, kind="section", text="Betrieb"),
                OfferTemplateLine(template=template, position=4, product=service, is_optional=True),
                OfferTemplateLine(template=template, position=5, kind="text", text=NOTE),
            ]
        )
