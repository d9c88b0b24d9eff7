"""Requests about products."""
