"""The rules of the demo company: ready-made ones, and what they are about to do."""

from django.utils.translation import override

from accounts.models import User
from automation.ready_made import READY_MADE, take
from automation.running import act_on_due, look_at_clock

SWITCHED_ON = ("chase-offer", "report-appointment", "too-long", "silent-customer", "budget-again")
# So many hits of each stand in the log; the rest comes as in a running company.
A_DAY = 6


def switch_on_rules(admin: User) -> None:
    """Switch some on, and let the clock look once."""
    for one in READY_MADE:
        if one.code in SWITCHED_ON:
            with override(admin.language):
                rule = take(one, actor=admin)
            rule.per_day = A_DAY
            rule.save(update_fields=["per_day"])
    look_at_clock()
    act_on_due()
