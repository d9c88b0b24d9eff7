"""Pages and fragments of activities."""
