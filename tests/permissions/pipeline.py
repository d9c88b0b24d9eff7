"""Routes of the funnel."""

from core.moments import to_microseconds
from pipeline.models import Criterion, LossReason
from tests.permissions.declare import Route, World, editors, expect

EVERYONES = {"owner": "all"}
FRAGMENT = {"HX-Request": "true"}


def of_deal(world: World) -> tuple[object, ...]:
    """The open deal of `owner`."""
    return (world.deal.pk,)


def of_value(world: World) -> tuple[object, ...]:
    """The value of that deal."""
    return (world.deal.pk, "value")


def of_closed_deal(world: World) -> tuple[object, ...]:
    """The lost deal of `owner`."""
    return (world.closed_deal.pk,)


def step(world: World) -> dict[str, object]:
    """A step that was asked about already."""
    return {"seen_in": world.deal.stage, "to": world.deal.stage + 1, "confirmed": "on"}


def loss(world: World) -> dict[str, object]:
    """Lost for a reason."""
    return {"seen_in": world.deal.stage, "reason": LossReason.objects.get(code="price").pk}


def tick(world: World) -> dict[str, object]:
    """A criterion with its note."""
    criterion = Criterion.objects.get(code=Criterion.APPOINTMENT_AGREED)
    return {"criterion": criterion.pk, "note": "telefonisch vereinbart"}


def facts(world: World) -> dict[str, object]:
    """What a deal says, complete."""
    return {
        "title": "Wartung",
        "company": world.company.pk,
        "value": "1.000,00",
        "currency": "EUR",
        "kind": "new",
        "owner": world.people.owner.pk,
        "version": 1,
    }


def naming(world: World) -> dict[str, object]:
    """A person with a role."""
    return {"person": world.person.pk, "role": "decision_maker"}


def picked(world: World) -> dict[str, object]:
    """The open deal of `owner`, ticked in the list."""
    return {"pick": world.deal.pk}


def chosen(world: World) -> dict[str, object]:
    """The open deal of `owner`, with whatever the forms for many deals ask."""
    reason = LossReason.objects.get(code="price")
    return {"rows": world.deal.pk, "reason": reason.pk, "owner": world.people.colleague.pk}


def moment_of_loss(world: World) -> int:
    """When the lost deal was marked as lost, in microseconds."""
    recorded_at = world.closed_deal.stage_changes.latest("seq").recorded_at
    return to_microseconds(recorded_at)


def conversion(world: World) -> dict[str, object]:
    """What becomes of the lead, complete."""
    return {
        "title": "Wartung",
        "company": world.company.pk,
        "stage": 1,
        "currency": "EUR",
        "owner": world.people.owner.pk,
    }


ROUTES = [
    Route("pipeline:lead_convert", editors(200), args=lambda world: (world.lead.pk,), follows_deal=True),
    Route(
        "pipeline:lead_convert",
        editors(302),
        "post",
        args=lambda world: (world.lead.pk,),
        data=conversion,
        follows_deal=True,
    ),
    Route("pipeline:lead_outcome", expect(200), args=lambda world: (world.lead.pk,), follows_deal=True),
    Route(
        "pipeline:conversion_undo",
        editors(302),
        "post",
        args=lambda world: (world.conversion.pk,),
        follows_deal=True,
    ),
    Route("pipeline:leads_convert", editors(200), data=lambda w: {"pick": w.lead.pk}, follows_deal=True),
    Route(
        "pipeline:leads_convert",
        editors(302),
        "post",
        data=lambda world: {"rows": world.lead.pk, "stage": 1},
        follows_deal=True,
    ),
    # For who asked for it, and admins.
    Route(
        "pipeline:conversion_report",
        expect(404, owner=200, admin=200),
        args=lambda world: (world.conversion_job.pk,),
    ),
    Route("pipeline:deal_board", expect(200), data=lambda world: EVERYONES, follows_deal=True, is_list=True),
    Route(
        "pipeline:deal_column",
        expect(200),
        args=lambda world: (world.deal.stage,),
        data=lambda world: EVERYONES,
        follows_deal=True,
        is_list=True,
    ),
    Route(
        "pipeline:board_news",
        expect(200),
        data=lambda world: {**EVERYONES, "since": "2020-01-01T00:00:00Z"},
        follows_deal=True,
        is_list=True,
    ),
    Route("pipeline:deal_list", expect(200), follows_deal=True, is_list=True),
    Route("pipeline:deals_lose", editors(200), data=picked, follows_deal=True),
    Route("pipeline:deals_lose", editors(302), "post", data=chosen, follows_deal=True),
    # Only who marked them as lost takes it back.
    Route(
        "pipeline:deals_lose_undo",
        expect(404, owner=302),
        "post",
        lambda world: (moment_of_loss(world),),
        follows_deal=True,
    ),
    Route("pipeline:deals_hand_over", editors(200), data=picked, follows_deal=True),
    Route("pipeline:deals_hand_over", editors(302), "post", data=chosen, follows_deal=True),
    Route("pipeline:deal_add", expect(200)),
    Route("pipeline:deal_add", expect(302), "post", data=facts),
    Route("pipeline:deal_detail", expect(200), args=of_deal, follows_deal=True),
    Route("pipeline:deal_panel", expect(200), args=of_deal, follows_deal=True),
    Route("pipeline:deal_quick_add", expect(200), args=lambda world: (2,), headers=FRAGMENT),
    Route(
        "pipeline:deal_quick_add",
        expect(204),
        "post",
        args=lambda world: (2,),
        data=lambda world: {"title": "Wartung", "company": world.company.pk, "value": "10"},
        headers=FRAGMENT,
    ),
    Route("pipeline:deal_fact", editors(200), args=of_value, headers=FRAGMENT, follows_deal=True),
    Route(
        "pipeline:deal_fact",
        editors(204),
        "post",
        args=of_value,
        data=lambda world: {"value": "7,00", "seen": str(world.deal.value)},
        headers=FRAGMENT,
        follows_deal=True,
    ),
    Route("pipeline:deal_card", expect(200), args=of_deal, follows_deal=True),
    Route("pipeline:deal_edit", editors(200), args=of_deal, follows_deal=True),
    Route("pipeline:deal_edit", editors(302), "post", of_deal, facts, follows_deal=True),
    Route("pipeline:deal_move", editors(200), args=of_deal, follows_deal=True),
    Route("pipeline:deal_move", editors(302), "post", of_deal, step, follows_deal=True),
    Route("pipeline:deal_win", editors(302), "post", of_deal, step, follows_deal=True),
    Route("pipeline:deal_lose", editors(200), args=of_deal, follows_deal=True),
    Route("pipeline:deal_lose", editors(302), "post", of_deal, loss, follows_deal=True),
    Route("pipeline:deal_reopen", editors(302), "post", of_closed_deal, follows_deal=True),
    # There is no step to undo yet: those who may undo hear of that.
    Route(
        "pipeline:deal_undo",
        editors(422),
        "post",
        args=lambda world: (world.deal.pk, 1),
        follows_deal=True,
    ),
    Route("pipeline:criterion_tick", editors(200), args=of_deal, follows_deal=True),
    Route("pipeline:criterion_tick", editors(302), "post", of_deal, tick, follows_deal=True),
    Route("pipeline:person_name", editors(200), args=of_deal, follows_deal=True),
    Route("pipeline:person_name", editors(302), "post", of_deal, naming, follows_deal=True),
    Route(
        "pipeline:person_withdraw",
        editors(302),
        "post",
        args=lambda world: (world.deal.pk, world.deal_person.pk),
        follows_deal=True,
    ),
    Route("pipeline:member_add", editors(200), args=of_deal, follows_deal=True),
    Route(
        "pipeline:member_add",
        editors(302),
        "post",
        of_deal,
        lambda world: {"user": world.people.colleague.pk},
        follows_deal=True,
    ),
    Route(
        "pipeline:member_remove",
        editors(302),
        "post",
        args=lambda world: (world.deal.pk, world.member.pk),
        follows_deal=True,
    ),
]
