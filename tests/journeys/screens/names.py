"""A screen is a page and what the screen on it is called."""

from playwright.sync_api import Page

Screen = tuple[str, Page]


def name_of(path: str) -> str:
    """The name of a page of the console: its address without what all of them share."""
    return path.strip("/").removeprefix("console/").replace("/", "-") or "doors"
