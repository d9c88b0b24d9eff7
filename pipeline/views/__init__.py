"""The pages of the funnel: the board, moves, one deal, the list."""
