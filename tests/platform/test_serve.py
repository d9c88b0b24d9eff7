"""manage.py serve: what it prints must be true, and what stands in its way must be told."""

import socket

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Role, User
from core.management.commands import serve
from demo.staff import hire
from funnel_crm import embedded


def test_the_printed_log_ins_belong_to_people_of_these_roles(db):
    hire(timezone.localdate())

    users = {user.email: user for user in User.objects.filter(email__in=serve.DEMO_LOGINS.values())}

    assert {role: users[email].role for role, email in serve.DEMO_LOGINS.items()} == {
        "rep": Role.REP,
        "manager": Role.MANAGER,
        "admin": Role.ADMIN,
    }
    assert all(user.check_password(serve.DEMO_PASSWORD) for user in users.values())


def test_a_taken_port_is_told(monkeypatch):
    monkeypatch.setattr(serve, "PORT_PATIENCE_SECONDS", 0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=rf"Cannot listen on 127.0.0.1:{port} .*PORT=8001"):
            call_command("serve", port=port)


def test_a_second_start_in_the_same_folder_is_refused():
    with (
        embedded.exclusive_lock("serve"),
        pytest.raises(CommandError, match="already running from this folder"),
    ):
        call_command("serve")
