"""What the binding of Qt to Python does for each imported module, and this program does without."""

from __future__ import annotations

import sys
from types import ModuleType

_SWITCHES = "shibokensupport.feature"
_ASKED = "_mod_uses_pyside"


def spare_the_sources() -> None:
    """Keeps PySide6 from reading the source of every module that is imported after it.

    It looks there for its own name, to know whether names like `snake_case` may be switched on for that module
    (https://doc.qt.io/qtforpython-6/developer/feature-motivation.html), and Python then keeps all these texts. Here no
    module switches anything, so that "it might" is as true for each of them. A PySide6 that asks in another way is
    left as it is.
    """
    switches = sys.modules.get(_SWITCHES)
    if switches is not None and hasattr(switches, _ASKED):
        setattr(switches, _ASKED, _might)


def _might(_module: ModuleType) -> bool:
    return True
