"""Planning backwards: from a target to what has to come in, and by when (docs/planning.md)."""
