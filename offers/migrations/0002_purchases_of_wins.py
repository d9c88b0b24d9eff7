from django.conf import settings
from django.db import migrations

# What was won before there were orders.
WINS = """
UPDATE {table} ours
   SET purchases = wins.purchases, first_bought_on = wins.first_on, last_bought_on = wins.last_on
  FROM (SELECT {column} AS id, count(*) AS purchases,
               min((closed_at AT TIME ZONE %s)::date) AS first_on,
               max((closed_at AT TIME ZONE %s)::date) AS last_on
          FROM pipeline_deal
         WHERE outcome = 'won' AND voided_at IS NULL AND {condition}
         GROUP BY {column}) wins
 WHERE ours.id = wins.id
"""


def count_wins(apps, schema_editor):
    zone = settings.TIME_ZONE
    with schema_editor.connection.cursor() as cursor:
        for table, column, condition in (
            ("contacts_company", "company_id", "company_id IS NOT NULL"),
            ("contacts_person", "person_id", "company_id IS NULL AND person_id IS NOT NULL"),
        ):
            cursor.execute(WINS.format(table=table, column=column, condition=condition), [zone, zone])


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_orders"),
    ]

    operations = [migrations.RunPython(count_wins, migrations.RunPython.noop)]
