"""Requests and answers of lists."""
