"""What the database sees to: the rule between a deal and its history, and that a change is announced."""

import pgtrigger

from core.live import CHANNEL

FUNCTION = """
SELECT stage, outcome INTO present FROM pipeline_deal WHERE id = {deal};
SELECT change.to_stage, change.to_outcome INTO latest FROM pipeline_stagechange change
  WHERE change.deal_id = {deal} AND change.reverts_id IS NULL
    AND NOT EXISTS (SELECT FROM pipeline_stagechange undo WHERE undo.reverts_id = change.id)
  ORDER BY change.seq DESC LIMIT 1;
IF latest.to_stage IS DISTINCT FROM present.stage OR latest.to_outcome IS DISTINCT FROM present.outcome THEN
  RAISE EXCEPTION 'the history of deal % does not end in its present state', {deal}
    USING ERRCODE = 'check_violation', CONSTRAINT = 'deal_history_ends_in_present';
END IF;
RETURN NULL;
"""


def history_ends_in_present(
    name: str, *, deal: str, on: pgtrigger.Operation, condition: pgtrigger.Condition | None = None
) -> pgtrigger.Trigger:
    """Refuse, at commit, a deal whose last effective history row says something else than the deal itself.

    `deal` is the SQL of the deal's id in the row that fired. Deferred, so that an action may write both in
    any order.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        level=pgtrigger.Row,
        timing=pgtrigger.Deferred,
        operation=on,
        condition=condition,
        declare=[("present", "record"), ("latest", "record")],
        func=FUNCTION.format(deal=deal),
    )


def touched(name: str) -> pgtrigger.Trigger:
    """Stamp a deal that is written, and tell at commit whose deals changed: the owner, and the one before.

    The stamp is the moment of the writing, not of its transaction: of two writings of a deal the later one
    has the later stamp, so a page can tell what it was shown too late.
    In the database, because a change that was made in bulk, by an import or by a merge is one, too.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        level=pgtrigger.Row,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
NEW.touched_at = clock_timestamp();
PERFORM pg_notify('{CHANNEL}', concat_ws(',', NEW.owner_id, nullif(OLD.owner_id, NEW.owner_id)));
RETURN NEW;
""",
    )
