"""Who may use the routes of the reports."""

from django.utils import timezone

from tests.permissions.declare import Route, World, editors, expect, managers


def of_owner(world: World) -> dict[str, object]:
    """The figures of one person: the person's own, the managers', the admins'."""
    return {"of": f"rep-{world.people.owner.pk}"}


def of_team(world: World) -> dict[str, object]:
    """The totals of the owner's team."""
    return {"of": f"team-{world.people.owner.team_id}"}


def of_colleague(world: World) -> dict[str, object]:
    """What a manager may see of the owner's team and the owner may not."""
    return {"of": f"rep-{world.people.colleague.pk}", "what": "won"}


def typed(world: World) -> dict[str, object]:
    """A target of the owner's team."""
    return {**of_team(world), "year": "2026", "won_5": "12"}


def typed_of_owner(world: World) -> dict[str, object]:
    """A target of the owner."""
    return {**of_owner(world), "year": "2026", "won_5": "12"}


def calls_of_owner(world: World) -> dict[str, object]:
    """The calls of the owner."""
    return {**of_owner(world), "what": "calls"}


def reckoned(world: World) -> dict[str, object]:
    """A plan of the owner's team."""
    return {
        **of_team(world),
        "goal": "revenue",
        "amount": "1000",
        "period": str(timezone.localdate().year),
        "name": "Neu",
    }


def next_version(world: World) -> dict[str, object]:
    """The same as the second version of the scenario."""
    return {**reckoned(world), "seen": "1"}


def scenario(world: World) -> tuple[object, ...]:
    return (world.scenario.pk,)


PERSON = expect(200, colleague=404, stranger=404, other_manager=404)
TEAM = expect(200, stranger=404, other_manager=404)
SETS = {**managers(302), "stranger": 404, "other_manager": 404}
PLANS = {**managers(302), "stranger": 404, "other_manager": 404}
OF_PLAN = {**managers(302, refused=404), "other_manager": 404}
COLLEAGUE = {**managers(200, refused=404), "colleague": 200, "other_manager": 404}


def draft(world: World) -> tuple[object, ...]:
    return (world.offer_draft.pk,)


def deal(world: World) -> tuple[object, ...]:
    return (world.deal.pk,)


def said(world: World) -> dict[str, object]:
    """A judgement of the deal."""
    return {"stance": "committed", "reason": "Zusage am Telefon"}


# The manager of the owner's team and admins.
JUDGES = {**managers(200), "other_manager": 403}
JUDGES_POST = {**managers(302), "other_manager": 403}


def company(world: World) -> tuple[object, ...]:
    return (world.company.pk,)


ROUTES = [
    Route("reporting:leads", expect(200)),
    Route("reporting:calls", expect(200)),
    Route("reporting:calls", PERSON, data=of_owner),
    Route("reporting:calls", TEAM, data=of_team),
    Route("reporting:calls_behind", PERSON, data=lambda world: {**of_owner(world), "what": "calls"}),
    Route("reporting:calls_behind", TEAM, data=lambda world: {**of_team(world), "what": "reached"}),
    Route("reporting:calls_behind", expect(404)),
    Route("reporting:dashboard", expect(200)),
    Route("reporting:dashboard", PERSON, data=of_owner),
    Route("reporting:dashboard", TEAM, data=of_team),
    Route("reporting:dashboard", COLLEAGUE, data=of_colleague),
    Route("reporting:dashboard_part", expect(200), args=lambda world: ("rest",)),
    Route("reporting:dashboard_part", PERSON, args=lambda world: ("rest",), data=of_owner),
    Route("reporting:dashboard_part", COLLEAGUE, args=lambda world: ("numbers",), data=of_colleague),
    Route("reporting:dashboard_part", expect(404), args=lambda world: ("other",)),
    Route("reporting:deals", expect(200), data=lambda world: {"of": "all", "what": "begun"}),
    Route("reporting:deals", COLLEAGUE, data=of_colleague),
    Route("reporting:deals", expect(404)),
    Route("reporting:funnel_ribbon", expect(200)),
    Route("reporting:changes", expect(200)),
    Route("reporting:changes", expect(200), data=lambda world: {"of": "all"}),
    Route("reporting:changes", PERSON, data=of_owner),
    Route("reporting:changes", TEAM, data=of_team),
    Route("reporting:changes", COLLEAGUE, data=of_colleague),
    Route("reporting:changes", expect(200), headers={"HX-Request": "true"}, follows_deal=True, is_list=True),
    Route("reporting:changes", TEAM, data=of_team, follows_deal=True),
    Route("reporting:forecast", expect(200)),
    Route("reporting:forecast", PERSON, data=of_owner),
    Route("reporting:forecast", TEAM, data=of_team),
    Route("reporting:forecast", COLLEAGUE, data=of_colleague),
    Route("reporting:forecast_review", expect(200)),
    Route("reporting:forecast_review", PERSON, data=of_owner),
    Route("reporting:forecast_review", TEAM, data=of_team),
    Route("reporting:forecast_review", COLLEAGUE, data=of_colleague),
    Route("reporting:deal_judgement", expect(200), args=deal, follows_deal=True),
    Route("reporting:deal_judge", JUDGES, args=deal, follows_deal=True),
    Route("reporting:deal_judge", JUDGES_POST, "post", deal, said, follows_deal=True),
    Route("reporting:wall", expect(200)),
    Route("reporting:wall", TEAM, data=of_team),
    Route("reporting:wall", expect(404), data=of_owner),
    Route("reporting:wall_figures", expect(200)),
    Route("reporting:wall_figures", TEAM, data=of_team),
    Route("reporting:purchases", expect(200), follows_deal=True, is_list=True),
    Route("reporting:company_suggestions", expect(200), args=company, follows_deal=True, is_list=True),
    Route("reporting:offer_suggestions", editors(200), args=draft, follows_deal=True),
    Route("reporting:evaluation", expect(200)),
    Route("reporting:evaluation", PERSON, data=of_owner),
    Route("reporting:evaluation", TEAM, data=of_team),
    Route("reporting:evaluation", COLLEAGUE, data=of_colleague),
    Route("reporting:activities", PERSON, data=calls_of_owner),
    Route("reporting:activities", expect(404)),
    Route("reporting:calculator", expect(200)),
    Route("reporting:calculator", PERSON, data=of_owner),
    Route("reporting:calculator", TEAM, data=of_team),
    Route("reporting:calculator", COLLEAGUE, data=of_colleague),
    Route("reporting:scenario_add", PLANS, method="post", data=reckoned),
    Route("reporting:scenario_detail", {**managers(200, refused=404), "other_manager": 404}, args=scenario),
    Route("reporting:scenario_save", OF_PLAN, method="post", args=scenario, data=next_version),
    Route("reporting:scenario_targets", OF_PLAN, method="post", args=scenario),
    Route("reporting:scenario_archive", OF_PLAN, method="post", args=scenario),
    Route("reporting:targets", expect(200)),
    Route("reporting:targets", PERSON, data=of_owner),
    Route("reporting:targets", TEAM, data=of_team),
    Route("reporting:targets", SETS, method="post", data=typed),
    Route("reporting:targets", SETS | {"colleague": 404}, method="post", data=typed_of_owner),
]
