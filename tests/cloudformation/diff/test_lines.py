"""Which lines of the template's text are marked after an edit."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.cloudformation.diff import lines as module
from designer.cloudformation.diff.lines import LineMarks, changed_lines, line_marks
from designer.cloudformation.emit import Line, to_lines
from designer.cloudformation.export import Export, export
from designer.cloudformation.fragments import Template
from designer.errors import UserError
from designer.model import operations
from designer.model.entities import Collection
from designer.storage.samples import open_sample, samples
from tests.model.architectures import edits_on

CATALOG = load_catalog()
EXPORTS: dict[str, list[Line]] = {}
NOTHING = LineMarks(frozenset(), frozenset())


def exported(name: str) -> list[Line]:
    """The lines of a sample's template."""
    if name not in EXPORTS:
        EXPORTS[name] = export(open_sample(name, CATALOG), CATALOG).lines
    return EXPORTS[name]


NAMES = st.sampled_from([sample.name for sample in samples()])


def written(tree: dict[str, object]) -> list[Line]:
    """The lines of a small template."""
    return to_lines(Template(tree), {})


@given(NAMES)
def test_the_same_text_has_no_marks(name: str) -> None:
    """And neither has the text after nothing, which is all new."""
    lines = exported(name)
    assert line_marks(lines, list(lines)) == NOTHING
    assert changed_lines([], lines) == {index for index, line in enumerate(lines) if line.text}
    assert line_marks(lines, []).changed == frozenset()
    assert line_marks(lines, []).removed == {-1}


@given(NAMES, st.data())
@settings(max_examples=60)
def test_one_line_that_came_went_or_changed(name: str, data: st.DataObject) -> None:
    """Exactly that line, wherever it is; of equal lines in a row, one of them."""
    lines = exported(name)
    # The head of an entry does not go without the rest of it.
    inner = [index for index, line in enumerate(lines) if len(line.path) > 2 and line.text.startswith("    ")]
    index = data.draw(st.sampled_from(inner))
    line = lines[index]
    new = Line("          New: line", line.writer, (*line.path, "New"))
    assert line_marks(lines, [*lines[:index], new, *lines[index:]]) == LineMarks(frozenset({index}), frozenset())
    other = Line(f"{line.text} other", line.writer, line.path)
    assert line_marks(lines, [*lines[:index], other, *lines[index + 1 :]]) == LineMarks(frozenset({index}), frozenset())
    without = [*lines[:index], *lines[index + 1 :]]
    marks = line_marks(lines, without)
    assert not marks.changed
    (after,) = marks.removed
    assert [one.text for one in [*without[: after + 1], line, *without[after + 1 :]]] == [one.text for one in lines]


@given(NAMES, st.data())
@settings(max_examples=60)
def test_the_lines_without_a_mark_are_old(name: str, data: st.DataObject) -> None:
    """After any edits of a drawing: what is not marked stands in the same entry of the old text, in the same order."""
    architecture = open_sample(name, CATALOG)
    for _ in range(data.draw(st.integers(1, 4))):
        try:
            architecture.apply(edits_on(data.draw, architecture))
        except UserError:
            continue
    try:
        new = export(architecture, CATALOG).lines
    except UserError:
        return
    _check(exported(name), new)


@given(NAMES, NAMES)
@settings(max_examples=30)
def test_quite_another_text(one: str, other: str) -> None:
    """The same holds."""
    _check(exported(one), exported(other))


@given(st.lists(st.sampled_from("abcx"), max_size=12), st.lists(st.sampled_from("abcx"), max_size=12))
def test_texts_in_a_block(before: list[str], after: list[str]) -> None:
    """Their lines share one path, and are often equal."""
    old, new = (
        written({"Resources": {"A": {"Script": "#\n" + "\n".join(part) + "\nend"}}}) for part in (before, after)
    )
    _check(old, new)


@given(st.lists(st.sampled_from("abcx"), max_size=12), st.lists(st.sampled_from("abcx"), max_size=12))
def test_the_cheaper_way(before: list[str], after: list[str]) -> None:
    """It is taken where too much came and went."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_EDITS", 0)
        test_texts_in_a_block.hypothesis.inner_test(before, after)  # type: ignore[attr-defined]


def _check(old: list[Line], new: list[Line]) -> None:
    marks = line_marks(old, new)
    before, after = _by_entry(old), _by_entry(new)
    for entry, places in after.items():
        kept = [new[place].text for place in places if place not in marks.changed and new[place].text]
        texts = iter([old[place].text for place in before.get(entry, [])])
        assert all(text in texts for text in kept), entry
        was = [old[place].text for place in before.get(entry, []) if old[place].text]
        if len(kept) < len(was) and not marks.changed.intersection(places):
            assert marks.removed.intersection(range(places[0] - 1, places[-1] + 1))
    assert all(-1 <= place < len(new) for place in marks.removed)
    if before.keys() - after.keys():
        assert marks.removed


def _by_entry(lines: list[Line]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.path) > 1:
            found.setdefault((str(line.path[0]), str(line.path[1])), []).append(index)
    return found


def test_an_item_put_first_moves_the_others_only() -> None:
    """Their paths have other numbers, and still they are the same lines."""
    old = written({"Resources": {"A": {"Items": [{"k": 1, "l": 2}, {"k": 3}]}}})
    new = written({"Resources": {"A": {"Items": [{"k": 0}, {"k": 1, "l": 2}, {"k": 3}]}}})
    assert [new[index].text.strip() for index in changed_lines(old, new)] == ["- k: 0"]


def test_entries_that_changed_places_have_not_changed() -> None:
    """What comes and goes elsewhere has."""
    old = written({"Resources": {"A": {"x": 1}, "B": {"x": 2}, "C": {"x": 3}}})
    new = written({"Resources": {"C": {"x": 3}, "D": {"x": 4}, "A": {"x": 1}}})
    marks = line_marks(old, new)
    assert [new[index].text.strip() for index in sorted(marks.changed)] == ["D:", "x: 4"]
    assert [new[index].text.strip() for index in marks.removed] == ["x: 1"]


def test_a_property_in_the_window() -> None:
    """One line for one number; a component that is deleted leaves marks and no changed line of its own."""
    architecture = open_sample("fan-out", CATALOG)
    before = export(architecture, CATALOG)
    queue = next(key for key, one in architecture.components.items() if one.kind == "sqs")
    architecture.apply(operations.set_property(architecture, Collection.COMPONENTS, [queue], "retention", 86400))
    after = export(architecture, CATALOG)
    (line,) = changed_lines(before.lines, after.lines)
    assert after.lines[line].text.strip() == "MessageRetentionPeriod: 86400"
    assert after.lines[line].origins == (queue,)
    architecture.apply(operations.delete(architecture, {Collection.COMPONENTS: [queue]}))
    _check_removal(after, export(architecture, CATALOG))


def _check_removal(before: Export, after: Export) -> None:
    marks = line_marks(before.lines, after.lines)
    assert marks.removed
    _check(before.lines, after.lines)


def test_five_thousand_lines_at_once() -> None:
    """Measured at 0.2 ms for one edit and at 5 ms for a change of every line; a quadratic comparison takes seconds."""
    tree = {"Resources": {f"R{n}": {"Properties": {f"P{m}": m for m in range(23)}} for n in range(200)}}
    old = written(tree)
    new = [Line(f"{line.text}0", line.writer, line.path) for line in old]
    assert len(old) >= 5000
    start = time.thread_time()
    marks = line_marks(old, new)
    assert time.thread_time() - start < 0.25
    assert len(marks.changed) == len(new)
