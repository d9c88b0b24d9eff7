"""Approvals: when one is needed, who gives it, and that nothing leaves without."""

from decimal import Decimal

import pytest

from offers.actions import answer_approval, ask_approval
from offers.errors import ApprovalAnswered, ApprovalMissing, ApprovalNotNeeded, NoApprover
from offers.models import ApprovalRule, OfferState, OfferVersion
from tests.factories import DealFactory, OfferFactory, ProductFactory, UserFactory, offered, sent, write

pytestmark = pytest.mark.django_db
TENTH = Decimal("0.1")


@pytest.fixture
def draft(people) -> OfferVersion:
    """A fifth off, and a rule that minds more than a tenth."""
    ApprovalRule.objects.create(name="Viel Rabatt", discount_above=TENTH)
    deal = DealFactory(owner=people.owner)
    return OfferFactory(deal=deal, terms={"discount_rate": Decimal("0.2")}).current


def ask(version: OfferVersion, actor):
    return ask_approval(version, seen_revision=version.revision, actor=actor)


def test_nothing_leaves_without_its_approval(draft, people):
    with pytest.raises(ApprovalMissing):
        sent(draft)

    request = ask(draft, people.owner)
    with pytest.raises(ApprovalMissing):
        sent(draft)
    answer_approval(request, granted=True, actor=people.manager)

    assert sent(draft).state == OfferState.SENT


def test_an_approval_is_of_one_wording(draft, people):
    answer_approval(ask(draft, people.owner), granted=True, actor=people.manager)
    draft.refresh_from_db()
    assert draft.state == OfferState.APPROVED

    same = write(draft)
    other = write(draft, discount_rate=Decimal("0.5"))

    assert (same.state, other.state) == (OfferState.APPROVED, OfferState.DRAFT)
    with pytest.raises(ApprovalMissing):
        sent(other)


def test_a_change_lets_the_question_lapse(draft, people):
    request = ask(draft, people.owner)
    assert ask(draft, people.owner) == request

    write(draft, delivery="ab Werk")

    with pytest.raises(ApprovalAnswered):
        answer_approval(request, granted=True, actor=people.manager)


def test_who_asks_does_not_answer_nor_does_anybody_else(draft, people):
    request = ask(draft, people.owner)

    for actor in (people.owner, people.colleague, people.other_manager):
        with pytest.raises(NoApprover):
            answer_approval(request, granted=True, actor=actor)
    assert answer_approval(request, granted=False, actor=people.admin).answer == "refused"


def test_a_rule_may_name_one_colleague(people):
    expert = UserFactory()
    ApprovalRule.objects.create(name="Groß", value_above=500, approver=expert)
    version = OfferFactory(deal=DealFactory(owner=people.owner)).current

    request = ask(version, people.owner)

    with pytest.raises(NoApprover):
        answer_approval(request, granted=True, actor=people.manager)
    assert answer_approval(request, granted=True, actor=expert).answer == "granted"


@pytest.mark.parametrize(
    ("rule", "line", "terms", "is_needed"),
    [
        ({"discount_above": TENTH}, {"discount": TENTH}, {}, False),
        ({"discount_above": TENTH}, {"discount": Decimal("0.1001")}, {}, True),
        ({"discount_above": TENTH}, {}, {"discount_amount": Decimal("100.01")}, True),
        ({"value_above": 1000}, {}, {}, False),
        ({"value_above": 999}, {}, {}, True),
        ({"margin_below": Decimal("0.4")}, {}, {}, False),
        ({"margin_below": Decimal("0.4001")}, {}, {}, True),
    ],
)
def test_a_limit_is_passed_or_not(people, rule, line, terms, is_needed):
    ApprovalRule.objects.create(name="Regel", **rule)
    product = ProductFactory(price=1000, cost=600)
    version = OfferFactory(
        deal=DealFactory(owner=people.owner), lines=[offered(product=product, **line)], terms=terms
    ).current

    if is_needed:
        assert ask(version, people.owner)
    else:
        with pytest.raises(ApprovalNotNeeded):
            ask(version, people.owner)
