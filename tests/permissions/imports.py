"""Routes of the imports: seen and gone on with by whoever began one, their managers, and admins."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.permissions.declare import Route, World, expect

SEEN = expect(404, owner=200, manager=200, admin=200)
LEADS_ON = expect(404, owner=302, manager=302, admin=302)


def draft(world: World) -> tuple[object, ...]:
    return (world.brought.pk,)


def done(world: World) -> tuple[object, ...]:
    return (world.brought_in.pk,)


def file(world: World) -> tuple[object, ...]:
    return (world.file.pk,)


def upload(world: World) -> dict[str, object]:
    return {"files": SimpleUploadedFile("firmen.csv", b"Firma\nEins AG\n")}


ROUTES = [
    Route("imports:import_list", expect(200), is_list=True),
    Route("imports:import_add", expect(302), "post", data=upload),
    Route("imports:import_template", expect(200), args=lambda w: ("companies",)),
    Route(
        "imports:import_template",
        expect(404, manager=200, other_manager=200, admin=200),
        args=lambda w: ("deals",),
    ),
    Route("imports:import_detail", SEEN, args=draft),
    Route(
        "imports:import_settle",
        LEADS_ON,
        "post",
        draft,
        lambda w: {"system": "", "as_of": "2026-01-05", "doubts": "leave"},
    ),
    Route("imports:import_doubts", SEEN, args=draft),
    Route("imports:import_doubts", LEADS_ON, "post", draft),
    Route("imports:import_check", LEADS_ON, "post", draft),
    Route("imports:import_run", LEADS_ON, "post", draft),
    Route("imports:import_undo", LEADS_ON, "post", done),
    Route("imports:import_discard", LEADS_ON, "post", draft),
    Route("imports:file_read", SEEN, args=file),
    Route("imports:file_read", LEADS_ON, "post", file),
    Route("imports:file_columns", SEEN, args=file),
    Route("imports:file_columns", LEADS_ON, "post", file, lambda w: {"column_0": "name", "key": "name"}),
    Route("imports:file_values", SEEN, args=file),
    Route("imports:file_values", LEADS_ON, "post", file),
    Route("imports:file_rejects", SEEN, "post", file),
]
