"""How long deals usually stay in a stage: measured from the company's own history, not assumed."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from pipeline.models import Stage, StageSetting

# A year has all seasons in it, and forgets how the company sold before.
LOOKED_BACK = timedelta(days=365)
# Below this many stays the third quartile says more about chance than about the company.
FEWEST_STAYS = 20

# Undone steps never happened; a stay of no time is a stage that was only passed through on paper.
STAYS_THAT_ENDED = """
    WITH stay AS (
        SELECT step.to_stage AS stage, step.to_outcome AS outcome, step.at AS began_at,
               lead(step.at) OVER (PARTITION BY step.deal_id ORDER BY step.seq) AS ended_at
        FROM pipeline_stagechange step
        JOIN pipeline_deal deal ON deal.id = step.deal_id AND deal.voided_at IS NULL
        WHERE step.reverts_id IS NULL
          AND NOT EXISTS (SELECT FROM pipeline_stagechange undoing WHERE undoing.reverts_id = step.id)
    )
    SELECT stage, count(*),
           percentile_disc(0.75) WITHIN GROUP (
               ORDER BY floor(extract(epoch FROM ended_at - began_at) / 86400)
           )
    FROM stay
    WHERE outcome = 'open' AND ended_at > began_at AND ended_at > %s AND ended_at <= %s
    GROUP BY stage
"""


@transaction.atomic
def measure_usual_stays(until: datetime) -> None:
    """Set what is usual in each stage: the whole days that three of four stays did not exceed.

    Counted are the stays that ended in the 365 days before `until`, by a step forward or back, a win or a
    loss; a deal that comes back stays a second time. A stage with fewer than FEWEST_STAYS keeps no measure.
    Measured by their end, not their beginning: the stays that still run have not shown yet how long they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAYS_THAT_ENDED, [until - LOOKED_BACK, until])
        found = {stage: (stays, int(days)) for stage, stays, days in cursor.fetchall()}
    for stage in Stage:
        stays, days = found.get(stage.value, (0, 0))
        is_enough = stays >= FEWEST_STAYS
        StageSetting.objects.filter(pk=stage).update(
            measured_days=max(days, 1) if is_enough else None,
            measured_stays=stays if is_enough else 0,
        )
