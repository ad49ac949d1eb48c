"""Journeys: a visitor, reception and a host in real browsers, on a desk that serves."""
