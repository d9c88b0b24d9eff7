"""Routes of leads."""

from core.moments import to_microseconds
from leads.models import DisqualifyReason, ScoreRule
from tests.permissions.declare import Route, World, editors, expect


def of_lead(world: World) -> tuple[object, ...]:
    """The open lead of `owner`."""
    return (world.lead.pk,)


def of_closed(world: World) -> tuple[object, ...]:
    """The disqualified lead of `owner`."""
    return (world.closed_lead.pk,)


def step(world: World) -> dict[str, object]:
    """A step on."""
    return {"seen_in": world.lead.state, "to": "working"}


def reason(world: World) -> dict[str, object]:
    """Why it comes to nothing."""
    return {"seen_in": world.lead.state, "reason": DisqualifyReason.objects.get(code="no_need").pk}


def facts(world: World) -> dict[str, object]:
    """What a lead says, complete."""
    return {"last_name": "Neu", "country": "DE", "language": "de", "version": world.lead.version}


def picked(world: World) -> dict[str, object]:
    """The open lead, ticked in the list."""
    return {"pick": world.lead.pk}


def chosen(world: World) -> dict[str, object]:
    """The open lead, with whatever the forms for many leads ask."""
    return {"rows": world.lead.pk, "owner": world.people.colleague.pk, **reason(world)}


def of_rule(world: World) -> tuple[object, ...]:
    """A rule of the score."""
    return (ScoreRule.objects.latest("pk").pk,)


def rule_of_score(world: World) -> dict[str, object]:
    """A rule of the score, complete."""
    given = {"label_de": "Telefon", "part": "fit", "points": 5}
    return {**given, "most_times": 1, "known": "phone", "version": 1}


def undoing(world: World) -> tuple[object, ...]:
    """The last step of the closed lead."""
    return (world.closed_lead.pk, world.closed_lead.state_changes.latest("seq").pk)


def moment_of_closing(world: World) -> tuple[object, ...]:
    """When the closed lead was disqualified, in microseconds."""
    return (to_microseconds(world.closed_lead.state_changes.latest("seq").recorded_at),)


# Of what a lead's owner was told: the owner, the team's manager, admins.
OF_LEAD = {"args": of_lead, "follows_deal": True}

ROUTES = [
    Route("leads:lead_list", expect(200), follows_deal=True, is_list=True),
    Route("leads:lead_detail", expect(200), **OF_LEAD),
    Route("leads:lead_edit", editors(200), **OF_LEAD),
    Route("leads:lead_edit", editors(302), "post", data=facts, **OF_LEAD),
    Route("leads:lead_state", editors(302), "post", data=step, **OF_LEAD),
    Route("leads:lead_disqualify", editors(200), **OF_LEAD),
    Route("leads:lead_disqualify", editors(302), "post", data=reason, **OF_LEAD),
    Route("leads:lead_reopen", editors(302), "post", args=of_closed, follows_deal=True),
    Route("leads:lead_undo", editors(302), "post", args=undoing, follows_deal=True),
    # Somebody has it, so that nobody can take it; who may edit it is told so.
    Route("leads:lead_take", editors(409), "post", **OF_LEAD),
    Route("leads:lead_assign", editors(200), **OF_LEAD),
    Route(
        "leads:lead_assign",
        editors(302),
        "post",
        data=lambda world: {"owner": world.people.colleague.pk},
        **OF_LEAD,
    ),
    Route(
        "leads:lead_link",
        editors(302),
        "post",
        args=lambda world: (world.lead.pk, "person", world.person.pk),
        follows_deal=True,
    ),
    Route("leads:score_rules", expect(200)),
    Route("leads:chances", expect(200)),
    Route("leads:score_rule_add", expect(403, admin=200)),
    Route("leads:score_rule_add", expect(403, admin=302), "post", data=rule_of_score),
    Route("leads:score_rule_edit", expect(403, admin=200), args=of_rule),
    Route("leads:score_rule_edit", expect(403, admin=302), "post", args=of_rule, data=rule_of_score),
    Route("leads:leads_hand_over", editors(200), data=picked, follows_deal=True),
    Route("leads:leads_hand_over", editors(302), "post", data=chosen, follows_deal=True),
    Route("leads:leads_disqualify", editors(200), data=picked, follows_deal=True),
    Route("leads:leads_disqualify", editors(302), "post", data=chosen, follows_deal=True),
    # Only who disqualified them takes it back.
    Route(
        "leads:leads_disqualify_undo",
        expect(404, owner=302),
        "post",
        args=moment_of_closing,
        follows_deal=True,
    ),
    Route("leads:recognition_seen", editors(302), "post", args=lambda world: (world.recognition.pk,)),
    Route("leads:recognition_overrule", editors(302), "post", args=lambda world: (world.recognition.pk,)),
    Route("leads:company_leads", expect(200), args=lambda world: (world.company.pk,)),
    Route("leads:person_leads", expect(200), args=lambda world: (world.person.pk,)),
]
