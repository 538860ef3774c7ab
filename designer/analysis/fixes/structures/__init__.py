"""Fixes that rebuild a part of the drawing: one idea in each file, named by `do` in the files of rules.

Each is a function of a draft and the id of the component, wire or network it is for; it raises `Refused` where
the catalog has no wire that it would need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from designer.analysis.fixes.draft import Draft
from designer.analysis.fixes.structures.fan_out import deliver_to_each, publish_instead
from designer.analysis.fixes.structures.group import wrap_in_group
from designer.analysis.fixes.structures.load_balancer import put_behind_load_balancer, spread_targets
from designer.analysis.fixes.structures.queue import put_queue_between
from designer.analysis.fixes.structures.subnets import move_to_private, move_to_public, move_to_vpc
from designer.analysis.fixes.structures.times import hide_long_enough, outlast_target
from designer.analysis.fixes.structures.wires import lead_through, relate_rightly, take_away_wire
from designer.analysis.fixes.zones import keep_known_zones

Structure = Callable[[Draft, str], None]

STRUCTURES: Mapping[str, Structure] = {
    "wrap-in-group": wrap_in_group,
    "put-behind-load-balancer": put_behind_load_balancer,
    "put-queue-between": put_queue_between,
    "deliver-to-each": deliver_to_each,
    "publish-instead": publish_instead,
    "move-to-private": move_to_private,
    "move-to-public": move_to_public,
    "move-to-vpc": move_to_vpc,
    "relate-rightly": relate_rightly,
    "lead-through": lead_through,
    "take-away-wire": take_away_wire,
    "outlast-target": outlast_target,
    "hide-long-enough": hide_long_enough,
    "spread-targets": spread_targets,
    "keep-known-zones": keep_known_zones,
}
