"""Moving a component to other subnets, or into a network."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused
from designer.model.entities import Boundary


def move_to_private(draft: Draft, key: str) -> None:
    """Moves a component into private subnets of its VPC."""
    _move(draft, key, "private")


def move_to_public(draft: Draft, key: str) -> None:
    """Moves a component into public subnets of its VPC."""
    _move(draft, key, "public")


def move_to_vpc(draft: Draft, key: str) -> None:
    """Moves a component that stands in none of the drawn VPCs into the one of what it is connected to."""
    component = draft.architecture.components[key]
    near = [wire.source if wire.target == key else wire.target for wire in draft.architecture.wires_of(key)]
    vpcs = [draft.resolution.component(other).vpc for other in near]
    drawn = sorted(b.id for b in draft.architecture.boundaries.values() if b.kind == "vpc")
    found = next((vpc for vpc in vpcs if vpc in drawn), drawn[0] if drawn else None)
    if found is None:
        raise Refused("no VPC is drawn")
    draft.move_into(component, found)
    tier = str(draft.resolution.component(key).tier)
    home = tier_with(draft, key, tier)
    if home != found:
        draft.move_into(draft.architecture.components[key], home)


def tier_with(draft: Draft, key: str, access: str) -> str | None:
    """The boundary to stand in for subnets of this access, near a component: a drawn tier, else the VPC, else none."""
    component = draft.architecture.components[key]
    vpc = draft.resolution.vpc_of(component.boundary)
    inside = None if vpc is None else vpc.id
    own = next((b for b in draft.architecture.boundaries_around(component.boundary) if b.kind == "tier"), None)
    if own is not None and _access(draft, own) == access:
        return component.boundary
    for boundary in sorted(draft.architecture.boundaries.values(), key=lambda one: one.id):
        around = draft.resolution.vpc_of(boundary.id)
        same = (None if around is None else around.id) == inside
        if boundary.kind == "tier" and same and _access(draft, boundary) == access:
            return boundary.id
    return inside


def _access(draft: Draft, tier: Boundary) -> str:
    return str(draft.resolution.boundary(tier.id)["access"])


def _move(draft: Draft, key: str, access: str) -> None:
    component = draft.architecture.components[key]
    home = tier_with(draft, key, access)
    if home == component.boundary:
        raise Refused("it stands there already")
    draft.move_into(component, home)
    if draft.resolution.component(key).tier != access:
        raise Refused(f"no {access} subnets are drawn")
