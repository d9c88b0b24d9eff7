"""A hundred thousand leads with a million touches, for the inbox and the report; fewer in a small company."""

from django.db import connection

LEADS_PER_DEAL, MOST_LEADS, TOUCHES = 1, 100_000, 10

# The database makes them: spread over a year, over reps, sources and states, a twelfth of them of deals.
_LEADS = """
INSERT INTO leads_lead (state, state_since, direction, received_at, answered_at, answer_by, touched_at,
    salutation, title, first_name, last_name, company_name, position, email, phone, website, street,
    postal_code, city, country, language, industry, interest, note, disqualify_note, disqualify_reason_id,
    next_step, next_step_on, extra, external_id, created_at, version, source_id, owner_id, team_id)
SELECT CASE WHEN n %% 12 = 0 THEN 'converted' WHEN n %% 3 = 0 THEN 'disqualified'
            WHEN n %% 5 = 0 THEN 'new' ELSE 'working' END,
       at, CASE WHEN n %% 6 = 0 THEN 'outbound' ELSE 'inbound' END, at,
       CASE WHEN n %% 5 = 0 AND n %% 3 <> 0 THEN NULL ELSE at + interval '3 hours' END,
       at + interval '8 hours', at + interval '1 day',
       '', '', 'Petra', 'Lead ' || n, 'Firma ' || n, '', 'lead' || n || '@beispiel.example', '', '', '',
       lpad((n * 37 %% 99999)::text, 5, '0'), '', 'DE', 'de', '', 'Anfrage', '', '',
       CASE WHEN n %% 12 <> 0 AND n %% 3 = 0 THEN (SELECT min(id) FROM leads_disqualifyreason) END,
       CASE WHEN n %% 7 = 0 THEN 'Anrufen' ELSE '' END, CASE WHEN n %% 7 = 0 THEN at::date + 9 END,
       '{}'::jsonb, '', at, 1, sources.ids[1 + n %% array_length(sources.ids, 1)],
       reps.ids[1 + n %% array_length(reps.ids, 1)], reps.teams[1 + n %% array_length(reps.ids, 1)]
  FROM generate_series(1, %s) AS n,
       LATERAL (
         SELECT now() - (n %% 365) * interval '1 day' - (n %% 500) * interval '1 minute' AS at
       ) AS moments,
       (SELECT array_agg(id ORDER BY id) AS ids FROM leads_source) AS sources,
       (SELECT array_agg(id ORDER BY id) AS ids, array_agg(team_id ORDER BY id) AS teams
          FROM accounts_user WHERE role = 'rep') AS reps
"""
_TOUCHES = """
INSERT INTO leads_touch (lead_id, at, channel, direction, source_id, medium, content, details, currency)
SELECT lead.id, lead.received_at + k * interval '5 hours', 'web_visit', lead.direction,
       CASE WHEN k %% 2 = 0 THEN lead.source_id END,
       CASE k %% 3 WHEN 0 THEN 'cpc' WHEN 1 THEN 'organic' ELSE '' END, '', '{}'::jsonb, 'EUR'
  FROM leads_lead lead, generate_series(0, %s) AS k
"""
_REASON = """
INSERT INTO leads_disqualifyreason (code, label_de, label_en, is_active, position)
VALUES ('no_need', 'Kein Bedarf', 'No need', true, 10) ON CONFLICT DO NOTHING
"""
_DEALS = """
UPDATE pipeline_deal SET lead_id = lead.id
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM leads_lead WHERE state = 'converted') lead,
       (SELECT id, row_number() OVER (ORDER BY id) AS place FROM pipeline_deal) deals
 WHERE deals.place = lead.place AND pipeline_deal.id = deals.id
"""


def write_leads(deals: int) -> int:
    """Write as many leads as deals, at most a hundred thousand, with ten touches each; answer how many."""
    leads = min(deals * LEADS_PER_DEAL, MOST_LEADS)
    with connection.cursor() as cursor:
        cursor.execute(_REASON)
        cursor.execute(_LEADS, [leads])
        cursor.execute(_TOUCHES, [TOUCHES - 1])
        cursor.execute(_DEALS)
    return leads
