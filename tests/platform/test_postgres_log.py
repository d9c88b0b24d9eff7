"""What the database writes into its log when a statement fails: no row, no statement, no name of a person."""

import uuid

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from funnel_crm import embedded
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(not settings.IS_EMBEDDED, reason="the log of another server is not ours to read")
def test_a_violated_constraint_leaves_no_personal_data_in_the_log():
    email = f"{uuid.uuid4().hex}@trichter.example"
    UserFactory(email=email)

    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=email)

    log = (embedded.state_dir() / "log" / "postgres.log").read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert email not in log
