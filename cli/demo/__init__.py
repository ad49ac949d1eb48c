"""The demo company: sixty people, three months of visits, and today at the desk around the present moment."""

from cli.demo.loading import load

__all__ = ["load"]
