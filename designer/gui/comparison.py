"""What differs between a file and the drawing, worked out beside the window and written as rich text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.changes import Change, ChangeKind, EntryChange, Replacement, Risk, grouped
from designer.cloudformation.diff.text import one_line, render_text, shown
from designer.gui.theme import Theme
from designer.language import later, tr
from designer.model.architecture import Architecture

if TYPE_CHECKING:
    from designer.cloudformation.export import Export

_SIGNS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "−", ChangeKind.CHANGED: "~"}  # noqa: RUF001 - a minus sign
_COLOURS = {ChangeKind.ADDED: "ok", ChangeKind.REMOVED: "severity-error", ChangeKind.CHANGED: "severity-low"}
_REPLACED = {Replacement.YES: later("will be replaced"), Replacement.MAYBE: later("may be replaced")}
_RISKS = {Risk.LOST: later("data loss"), Risk.KEPT: later("data left behind")}


@dataclass(frozen=True)
class Compared:
    """What an update from the file to the drawing would change, by entry, and what is to be known of the file."""

    entries: tuple[EntryChange, ...]
    notes: tuple[str, ...]

    @property
    def plain(self) -> str:
        """The same as plain text, for the clipboard."""
        return render_text(change for entry in self.entries for change in entry.changes)


Exporting = Callable[[Architecture, Catalog], "Export"]
"""What makes an export of an architecture, such as an exporter that is kept."""


def compare_with(file: Path, architecture: Architecture, catalog: Catalog, export: Exporting) -> Compared:
    """Compares a file, an architecture or a template, with what the drawing is exported to now.

    Raises `UserError` where one of the two cannot be read or exported.
    """
    from designer.cloudformation.diff.command import open_side
    from designer.cloudformation.diff.compare import diff
    from designer.cloudformation.diff.pinned import pinned_changes

    before = open_side(str(file), catalog)
    after = export(architecture, catalog).template.tree
    pinned = tuple(pinned_changes(before.architecture, architecture)) if before.architecture is not None else ()
    return Compared(tuple(grouped(diff(before.tree, after))), (*before.notes, *map(one_line, pinned)))


def summary(compared: Compared) -> str:
    """The counts in words: "2 added, 1 changed; 1 will be replaced, 1 with data loss"; "No difference" for none."""
    if not compared.entries:
        return tr("No difference")
    kinds = Counter(entry.kind for entry in compared.entries)
    outcomes = Counter(entry.replacement for entry in compared.entries if entry.kind is ChangeKind.CHANGED)
    risks = Counter(risk_words(entry) for entry in compared.entries if entry.risk is not Risk.NONE)
    counts = [f"{kinds[kind]} {tr(kind)}" for kind in ChangeKind if kinds[kind]]
    grave = [f"{outcomes[level]} {tr(words)}" for level, words in _REPLACED.items() if outcomes[level]]
    grave += [tr("{count} with {words}", count=count, words=words) for words, count in sorted(risks.items())]
    return "; ".join(", ".join(parts) for parts in (counts, grave) if parts)


def risk_words(entry: EntryChange) -> str:
    """What becomes of an entry's data: "data loss", "possible data loss", "data left behind"; empty for nothing."""
    words = tr(_RISKS[entry.risk]) if entry.risk in _RISKS else ""
    return tr("possible {words}", words=words) if words and entry.replacement is Replacement.MAYBE else words


def as_html(compared: Compared, theme: Theme) -> str:
    """The changes as rich text, section by section and entry by entry."""
    parts = [f"<p>{_coloured(note, 'text-muted', theme)}</p>" for note in compared.notes]
    section = ""
    for entry in compared.entries:
        if entry.section != section:
            section = entry.section
            margin = "margin-top:14px; " if parts else ""
            heading = _coloured(one_line(section), "text-muted", theme)
            parts.append(f'<p style="{margin}margin-bottom:2px"><b>{heading}</b></p>')
        parts += _entry(entry, theme)
    return "".join(parts)


def _entry(entry: EntryChange, theme: Theme) -> Iterator[str]:
    sign = _coloured(f"{_SIGNS[entry.kind]} {entry.kind}", _COLOURS[entry.kind], theme)
    name = escape(one_line(entry.logical_id or entry.section))
    kind = _coloured(one_line(entry.type), "text-muted", theme)
    yield f'<p style="margin-top:8px; margin-bottom:0"><b>{sign}</b>&nbsp; <b>{name}</b>&nbsp; {kind}</p>'
    for words, reason, role in _warnings(entry):
        flag = _coloured(words.capitalize(), role, theme)
        yield f'<p style="margin:1px 0 0 22px"><b>{flag}</b>: {escape(one_line(reason))}</p>'
    rows = [_row(change, theme) for change in entry.changes if change.path or not entry.logical_id]
    if rows:
        yield f'<table cellspacing="0" cellpadding="2" style="margin-left:20px">{"".join(rows)}</table>'


def _warnings(entry: EntryChange) -> Iterator[tuple[str, str, str]]:
    if entry.risk is not Risk.NONE:
        yield risk_words(entry), entry.loss, "severity-error" if entry.risk is Risk.LOST else "severity-high"
    if entry.why:
        yield _REPLACED.get(entry.replacement, "note"), entry.why, "severity-high"


def _row(change: Change, theme: Theme) -> str:
    sign = _coloured(f"{_SIGNS[change.kind]} {change.kind}", _COLOURS[change.kind], theme)
    return f"<tr><td>{sign}</td><td>{escape(one_line(change.property))}</td><td>{_values(change)}</td></tr>"


def _values(change: Change) -> str:
    before, after = escape(shown(change.before)), escape(shown(change.after))
    if change.kind is ChangeKind.ADDED:
        return after
    if change.kind is ChangeKind.REMOVED:
        return before
    return after if before == after else f"{before} → {after}"


def _coloured(text: str, role: str, theme: Theme) -> str:
    return f'<span style="color:{theme.color(role).name()}">{escape(text)}</span>'


def failure_html(reasons: Sequence[str], theme: Theme) -> str:
    """Why there is no comparison, as rich text."""
    return "".join(f"<p>{_coloured(reason, 'severity-error', theme)}</p>" for reason in reasons)
