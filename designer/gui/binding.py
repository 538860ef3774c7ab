"""What the binding of Qt to Python does for each import statement, and this program does without."""

from __future__ import annotations

import builtins

_PYTHONS_OWN = "__orig_import__"
"""Where PySide6 keeps the function that it puts its own in the place of."""


def import_as_python_does() -> None:
    """Takes PySide6 out of every import that follows.

    It looks whether a module asks for names like `snake_case`, with functions of its own around each import statement,
    and reads the source of every new module to see whether it is about Qt
    (https://doc.qt.io/qtforpython-6/developer/feature-motivation.html). Nothing here asks for such names. A PySide6
    that does it in another way is left as it is.
    """
    original = getattr(builtins, _PYTHONS_OWN, None)
    if original is not None:
        builtins.__import__ = original
