"""How much the page of a company or person shows of its lists."""

MOST_ROWS = 30
