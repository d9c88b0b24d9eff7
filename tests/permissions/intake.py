"""Routes of the intake: forms are public where they are filled in, managers build them and keep the keys."""

from tests.permissions.declare import ACTORS, Route, World, expect, managers, owner_alone

PUBLIC = dict.fromkeys(ACTORS, 200)


def address(world: World) -> tuple[object, ...]:
    return (world.lead_form.address,)


def form(world: World) -> tuple[object, ...]:
    return (world.lead_form.pk,)


def submission(world: World) -> tuple[object, ...]:
    return (world.submission.pk,)


def everyone(status: int) -> dict[str, int]:
    """The same for all, without a log-in."""
    return dict.fromkeys(ACTORS, status)


FORM = {
    "name": "Messe",
    "title_de": "Ihre Anfrage",
    "is_active": "on",
    "version": 1,
    "fields-TOTAL_FORMS": 1,
    "fields-INITIAL_FORMS": 0,
    "fields-0-kind": "email",
}
ENTRY = {
    "form_key": "7d7a2b3e-1f0c-4b66-9a43-5b0c9a1f8f11",
    "channel": "fair",
    "direction": "inbound",
    "last_name": "Neu",
}
UNSEEN = dict.fromkeys(("owner", "colleague", "stranger"), 404)

ROUTES = [
    Route("intake:form_page", PUBLIC, args=address),
    Route("intake:form_page", everyone(422), "post", address, lambda w: {"email": "a@b.example"}),
    Route("intake:embedded_form", PUBLIC, args=address),
    Route("intake:form_thanks", PUBLIC, args=address),
    Route("intake:embedded_thanks", PUBLIC, args=address),
    # Neither is there before an admin switches a web site on.
    Route("intake:visit_script", everyone(404), args=lambda w: ("falsch",)),
    Route("intake:visit_view", everyone(404), "post", lambda w: ("falsch",)),
    Route("intake:consent_confirm", everyone(404), args=lambda w: ("falsch",)),
    Route("intake:consent_confirm", everyone(404), "post", lambda w: ("falsch",)),
    Route("intake:api_leads", everyone(401), "post"),
    Route("intake:lead_add", expect(200)),
    Route("intake:lead_add", expect(302), "post", data=lambda w: ENTRY),
    Route("intake:companies_prospect", expect(200), data=lambda w: {"pick": w.company.pk}),
    Route("intake:companies_prospect", expect(302), "post", data=lambda w: {"rows": w.company.pk}),
    Route(
        "intake:prospecting_report",
        owner_alone(200) | {"admin": 200},
        args=lambda w: (w.prospecting_job.pk,),
    ),
    Route("intake:form_list", expect(200)),
    Route("intake:form_detail", expect(200), args=form),
    Route("intake:form_preview", expect(200), args=form),
    Route("intake:form_add", managers(200)),
    Route("intake:form_add", managers(302), "post", data=lambda w: {**FORM, "source": w.lead_form.source_id}),
    Route("intake:form_edit", managers(200), args=form),
    Route(
        "intake:form_edit", managers(302), "post", form, lambda w: {**FORM, "source": w.lead_form.source_id}
    ),
    Route("intake:submission_list", expect(200)),
    Route("intake:submission_detail", expect(200, **UNSEEN), args=submission),
    Route("intake:submission_process", expect(302, **UNSEEN), "post", submission),
    Route("intake:submission_file", expect(404), args=lambda w: (w.submission.pk, 1)),
    Route("intake:source_keys", managers(200)),
    Route(
        "intake:key_make",
        managers(200),
        "post",
        data=lambda w: {"name": "Chat", "source": w.lead_form.source_id},
    ),
    Route("intake:key_revoke", managers(302), "post", lambda w: (w.source_key.pk,)),
]
