"""Every module with tables, so that migrations see them all."""

import importlib
import pkgutil

import shared


def load() -> None:
    """Imports every noun; its tables are then in `Base.metadata`."""
    for module in pkgutil.walk_packages(shared.__path__, "shared."):
        if not module.name.startswith(("shared.lib", "shared.migrations")) and not module.name.endswith(".render"):
            importlib.import_module(module.name)
