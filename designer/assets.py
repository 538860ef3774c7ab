"""Where the program's data files are; the only module that knows.

A wheel and a frozen program carry `resources/` and `templates/` inside the package, a checkout (and so an editable
installation) has them beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from designer.errors import UserError

Kind = Literal["resources", "templates"]

_PACKAGE = Path(__file__).resolve().parent


def data(kind: Kind) -> Path:
    """The folder that holds the data files of this kind, as an absolute path.

    Raises ValueError for a kind that does not exist, and UserError when the installation lacks the folder.
    """
    if kind not in get_args(Kind):
        raise ValueError(f"no such kind of data: {kind!r}; there are {', '.join(get_args(Kind))}")
    places = (_PACKAGE / kind, _PACKAGE.parent / kind)
    for place in places:
        if place.is_dir():
            return place
    raise UserError(
        f"the folder {kind!r} is missing; looked for {' and '.join(map(str, places))}",
        hint="The installation is incomplete: install aws-architecture-designer again.",
    )
