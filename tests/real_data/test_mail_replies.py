"""Real mails of the field: what is shown of them is what was newly written."""

import pytest

from mailbox.folding import fold


@pytest.fixture
def mails(shared_data):
    return shared_data("mail_replies")


@pytest.mark.parametrize("name", ["email_german", "email_german_2", "email_german_3", "email_german_outlook"])
def test_german_mails_show_the_five_lines_that_were_written(mails, name):
    folded = fold((mails / f"crisp/{name}.txt").read_text())

    assert len(folded.shown.splitlines()) == 5
    assert folded.shown.startswith("Fusce bibendum")
    assert folded.shown.endswith("nec nec nibh.")


def test_nothing_of_any_mail_is_lost(mails):
    paths = sorted(mails.glob("*/*.txt"))
    assert len(paths) == 114
    for path in paths:
        text = path.read_text(errors="replace")
        folded = fold(text)
        assert folded.shown, path.name
        assert "".join(f"{folded.shown}\n{folded.hidden}".split()) == "".join(text.split()), path.name
