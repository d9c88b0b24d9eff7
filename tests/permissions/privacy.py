"""Routes of data protection: anyone notes what people ask for, admins decide, managers read the history."""

from django.utils import timezone

from privacy.actions.erasure import rows_of
from privacy.plan import plan_erasure
from tests.permissions.declare import Route, World, admins, expect, managers

FRAGMENT = {"HX-Request": "true"}


def person(world: World) -> tuple[object, ...]:
    return (world.person.pk,)


def proposal(world: World) -> tuple[object, ...]:
    return (world.proposal.pk,)


def report(world: World) -> tuple[object, ...]:
    return (world.report.pk,)


def confirmed(world: World) -> dict[str, object]:
    return {"seen": rows_of(plan_erasure(world.person)), "confirmed": "on"}


def request(world: World) -> dict[str, object]:
    return {"kind": "erasure", "received_on": timezone.localdate().isoformat()}


ROUTES = [
    Route("privacy:overview", admins(200)),
    Route("privacy:overview", admins(200), data=lambda world: {"cursor": "\x00" * 9}),
    Route("privacy:person_panel", expect(200), args=person, headers=FRAGMENT),
    Route("privacy:person_history", managers(200), args=person),
    Route("privacy:person_history", managers(200), args=person, data=lambda world: {"page": "9" * 40}),
    Route("privacy:person_report", admins(302), "post", person),
    Route("privacy:report_detail", admins(200), args=report),
    Route("privacy:report_file", admins(200), args=report),
    Route("privacy:person_erase", admins(200), args=person),
    Route("privacy:person_erase", admins(302), "post", person, confirmed),
    Route("privacy:person_erase", admins(422), "post", person, lambda world: {"seen": "9" * 40}),
    Route("privacy:person_restrict", admins(200), args=person),
    Route("privacy:person_restrict", admins(302), "post", person, lambda world: {"reason": "bestreitet"}),
    Route("privacy:person_restrict", admins(422), "post", person, lambda world: {"reason": "\x00"}),
    Route("privacy:person_unrestrict", admins(422), "post", person),
    Route("privacy:request_note", expect(200), args=person),
    Route("privacy:request_note", expect(302), "post", person, request),
    Route("privacy:request_note", expect(422), "post", person, lambda w: {"kind": "x", "received_on": "0"}),
    Route("privacy:request_answer", admins(302), "post", lambda world: (world.privacy_request.pk,)),
    Route("privacy:proposal_confirm", admins(200), args=proposal),
    Route("privacy:proposal_confirm", admins(302), "post", proposal, confirmed),
    Route("privacy:proposal_postpone", admins(302), "post", proposal, lambda world: {"months": 12}),
    Route("privacy:proposal_postpone", admins(400), "post", proposal, lambda world: {"months": "-1e9"}),
    Route("privacy:kept_records_delete", admins(302), "post"),
]
