"""Real German mails: what is quoted below belongs to others, and prose is no signature."""

import json

from contacts.recognising import recognise


def test_german_mails_without_a_signature_propose_nothing(shared_data):
    folder = shared_data("mail_replies")
    names = json.loads((folder / "figures.json").read_text())["german"]

    for name in names:
        assert recognise((folder / name).read_text(encoding="utf-8")) == [], name
