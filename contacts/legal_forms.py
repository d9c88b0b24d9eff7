"""Legal forms of Germany, Austria and Switzerland, and usual foreign ones, recognised in a name.

A list of our own: cleanco 2.3 knows 24 forms of the three countries, misses e.K. and mbH, and leaves
"(haftungsbeschränkt)" behind.
"""

import re
from dataclasses import dataclass
from functools import cache

_GMBH = (
    r"(?:ges(?:ellschaft)?\.?\s?m\.?\s?b\.?\s?h\.?|g\.?\s?m\.?\s?b\.?\s?h\b\.?|m\.?b\.?h\b\.?"
    r"|(?:gesellschaft\s+)?mit\s+beschr(?:ä|ae)nkter\s+haftung)"
)
_UG = (
    r"(?:(?:ug\b|unternehmergesellschaft)\s*"
    r"(?:\(\s*haftungsbeschr(?:ä|ae)nkt\s*\)|haftungsbeschr(?:ä|ae)nkt|\(hb\)|hb\b)?)"
)
_GGMBH = r"(?:g(?:emeinnützige\s+)?gmbh)"
_AG = r"(?:a\.\s?g\.|ag\b|aktiengesellschaft)"
_KG = r"(?:k\.\s?g\.|kg\b|kommanditgesellschaft)"
_KGAA = r"(?:kg\s?a\.?\s?a\b\.?|kommanditgesellschaft\s+auf\s+aktien)"
_OHG = r"(?:o\.?\s?h\.?\s?g\b\.?|offene\s+handelsgesellschaft)"
_AND_CO = r"\s*(?:&|\+|und\b|u\.)\s*(?:co(?:mpany|mp)?\b\.?|cie\b\.?)[,\s]*"
_PARTNER = re.compile(_AND_CO, re.IGNORECASE)

# "GmbH & Co. Vertriebs-KG": what the partnership is called may stand between.
_BETWEEN = r"(?:(?P<between>[^,]{1,60}?)[\s-])??"

# The partner that is liable, and the partnership behind it: GmbH & Co. KG and its kin.
_LIABLE = (
    ("gGmbH", _GGMBH),
    ("GmbH", _GMBH),
    ("UG (haftungsbeschränkt)", _UG),
    ("AG", _AG),
    ("SE", r"se\b"),
    ("Stiftung", r"stiftung"),
    ("Ltd.", r"(?:ltd\b\.?|limited)"),
)
_PARTNERSHIPS = (("KGaA", _KGAA), ("KG", _KG), ("OHG", _OHG))

_FORMS = (
    ("gGmbH", _GGMBH),
    ("GmbH", _GMBH),
    ("UG (haftungsbeschränkt)", _UG),
    ("KGaA", rf"(?:{_AND_CO})?{_KGAA}"),
    ("KG", rf"(?:{_AND_CO})?{_KG}"),
    ("OHG", rf"(?:{_AND_CO})?{_OHG}"),
    ("OG", r"(?:offene\s+gesellschaft|(?:und\s+co\.?\s*|&\s*co\.?\s*)?og\b)"),
    ("AG", _AG),
    ("SE", r"(?:(?-i:SE)\b|societas\s+europaea)"),
    (
        "PartG mbB",
        r"(?:partg|partnerschaft(?:sgesellschaft)?)\.?\s*(?:mbb|mit\s+beschränkter\s+berufshaftung)",
    ),
    ("PartG", r"(?:partg\b|partnerschaftsgesellschaft|partnerschaft)"),
    ("eGbR", r"egbr\b"),
    ("GbR", r"(?:g\.?\s?b\.?\s?r\b\.?|gesellschaft\s+bürgerlichen\s+rechts|gesbr\b)"),
    ("eG", r"(?:e\.\s?g\.|eg\b|eingetragene\s+genossenschaft|genossenschaft)"),
    ("e. V.", r"(?:e\.?\s?v\b\.?|eingetragener\s+verein)"),
    ("e. K.", r"(?:e\.?\s?k(?:fm|fr|ffr)?\b\.?|eingetragener?\s+kauf(?:mann|frau))"),
    ("e. U.", r"(?:e\.?\s?u\b\.?|eingetragenes\s+einzelunternehmen)"),
    ("FlexCo", r"(?:flexco\b|flexkapg\b|flexible\s+kapitalgesellschaft)"),
    ("VVaG", r"(?:v\.?v\.?a\.?g\b\.?|versicherungsverein\s+auf\s+gegenseitigkeit)"),
    ("AöR", r"(?:a\.?\s?ö\.?\s?r\b\.?|anstalt\s+(?:des\s+)?öffentlichen\s+rechts)"),
    ("KdöR", r"(?:k\.?\s?d?\.?\s?ö\.?\s?r\b\.?|körperschaft\s+(?:des\s+)?öffentlichen\s+rechts)"),
    ("EWIV", r"ewiv\b"),
    ("Stiftung", r"(?:privat)?stiftung"),
    ("Sàrl", r"s\.?\s?(?:à|a)\s?\.?\s?r\.?\s?l\b\.?"),
    ("Sagl", r"s\.?a\.?g\.?l\b\.?"),
    ("SA", r"(?:s\.\s?a\.|(?-i:SA)\b)"),
    ("SAS", r"(?:s\.\s?a\.\s?s\.|(?-i:SAS)\b)"),
    ("KlG", r"(?:klg\b|kollektivgesellschaft)"),
    ("Einzelfirma", r"(?:einzelfirma|einzelunternehmen)"),
    ("Ltd.", r"(?:ltd\b\.?|limited)"),
    ("LLP", r"(?-i:LLP)\b"),
    ("LLC", r"l\.?l\.?c\b\.?"),
    ("PLC", r"plc\b\.?"),
    ("Inc.", r"(?:inc\b\.?|incorporated)"),
    ("Corp.", r"(?:corp\b\.?|corporation)"),
    ("B.V.", r"(?:b\.\s?v\.|(?-i:BV)\b)"),
    ("N.V.", r"(?:n\.\s?v\.|(?-i:NV)\b)"),
    ("S.p.A.", r"s\.?p\.?a\b\.?"),
    ("S.r.l.", r"s\.?r\.?l\b\.?"),
    ("s.r.o.", r"s\.?\s?r\.?\s?o\b\.?"),
    ("Sp. z o.o.", r"sp\.?\s?z\.?\s?o\.?\s?o\b\.?"),
    ("ApS", r"aps\b"),
    ("A/S", r"a/s\b"),
    ("AB", r"(?-i:AB)\b"),
    ("Oy", r"oy\b"),
)
# These say enough to be believed in the middle of a name, before the name of a branch or a town.
_TELLING = frozenset(
    {"GmbH", "gGmbH", "UG (haftungsbeschränkt)", "KGaA", "OHG", "PartG mbB", "e. K.", "e. V."}
)
# What may stand behind a form and says nothing of it: in liquidation, being founded.
_AFTER = (
    r"(?:\s*[,(]?\s*(?:i\.?\s?l\.?|i\.?\s?g\.?|in\s+liquidation|in\s+liq\.?|in\s+gründung|i\.\s?gr\.?)\)?)?"
)
_LONGEST = 300


@dataclass(frozen=True)
class Named:
    """A company's name taken apart: what it is called and its legal form, empty where none is recognised."""

    core: str
    form: str


def legal_forms() -> list[str]:
    """Every form we know, as it is written, the usual ones first."""
    with_partner = [f"{liable} & Co. {behind}" for liable, _l in _LIABLE for behind, _p in _PARTNERSHIPS]
    usual = ["GmbH", "GmbH & Co. KG", "UG (haftungsbeschränkt)", "AG", "KG", "OHG", "GbR", "e. K.", "e. U."]
    return list(dict.fromkeys([*usual, *(form for form, _spelling in _FORMS), *with_partner]))


def legal_form(name: str) -> str:
    """The form a name ends in, in one spelling: `Holz Möller G.m.b.H. u. Co KG` is a `GmbH & Co. KG`."""
    return taken_apart(name).form


def taken_apart(name: str) -> Named:
    """The name without its legal form, and the form; a name that is nothing but a form stays whole."""
    text = " ".join(name[:_LONGEST].split())
    # Nine names of ten are spared half of the patterns.
    for form, at_end, anywhere in _patterns(with_partner=_PARTNER.search(text) is not None):
        found = at_end.search(text) or (anywhere.search(text) if anywhere else None)
        if found is None:
            continue
        between = found.groupdict().get("between") or ""
        rest = f"{text[: found.start()]} {between} {text[found.end() :]}"
        core = " ".join(rest.split()).replace(" ,", ",").strip(" ,;-–&+")
        if core:
            return Named(core, form)
    return Named(text, "")


@cache
def _patterns(*, with_partner: bool) -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None]]:
    """Every form with its spellings; only a name with "& Co." can be that of two partners."""
    combined = [
        (f"{liable} & Co. {behind}", f"{one}{_AND_CO}{_BETWEEN}{other}")
        for liable, one in _LIABLE
        for behind, other in _PARTNERSHIPS
    ]
    combined += [(f"{liable} & Co.", f"{one}{_AND_CO}") for liable, one in _LIABLE]
    compiled = []
    for form, spelling in [*combined, *_FORMS] if with_partner else _FORMS:
        # A form begins a word, but for "…gesellschaft mbH" and "GmbH&Co.KG", where it follows one directly.
        whole = rf"(?:(?<![^\W_])|(?<=gesellschaft)){spelling}"
        is_telling = "&" in form or form in _TELLING
        compiled.append(
            (
                form,
                re.compile(rf"{whole}{_AFTER}[\s.,;]*$", re.IGNORECASE),
                re.compile(rf"{whole}(?![^\W_])", re.IGNORECASE) if is_telling else None,
            )
        )
    return compiled
