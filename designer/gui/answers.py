"""What the questions in front of the window are answered with."""

from __future__ import annotations

from enum import Enum


class Answer(Enum):
    """What to do with unsaved changes."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Change(Enum):
    """What to do with a file that another program has changed."""

    RELOAD = "reload"
    MINE = "mine"
    MERGE = "merge"
    LATER = "later"


class Elsewhere(Enum):
    """What to do with a file that another window has open."""

    OPEN = "open"
    COPY = "copy"
    CANCEL = "cancel"
