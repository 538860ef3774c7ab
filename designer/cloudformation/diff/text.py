"""Changes as text for a terminal or a review: one entry a paragraph, the grave ones said first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from designer.cloudformation.diff.changes import Change, ChangeKind, EntryChange, Replacement, Risk, grouped
from designer.cloudformation.diff.values import function_of, scalar_text

MAX_VALUE = 70
"""Characters of a value that are shown."""

_SIGNS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-", ChangeKind.CHANGED: "~"}
_OUTCOMES = {Replacement.YES: "replaced", Replacement.MAYBE: "may be replaced"}


def render_text(changes: Iterable[Change]) -> str:
    """The changes for a person to read; it ends with a line break.

    Text of users has its line breaks and control characters written as escapes.
    """
    entries = grouped(changes)
    if not entries:
        return "The templates mean the same.\n"
    lines = [_summary(entries), *_warnings(entries)]
    section = None
    for entry in entries:
        if entry.section != section:
            section = entry.section
            lines += ["", one_line(section)]
        lines += _entry(entry)
    return "\n".join(lines) + "\n"


def _summary(entries: Sequence[EntryChange]) -> str:
    resources = [entry for entry in entries if entry.section == "Resources"]
    counts = Counter(entry.kind for entry in resources)
    parts = [f"{counts[kind]} {kind}" for kind in ChangeKind if counts[kind]]
    text = f"Resources: {', '.join(parts) or 'none changed'}"
    outcomes = Counter(entry.replacement for entry in resources if entry.kind is ChangeKind.CHANGED)
    parts = [f"{outcomes[level]} {word}" for level, word in _OUTCOMES.items() if outcomes[level]]
    return f"{text}; {', '.join(parts)}" if parts else text


def _warnings(entries: Sequence[EntryChange]) -> Iterator[str]:
    """The entries that lose data, or leave it behind."""
    for risk, word in ((Risk.LOST, "DATA LOSS"), (Risk.KEPT, "DATA LEFT BEHIND")):
        for entry in entries:
            if entry.risk is risk:
                possible = "POSSIBLE " if entry.replacement is Replacement.MAYBE else ""
                yield f"{possible}{word}: {one_line(entry.logical_id)} ({one_line(entry.type)}): {entry.loss}"


def _entry(entry: EntryChange) -> Iterator[str]:
    name = one_line(entry.logical_id) or one_line(entry.section)
    kind = f" ({one_line(entry.type)})" if entry.type else ""
    if entry.kind is ChangeKind.CHANGED and entry.replacement in _OUTCOMES:
        kind += f": {_OUTCOMES[entry.replacement]}"
    yield f"  {_SIGNS[entry.kind]} {name}{kind}"
    for change in entry.changes:
        if change.path or not entry.logical_id:
            yield f"      {_property(change)}"
        if change.why:
            yield f"          {'because ' if change.path else ''}{one_line(change.why)}"


def _property(change: Change) -> str:
    name = one_line(change.property)
    label = f"{name}: " if name else ""
    if change.kind is ChangeKind.ADDED:
        return f"+ {label}{shown(change.after)}"
    if change.kind is ChangeKind.REMOVED:
        return f"- {label}{shown(change.before)}"
    before, after = shown(change.before), shown(change.after)
    if before != after:
        return f"~ {label}{before} -> {after}"
    if change.before == change.after:
        return f"~ {label}{after}"
    return f"~ {label}{_where_they_part(_text(change.before), _text(change.after))}"


def shown(value: Any) -> str:
    """A value on one line, cut to what fits."""
    text = _text(value)
    return text if len(text) <= MAX_VALUE else f"{text[: MAX_VALUE - 3]}..."


def one_line(text: str) -> str:
    """A text with escapes for line breaks, control characters and whatever else is not seen."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    # The joiner belongs to emoji that are made of several.
    shows = character.isprintable() or character == "\u200d"
    return character if shows else character.encode("unicode_escape").decode()


def _text(value: Any) -> str:
    name = function_of(value)
    if name is not None:
        argument = value[name]
        if name == "Fn::GetAtt" and isinstance(argument, list) and all(isinstance(part, str) for part in argument):
            argument = ".".join(argument)
        return one_line(f"!{name.removeprefix('Fn::')} {_text(argument)}")
    if isinstance(value, (dict, list)):
        return one_line(json.dumps(value, ensure_ascii=False))
    return "null" if value is None else one_line(scalar_text(value)) or "''"


def _where_they_part(before: str, after: str) -> str:
    """Two long values from shortly before the place where they begin to differ."""
    differ = (place for place, (old, new) in enumerate(zip_longest(before, after)) if old != new)
    start = max(0, next(differ, 0) - 20)
    cut = [f"...{text[start : start + MAX_VALUE - 6]}" for text in (before, after)]
    return f"{cut[0]} -> {cut[1]}"
