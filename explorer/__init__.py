"""The explorer: what is counted, by what, under which filter; drawn, opened, taken out."""
