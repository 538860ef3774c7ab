"""Fixes that rebuild a part of the drawing: one idea in each file, named by `do` in the files of rules.

Each is a function of a draft and the id of the component, wire or network it is for; it raises `Refused` where
the catalog has no wire that it would need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from designer.analysis.fixes.draft import Draft
from designer.analysis.fixes.structures.alternatives import agree_on_alternatives
from designer.analysis.fixes.structures.fan_out import deliver_to_each, publish_instead
from designer.analysis.fixes.structures.group import wrap_in_group
from designer.analysis.fixes.structures.load_balancer import put_behind_load_balancer, spread_targets
from designer.analysis.fixes.structures.queue import put_queue_between
from designer.analysis.fixes.structures.subnets import move_to_private, move_to_public, move_to_vpc
from designer.analysis.fixes.structures.times import check_more_often, hide_long_enough, outlast_target
from designer.analysis.fixes.structures.wires import lead_through, relate_rightly, take_away_wire
from designer.analysis.fixes.zones import keep_known_zones
from designer.analysis.recipes import Structure

Rebuild = Callable[[Draft, str], None]

STRUCTURES: Mapping[Structure, Rebuild] = {
    Structure.WRAP_IN_GROUP: wrap_in_group,
    Structure.PUT_BEHIND_LOAD_BALANCER: put_behind_load_balancer,
    Structure.SPREAD_TARGETS: spread_targets,
    Structure.PUT_QUEUE_BETWEEN: put_queue_between,
    Structure.DELIVER_TO_EACH: deliver_to_each,
    Structure.PUBLISH_INSTEAD: publish_instead,
    Structure.MOVE_TO_PRIVATE: move_to_private,
    Structure.MOVE_TO_PUBLIC: move_to_public,
    Structure.MOVE_TO_VPC: move_to_vpc,
    Structure.RELATE_RIGHTLY: relate_rightly,
    Structure.LEAD_THROUGH: lead_through,
    Structure.TAKE_AWAY_WIRE: take_away_wire,
    Structure.AGREE_ON_ALTERNATIVES: agree_on_alternatives,
    Structure.OUTLAST_TARGET: outlast_target,
    Structure.CHECK_MORE_OFTEN: check_more_often,
    Structure.HIDE_LONG_ENOUGH: hide_long_enough,
    Structure.KEEP_KNOWN_ZONES: keep_known_zones,
}
