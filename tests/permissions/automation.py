"""Routes of rules: all see what runs by itself, admins decide it, who works on the deal may stop it."""

from tests.permissions.declare import Route, World, admins, editors, expect, owner_alone


def rule(world: World) -> tuple[object, ...]:
    return (world.rule.pk,)


def hit(world: World) -> tuple[object, ...]:
    return (world.rule_hit.pk,)


def notice(world: World) -> tuple[object, ...]:
    return (world.notice.pk,)


def deal(world: World) -> tuple[object, ...]:
    return (world.deal.pk,)


RULE = {
    "name": "Nachfassen",
    "trigger": "offer_sent",
    "days": 0,
    "per_day": 10,
    "version": 1,
    "deeds-TOTAL_FORMS": 1,
    "deeds-INITIAL_FORMS": 0,
    "deeds-0-kind": "follow_up",
    "deeds-0-text": "Angebot nachfassen",
}
FRAGMENT = {"HX-Request": "true"}

ROUTES = [
    Route("automation:rule_list", expect(200)),
    Route("automation:rule_detail", expect(200), args=rule, follows_deal=True, is_list=True),
    Route("automation:rule_add", admins(200)),
    Route("automation:rule_add", admins(302), method="post", data=lambda world: RULE),
    Route("automation:rule_edit", admins(200), args=rule),
    Route("automation:rule_edit", admins(302), method="post", args=rule, data=lambda world: RULE),
    Route("automation:rule_switch", admins(302), method="post", args=rule, data=lambda world: {"on": "0"}),
    Route("automation:ready_made_take", admins(302), method="post", args=lambda world: ("chase-offer",)),
    Route("automation:hit_stop", editors(302), method="post", args=hit, follows_deal=True),
    Route("automation:deal_panel", expect(200), args=deal, headers=FRAGMENT, follows_deal=True),
    Route("automation:company_panel", expect(200), args=lambda world: (world.company.pk,), headers=FRAGMENT),
    Route("automation:notices", expect(200), headers=FRAGMENT, follows_deal=True, is_list=True),
    Route("automation:notice_seen", owner_alone(302), method="post", args=notice, follows_deal=True),
]
