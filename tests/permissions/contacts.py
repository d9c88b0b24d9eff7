"""Routes of the customer database: open to every colleague; deals shown there follow their own rights."""

from collections.abc import Callable

from django.utils import timezone

from tests.permissions.declare import Route, World, expect

VERSIONS = {"kept_version": 1, "taken_version": 1}
EMPTY_LINES = {
    "channels-TOTAL_FORMS": 0,
    "channels-INITIAL_FORMS": 0,
    "addresses-TOTAL_FORMS": 0,
    "addresses-INITIAL_FORMS": 0,
}


def company(world: World) -> tuple[object, ...]:
    return (world.company.pk,)


def person(world: World) -> tuple[object, ...]:
    return (world.person.pk,)


def employment(world: World) -> tuple[object, ...]:
    return (world.employment.pk,)


def of_company(world: World) -> dict[str, object]:
    return {"name": "Neue Firma", "kinds": "prospect", "version": 1, **EMPTY_LINES}


def of_person(world: World) -> dict[str, object]:
    return {"last_name": "Neumann", "language": "de", "version": 1, **EMPTY_LINES}


def consent(world: World) -> dict[str, object]:
    return {
        "means": "email",
        "way": "paper",
        "at": timezone.localdate().isoformat(),
        "source": "Messe Hannover",
        "wording": "Ja, schreiben Sie mir.",
    }


def reason(world: World) -> dict[str, object]:
    return {"ground": "asked", "detail": "fragte nach der Preisliste"}


def noting(name: str, of: Callable[[World], tuple[object, ...]]) -> list[Route]:
    """The forms of the record of permissions: open to whoever keeps contacts."""
    forms = {
        "consent": consent,
        "reason": reason,
        "customer": lambda w: {
            "at": timezone.localdate().isoformat(),
            "bought": "Kompressor; Wartung",
            "obtained_in_sale": "on",
            "told_of_objection": "on",
        },
        "objection": lambda w: {"means": "phone", "at": timezone.localdate().isoformat()},
    }
    return [
        route
        for what, data in forms.items()
        for route in open_to_all(name, lambda w, what=what: (*of(w), what), data)
    ]


def with_key(world: World) -> tuple[object, ...]:
    return (world.person.pk, 1)


def of_stand(world: World) -> tuple[object, ...]:
    return ("company", world.company.pk)


def of_interest(world: World) -> dict[str, object]:
    return {"interest-text": "Segeln", "interest-kind": "interest"}


def of_value(world: World) -> dict[str, object]:
    return {"value-value": "price", "value-weight": 2}


def nowhere(world: World) -> tuple[object, ...]:
    return ()


def open_to_all(
    name: str,
    args: Callable[[World], tuple[object, ...]] = nowhere,
    data: Callable[[World], dict[str, object]] | None = None,
) -> list[Route]:
    """The page with GET; with data also the POST, which leads on to a page."""
    picked = {"data": data} if data and name.startswith(("companies_", "persons_")) else {}
    pages = [Route(f"contacts:{name}", expect(200), args=args, **picked)]
    return pages if data is None else [*pages, Route(f"contacts:{name}", expect(302), "post", args, data)]


def chosen_company(world: World) -> dict[str, object]:
    """The company, ticked in the list, with whatever the forms for many ask."""
    return {
        "rows": world.company.pk,
        "pick": world.company.pk,
        "owner": world.people.colleague.pk,
        "tag": "Messe",
        "ground": "asked",
        "detail": "Preisliste auf der Messe",
    }


def chosen_person(world: World) -> dict[str, object]:
    """The person, likewise."""
    return {**chosen_company(world), "rows": world.person.pk, "pick": world.person.pk}


ROUTES = [
    *open_to_all("company_list"),
    *open_to_all("company_add", data=of_company),
    *open_to_all("company_options"),
    Route("contacts:company_detail", expect(200), args=company, follows_deal=True, is_list=True),
    *open_to_all("company_edit", company, of_company),
    Route("contacts:company_archive", expect(302), "post", company),
    Route("contacts:company_unarchive", expect(302), "post", company),
    *open_to_all("employee_add", company, of_person),
    *open_to_all("employee_join", company),
    *open_to_all("company_recognise", company),
    *open_to_all("person_recognise", person),
    *open_to_all("person_photo", person),
    Route("contacts:person_photo", expect(302), "post", person, lambda w: {"remove": "on"}),
    Route("contacts:person_photo_file", expect(404), args=person),
    Route("contacts:at_hand", expect(200), data=lambda w: {"person": w.person.pk}, is_list=True),
    Route("contacts:person_at_hand", expect(200), args=person, follows_deal=True, is_list=True),
    Route("contacts:interest_note", expect(302), "post", person, of_interest),
    Route("contacts:interest_forget", expect(302), "post", with_key),
    Route("contacts:value_state", expect(302), "post", person, of_value),
    Route("contacts:value_drop", expect(302), "post", with_key),
    Route("contacts:stand_confirm", expect(302), "post", of_stand, lambda w: {"field": "name"}),
    *open_to_all("place_options"),
    *open_to_all("tag_options"),
    *open_to_all("person_list"),
    *open_to_all("companies_give", data=chosen_company),
    *open_to_all("companies_tag", data=chosen_company),
    *open_to_all("companies_presume", data=chosen_company),
    *open_to_all("companies_archive", data=chosen_company),
    Route("contacts:companies_archive_undo", expect(404), "post", lambda w: (1,)),
    *open_to_all("persons_give", data=chosen_person),
    *open_to_all("persons_tag", data=chosen_person),
    *open_to_all("persons_presume", data=chosen_person),
    *open_to_all("persons_archive", data=chosen_person),
    Route("contacts:persons_archive_undo", expect(404), "post", lambda w: (1,)),
    *open_to_all("person_add", data=of_person),
    *open_to_all("person_options"),
    Route("contacts:person_detail", expect(200), args=person, follows_deal=True, is_list=True),
    *open_to_all("person_edit", person, of_person),
    Route("contacts:person_archive", expect(302), "post", person),
    Route("contacts:person_unarchive", expect(302), "post", person),
    *open_to_all("company_law", company),
    *open_to_all("person_law", person),
    *noting("company_law_note", company),
    *noting("person_law_note", person),
    Route("contacts:company_law_note", expect(404), args=lambda w: (w.company.pk, "unheard-of")),
    Route("contacts:law_withdraw", expect(302), "post", lambda w: (w.legal_entry.pk,)),
    *open_to_all("employer_join", person),
    Route("contacts:company_twins", expect(200), "post", data=of_company),
    Route("contacts:person_twins", expect(200), "post", data=of_person),
    Route("contacts:companies_merge", expect(302)),
    Route("contacts:persons_merge", expect(302)),
    *open_to_all("company_merge_with", company, lambda w: {"other": w.pair.high.pk}),
    *open_to_all("person_merge_with", person, lambda w: {"other": w.other_person.pk}),
    *open_to_all("company_merge", lambda w: (w.pair.low.pk, w.pair.high.pk), lambda w: VERSIONS),
    *open_to_all("person_merge", lambda w: (w.person.pk, w.other_person.pk), lambda w: VERSIONS),
    Route("contacts:merge_undo", expect(302), "post", lambda w: (w.merge.pk,)),
    Route("contacts:duplicate_list", expect(200)),
    Route("contacts:duplicate_decide", expect(302), "post", lambda w: (w.pair.pk, "later")),
    *open_to_all("employment_edit", employment, lambda w: {"version": 1, "position": "Einkauf"}),
    *open_to_all("employment_end", employment, lambda w: {"on": timezone.localdate().isoformat()}),
    Route("pipeline:company_deals", expect(200), args=company, follows_deal=True, is_list=True),
    Route("pipeline:person_deals", expect(200), args=person, follows_deal=True, is_list=True),
]
