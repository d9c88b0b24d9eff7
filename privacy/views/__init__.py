"""Pages and fragments of data protection."""
