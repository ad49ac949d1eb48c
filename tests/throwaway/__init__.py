"""A register that no desk has: keys lent at the counter. All that a new register needs is in this folder."""
