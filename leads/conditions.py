"""Whether a lead meets the conditions of a rule: pure functions without a query."""

import re

from leads.models import Lead, LeadCondition

RANGE = re.compile(r"\s*(\w+)\s*(?:-\s*(\w+)\s*)?")


def fits(rule: LeadCondition, lead: Lead) -> bool:
    """Whether every condition of a rule that is given fits the lead."""
    equal = (
        (rule.source_id, lead.source_id),
        (rule.campaign_id, lead.campaign_id),
        (rule.product_group_id, lead.product_group_id),
        (rule.direction, lead.direction),
        (rule.language, lead.language),
        (rule.country.upper(), lead.country.upper()),
    )
    if any(wanted and wanted != said for wanted, said in equal):
        return False
    if rule.postal_codes and not in_region(lead.postal_code, rule.postal_codes):
        return False
    return not rule.industry or names_any(lead.industry, rule.industry)


def in_region(postal_code: str, region: str) -> bool:
    """Whether a postal code begins with one of these, or lies in one of these ranges: "10-14, 20, 221"."""
    code = postal_code.strip()
    for part in region.split(","):
        found = RANGE.fullmatch(part)
        if not code or found is None:
            continue
        first, last = found.group(1), found.group(2) or found.group(1)
        if first <= code[: len(first)] and code[: len(last)] <= last:
            return True
    return False


def names_any(text: str, words: str) -> bool:
    """Whether a text holds any of these words, which stand with commas between them."""
    said = text.casefold()
    return any(word.strip().casefold() in said for word in words.split(",") if word.strip())
