"""Migrating without building models anew keeps the state that the next migration stands on."""

from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from core.quick_migrations import columns_only

OPERATIONS = [
    CreateModel("Thing", [("id", models.BigAutoField(primary_key=True)), ("size", models.IntegerField())]),
    AddIndex("thing", models.Index(fields=["size"], name="thing_size")),
    AddConstraint("thing", models.CheckConstraint(condition=models.Q(size__gt=0), name="thing_has_size")),
    AddField("thing", "name", models.CharField(max_length=9, default="")),
]


def states() -> tuple[dict, dict, type[models.Model], type[models.Model]]:
    """The options of the model after all steps, and the model before and after the constraint."""
    state, built = ProjectState(), []
    for operation in OPERATIONS:
        operation.state_forwards("core", state)
        built.append(state.apps.get_model("core", "thing"))
    options = state.models["core", "thing"].options
    return options, built[3]._meta.__dict__, built[1], built[2]


def test_the_model_is_kept_where_no_column_changes_and_complete_where_one_does():
    plain, _meta, before, after = states()
    with columns_only():
        quick, meta, kept, same = states()

    assert before is not after
    assert kept is same
    assert [index.name for index in quick["indexes"]] == [index.name for index in plain["indexes"]]
    assert [rule.name for rule in quick["constraints"]] == ["thing_has_size"]
    assert [rule.name for rule in meta["constraints"]] == ["thing_has_size"]
    assert [field.name for field in meta["local_fields"]] == ["id", "size", "name"]
    assert AddIndex.state_forwards.__module__.startswith("django")
