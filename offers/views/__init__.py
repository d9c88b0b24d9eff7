"""Requests about orders."""
