"""Plumbing that knows no noun of the desk."""
