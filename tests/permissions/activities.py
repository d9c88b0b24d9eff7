"""Routes of activities: who sees the deal logs and plans; what is written is its author's or owner's."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.models import Activity
from tests.permissions.declare import Route, World, editors, expect, owner_alone

HTMX = {"HX-Request": "true"}


def beside_deal(world: World) -> tuple[object, ...]:
    return ("deals", world.deal.pk)


def beside_company(world: World) -> tuple[object, ...]:
    return ("companies", world.company.pk)


def entry(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def follow_up(world: World) -> tuple[object, ...]:
    return (world.follow_up.pk,)


def removed_entry(world: World) -> tuple[object, ...]:
    return (world.removed.pk,)


def appointment(world: World) -> tuple[object, ...]:
    return (world.appointment.pk,)


def bound_file(world: World) -> tuple[object, ...]:
    return (world.attachment.pk,)


def loose_file(world: World) -> tuple[object, ...]:
    return (world.loose_file.pk,)


def day() -> str:
    return timezone.localdate().isoformat()


def call(world: World) -> dict[str, object]:
    return {"form_key": uuid4(), "result": Activity.Result.NOT_REACHED, "direction": "out"}


def meeting(world: World) -> dict[str, object]:
    return {"form_key": uuid4(), "on": day(), "time": "14:00"}


def note(world: World) -> dict[str, object]:
    return {"form_key": uuid4(), "text": "Notiz"}


def step(world: World) -> dict[str, object]:
    return {"form_key": uuid4(), "kind": "call", "on": day(), "owner": world.people.owner.pk, "version": 1}


def correction(world: World) -> dict[str, object]:
    return {"version": 1, "on": day(), "time": "10:00", "text": "berichtigt"}


def letter(world: World) -> dict[str, object]:
    return {"form_key": uuid4(), "on": day(), "subject": "Ihre Anfrage", "direction": "in"}


def upload(world: World) -> dict[str, object]:
    return {"file": SimpleUploadedFile("plan.txt", b"Grundriss")}


FORMS = [
    ("call_log", call),
    ("appointment_agree", meeting),
    ("meeting_agree", meeting),
    ("note_write", note),
    ("letter_log", letter),
    ("follow_up_plan", step),
]
CLOSING = ("appointment_miss", "appointment_cancel", "appointment_reopen")

ROUTES = [
    Route("activities:deals_follow_up", editors(200), data=lambda w: {"pick": w.deal.pk}, follows_deal=True),
    Route(
        "activities:deals_follow_up",
        editors(302),
        "post",
        data=lambda w: {**step(w), "rows": w.deal.pk},
        follows_deal=True,
    ),
    Route("activities:today", expect(200), follows_deal=True, is_list=True),
    Route("activities:deal_next_step", editors(302), args=lambda w: (w.deal.pk,), follows_deal=True),
    Route("activities:lead_panel", expect(200), args=lambda w: (w.lead.pk,), headers=HTMX, follows_deal=True),
    Route("activities:deal_panel", expect(200), args=lambda w: (w.deal.pk,), headers=HTMX, follows_deal=True),
    Route(
        "activities:company_panel",
        expect(200),
        args=lambda w: (w.company.pk,),
        headers=HTMX,
        follows_deal=True,
        is_list=True,
    ),
    Route(
        "activities:person_panel",
        expect(200),
        args=lambda w: (w.person.pk,),
        headers=HTMX,
        follows_deal=True,
        is_list=True,
    ),
    Route("activities:timeline", expect(200), args=beside_deal, headers=HTMX, follows_deal=True),
    Route(
        "activities:timeline",
        expect(200),
        args=beside_company,
        headers=HTMX,
        follows_deal=True,
        is_list=True,
    ),
    *(Route(f"activities:{name}", expect(200), args=beside_deal, follows_deal=True) for name, _data in FORMS),
    *(
        Route(f"activities:{name}", expect(200), args=beside_company, follows_deal=True, is_list=True)
        for name, _data in FORMS
    ),
    *(
        Route(
            f"activities:{name}",
            expect(204),
            "post",
            args=beside_deal,
            data=data,
            headers=HTMX,
            follows_deal=True,
        )
        for name, data in FORMS
    ),
    *(
        Route(
            f"activities:{name}",
            editors(204),
            "post",
            args=follow_up,
            headers=HTMX,
            follows_deal=True,
        )
        for name in ("follow_up_finish", "follow_up_reopen", "follow_up_postpone")
    ),
    Route(
        "activities:follow_up_put_back",
        editors(204),
        "post",
        args=lambda w: (w.follow_up.pk, day()),
        headers=HTMX,
        follows_deal=True,
    ),
    Route("activities:follow_up_edit", editors(200), args=follow_up, follows_deal=True),
    Route(
        "activities:follow_up_edit",
        editors(204),
        "post",
        args=follow_up,
        data=step,
        headers=HTMX,
        follows_deal=True,
    ),
    Route("activities:appointment_hold", editors(200), args=appointment, follows_deal=True),
    Route(
        "activities:appointment_hold",
        editors(204),
        "post",
        args=appointment,
        data=lambda w: {"version": 1, "text": "war gut"},
        headers=HTMX,
        follows_deal=True,
    ),
    *(
        Route(
            f"activities:{name}",
            editors(204),
            "post",
            args=appointment,
            headers=HTMX,
            follows_deal=True,
        )
        for name in CLOSING
    ),
    Route("activities:appointment_file", expect(200), args=appointment, follows_deal=True),
    Route("activities:activity_versions", expect(200), args=entry, follows_deal=True),
    Route("activities:file_add", expect(200), "post", data=upload, headers=HTMX),
    Route("activities:file_download", expect(200), args=bound_file, follows_deal=True),
    Route(
        "activities:file_remove",
        editors(204),
        "post",
        args=lambda w: (w.attachment.pk,),
        headers=HTMX,
        follows_deal=True,
    ),
    # A file that waits for its entry is its uploader's alone.
    Route("activities:file_download", owner_alone(200), args=loose_file),
    Route("activities:file_remove", owner_alone(200), "post", args=loose_file, headers=HTMX),
    Route(
        "activities:file_put_back",
        {**owner_alone(204, refused=403), "manager": 404, "admin": 404},
        "post",
        args=lambda w: (w.activity.pk, w.loose_file.pk),
        headers=HTMX,
        follows_deal=True,
    ),
    # The address is the key: whoever has another gets nothing, logged in or not.
    Route(
        "activities:calendar_feed",
        expect(404, anonymous=404, deactivated=404),
        args=lambda w: ("no-such-key",),
    ),
    Route("activities:week", expect(200), follows_deal=True, is_list=True),
    Route(
        "activities:appointment_clashes",
        expect(200),
        args=lambda w: ("companies", w.company.pk),
        data=lambda w: {"on": "2026-12-01", "time": "10:00"},
    ),
    Route("activities:appointment_nearby", expect(200), args=appointment, follows_deal=True),
    Route("activities:caller", expect(200)),
    Route("activities:caller_lookup", expect(401, anonymous=401, deactivated=401)),
    Route("activities:access_keys", expect(200)),
    Route("activities:key_make", expect(200), "post", data=lambda w: {"purpose": "telephone"}),
    Route("activities:key_revoke", owner_alone(302), "post", args=lambda w: (w.access_key.pk,)),
    Route("activities:colleague_options", expect(200), headers=HTMX),
    Route("activities:reminders", expect(200), headers=HTMX),
    *(
        Route(f"activities:{name}", owner_alone(204), "post", args=lambda w: (w.mention.pk,), headers=HTMX)
        for name in ("mention_seen", "mention_unseen")
    ),
    Route("activities:activity_edit", editors(200), args=entry, follows_deal=True),
    Route(
        "activities:activity_edit",
        editors(204),
        "post",
        args=entry,
        data=correction,
        headers=HTMX,
        follows_deal=True,
    ),
    Route("activities:activity_remove", editors(204), "post", args=entry, headers=HTMX, follows_deal=True),
    # What was removed is there for nobody else.
    Route(
        "activities:activity_restore",
        editors(204, refused=404),
        "post",
        args=removed_entry,
        headers=HTMX,
        follows_deal=True,
    ),
]
