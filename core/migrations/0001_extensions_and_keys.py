"""Extensions, and the functions behind the stored sort and match keys.

The functions are IMMUTABLE because generated columns and indexes use them, and name their schema because a
restore runs with an empty search path.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

SORT_KEY = """
CREATE OR REPLACE FUNCTION public.sort_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, name)), '\\s+', ' ', 'g'))
$$;
"""

# Müller = Mueller = Muller, ß = ss, and "Kessler & Söhne GmbH & Co. KG" = "Kessler und Soehne".
MATCH_KEY = """
CREATE OR REPLACE FUNCTION public.match_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(
    replace(replace(replace(
      regexp_replace(
        regexp_replace(public.sort_key(name), '\\s*(&|\\+)\\s*', ' und ', 'g'),
        '(\\y(gmbh|mbh|ggmbh|ag|kg|kgaa|ohg|gbr|ug|se|eg|ev|ek|ekfm|ekfr|partg|partgmbb|co|inc|ltd|llc|corp|sarl|sa|haftungsbeschrankt|und co)\\y\\.?|\\ye\\.\\s?(k|v|g)\\.|\\yund co\\y\\.?)',
        ' ', 'g'),
      'ae', 'a'), 'oe', 'o'), 'ue', 'u'),
    '[^a-z0-9]+', '', 'g')
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION public.sort_key(text)"),
        migrations.RunSQL(MATCH_KEY, "DROP FUNCTION public.match_key(text)"),
    ]
