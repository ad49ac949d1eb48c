"""Benchmarks: the product beside a bare floor, in one run, under the same server settings."""
