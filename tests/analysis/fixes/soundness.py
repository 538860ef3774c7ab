"""What has to hold of every fix that is offered, worked out from scratch and not by the code that is tested."""

from __future__ import annotations

from designer.analysis.analyse import analyse
from designer.analysis.component_rules import contradictions
from designer.analysis.findings import Analysis, Finding, FlowAvailability, Severity
from designer.analysis.fixes import Fix, Preview
from designer.catalog.resolve import Resolution
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.model.entities import Mode
from designer.storage.files import dumps, loads
from tests.analysis.drawings import CATALOG

NOISE = 1e-12


def mended(architecture: Architecture, fix: Fix) -> Architecture:
    """The drawing with the fix. It can be taken back, saved and opened; nothing of the original is touched."""
    before = architecture.copy()
    content = dumps(architecture)
    found = architecture.copy()
    undo = found.apply(fix.edits)
    changed = found.copy()
    assert changed != before, f"{fix.key} changes nothing"
    found.apply(undo)
    assert found == before
    assert dumps(found) == content
    assert architecture == before
    if _can_be_saved(architecture):
        assert loads(dumps(changed), CATALOG) == changed
    return changed


def _can_be_saved(architecture: Architecture) -> bool:
    """Whether a file may hold the drawing; random ones have places without zones and the like."""
    try:
        return loads(dumps(architecture), CATALOG) == architecture
    except UserError:
        return False


def assert_sound(preview: Preview, architecture: Architecture, before: Analysis) -> None:
    """The finding is gone, no error is new, nothing is refused that was not, and no flow is up less often."""
    fix = preview.fix
    after_drawing = mended(architecture, fix)
    after = analyse(after_drawing, CATALOG)
    where = (fix.key, [str(finding.message) for finding in after.findings])
    assert _count(after, fix.rule) < _count(before, fix.rule), where
    assert _errors(after) <= _errors(before), where
    assert _refused(after_drawing) <= _refused(architecture), where
    if _errors(after) == _errors(before):
        assert_no_flow_falls(before, after, fix)


def assert_no_flow_falls(before: Analysis, after: Analysis, fix: Fix) -> None:
    """A flow that completes less often has to take in more: that is what a queue in between is for."""
    flows = {flow.id: flow for flow in after.flows}
    for flow in before.flows:
        new = flows.get(flow.id)
        if new is None:
            continue
        taken_in = _gain(flow.accept, new.accept)
        done = _gain(flow.complete, new.complete)
        if flow.mode is Mode.ACCEPT:
            assert taken_in >= -NOISE, (fix.key, flow.id, taken_in)
        else:
            assert done >= -NOISE or taken_in > NOISE, (fix.key, flow.id, done, taken_in)


def assert_drawn_well(fix: Fix, architecture: Architecture) -> None:
    """New cards lie on no other card, and inside the boundary that they stand in."""
    after = architecture.copy()
    after.apply(fix.edits)
    places = {(one.x, one.y) for one in architecture.components.values()}
    for key in after.components.keys() - architecture.components.keys():
        made = after.components[key]
        if (made.x, made.y) in places:
            continue  # it has the place of a card that was there, wherever that was
        for other in after.components.values():
            apart = abs(made.x - other.x) >= 192 or abs(made.y - other.y) >= 64
            assert apart or other.id == key, f"{fix.key}: {key} lies on {other.id}"
        for boundary in after.boundaries_around(made.boundary):
            assert boundary.x <= made.x, (fix.key, key, boundary.id)
            assert made.x + 192 <= boundary.x + boundary.width, (fix.key, key, boundary.id)
            assert boundary.y <= made.y, (fix.key, key, boundary.id)
            assert made.y + 64 <= boundary.y + boundary.height, (fix.key, key, boundary.id)


def _gain(before: FlowAvailability, after: FlowAvailability) -> float:
    return after.structural - before.structural


def _count(analysis: Analysis, rule: str) -> int:
    return sum(finding.rule == rule for finding in analysis.findings)


def _errors(analysis: Analysis) -> set[tuple[object, ...]]:
    return {_place(finding) for finding in analysis.findings if finding.severity is Severity.ERROR}


def _refused(architecture: Architecture) -> set[tuple[object, ...]]:
    return {_place(finding) for finding in contradictions(Resolution(architecture, CATALOG))}


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.components, finding.connections, finding.boundaries
