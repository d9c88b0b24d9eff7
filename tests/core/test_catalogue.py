"""The German catalogue is complete: it is what users see first."""

import re

from core import catalogue


def test_every_message_of_the_code_is_in_the_german_catalogue():
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue.german()}

    missing = [
        message.text for message in catalogue.messages() if (message.context, message.text) not in entries
    ]

    assert missing == []


def test_nothing_is_untranslated_or_fuzzy():
    german = catalogue.german()

    assert [entry.msgid for entry in german.untranslated_entries()] == []
    assert [entry.msgid for entry in german if entry.fuzzy] == []


def test_translations_keep_every_placeholder():
    placeholder = re.compile(r"%\((\w+)\)[sd]")

    for entry in catalogue.german():
        for translation in [entry.msgstr, *entry.msgstr_plural.values()]:
            if translation and not entry.msgid_plural:
                assert set(placeholder.findall(translation)) == set(placeholder.findall(entry.msgid)), (
                    entry.msgid
                )


def test_german_is_set_as_german_is_printed():
    """Quotes „so“, an ellipsis of one piece, no line break before a unit, and never Du."""
    wrong = re.compile(r"""["”‘]|\.\.\.|\d [%€]|\b[Dd]u\b""")

    german = [text for entry in catalogue.german() for text in (entry.msgstr, *entry.msgstr_plural.values())]

    assert [text for text in german if wrong.search(text) or text.count("„") != text.count("“")] == []


def test_english_is_set_as_english_is_printed():
    texts = {message.text for message in catalogue.messages()}

    assert [text for text in texts if '"' in text or "..." in text] == []


def test_messages_are_found_in_templates_and_in_code():
    texts = {message.text for message in catalogue.messages()}

    assert "Prospecting" in texts
    assert len(texts) > 100
