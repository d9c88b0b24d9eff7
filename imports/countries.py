"""Countries as people write them: code, German or English name."""

from imports.columns import normal_name

_NAMES = {
    "DE": "deutschland, germany, brd, bundesrepublik deutschland, d, ger, deu, allemagne",
    "AT": "österreich, austria, a, aut",
    "CH": "schweiz, switzerland, suisse, svizzera, che",
    "LI": "liechtenstein, fl",
    "LU": "luxemburg, luxembourg",
    "BE": "belgien, belgium",
    "NL": "niederlande, netherlands, holland, the netherlands",
    "FR": "frankreich, france",
    "IT": "italien, italy, italia",
    "ES": "spanien, spain",
    "PT": "portugal",
    "GB": "großbritannien, vereinigtes königreich, united kingdom, uk, england, great britain",
    "IE": "irland, ireland",
    "DK": "dänemark, denmark",
    "SE": "schweden, sweden",
    "NO": "norwegen, norway",
    "FI": "finnland, finland",
    "PL": "polen, poland",
    "CZ": "tschechien, czechia, czech republic, tschechische republik",
    "SK": "slowakei, slovakia",
    "HU": "ungarn, hungary",
    "SI": "slowenien, slovenia",
    "HR": "kroatien, croatia",
    "RO": "rumänien, romania",
    "BG": "bulgarien, bulgaria",
    "GR": "griechenland, greece",
    "TR": "türkei, turkey",
    "UA": "ukraine",
    "RU": "russland, russia",
    "US": "usa, united states, vereinigte staaten, united states of america",
    "CA": "kanada, canada",
    "MX": "mexiko, mexico",
    "BR": "brasilien, brazil",
    "AR": "argentinien, argentina",
    "VE": "venezuela",
    "AU": "australien, australia",
    "NZ": "neuseeland, new zealand",
    "CN": "china",
    "JP": "japan",
    "IN": "indien, india",
    "SG": "singapur, singapore",
}
_CODES = {normal_name(name): code for code, text in _NAMES.items() for name in text.split(",")}


def country_code(text: str) -> str | None:
    """The ISO code of a country: any two letters, or one of the usual names."""
    code = _CODES.get(normal_name(text))
    if code is None and len(text) == 2 and text.isascii() and text.isalpha():
        code = text.upper()
    return code
