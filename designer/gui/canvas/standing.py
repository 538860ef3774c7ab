"""Where a component stands in the lanes of its VPC, and what it has in each."""

from __future__ import annotations

from designer.records import record


@record
class Share:
    """What a component has in a zone, in words (empty: nothing is said of it), and whether it has anything there."""

    word: str
    zone: str
    here: bool = True


@record
class Standing:
    """The lanes of a component, by their numbers, with its share in each.

    `vpc` is the boundary with the lanes, `tier` the subnet tier around the component, if it is in one. A `band` reaches
    across its lanes; what is none stands in one of them.
    """

    vpc: str
    tier: str | None
    lanes: tuple[int, ...]
    shares: tuple[Share, ...]
    band: bool
