"""Lists and counts as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence

from designer.language import number, plural, tr

MOST_NAMED = 4


def listed(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c", or "a, b, c and 5 more"."""
    if len(names) > MOST_NAMED:
        return tr(
            "{names} and {count} more", names=", ".join(names[: MOST_NAMED - 1]), count=len(names) - MOST_NAMED + 1
        )
    return tr(" and ").join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def counted(count: int, word: str) -> str:
    """ "1 task", "3 tasks"."""
    return plural("{count} " + word, "{count} " + word + "s", count)


def percent(share: float, apart_from: float = 1.0) -> str:
    """A probability as a percentage with as many digits as tell it from 100 %, or from another value.

    Fourteen do for the largest below 1.
    """
    for digits in range(2, 15):
        text = f"{share * 100:.{digits}f}"
        if share == apart_from or (text != f"{apart_from * 100:.{digits}f}" and (float(text) < 100.0 or share == 1.0)):
            break
    return f"{number(text.rstrip('0').rstrip('.'))} %"


def everyone(of: Sequence[str]) -> str:
    """The word for all of two or more: "both", "all"."""
    return tr("both") if len(of) == 2 else tr("all")
