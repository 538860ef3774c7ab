"""List what would mend an architecture, what helps most first, and apply one of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from designer.catalog.catalog import Catalog, load_catalog
from designer.cli import console
from designer.cli.own_rules import chosen_rules, declare_rules
from designer.cli.plain import plain
from designer.cli.targets import own_or_new
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.model.edits import Batch
from designer.storage.files import write
from designer.storage.samples import open_source

if TYPE_CHECKING:
    from designer.analysis.fixes import Preview, Ranking

CHOICES = ("best", "cheapest", "smallest")
"""What may stand for the key of a fix."""
_MOST_NAMED = 8


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="text (default) or json")
    parser.add_argument(
        "--apply", metavar="KEY", help=f"make this fix and save the file; {', '.join(CHOICES)} stand for a key too"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="with --apply: save here, not in FILE")
    parser.add_argument("--force", action="store_true", help="replace OUT where it exists")
    declare_rules(parser)


def run(options: argparse.Namespace) -> int:
    """Works every fix through and prints them, or applies one."""
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    if options.apply is None and (options.output is not None or options.force):
        raise UserError("--output and --force belong to --apply", hint="name the fix to make")
    out = None if options.apply is None else own_or_new(options.output, opened.path, force=options.force)
    ranking = _ranked(opened.architecture, catalog, options.rules)
    if out is not None:
        chosen = _chosen(options.apply, ranking)
        _apply(opened.architecture, catalog, chosen.fix.edits)
        write(opened.architecture, out)
    elif options.format == "json":
        console.say_json(as_json(options.file, opened.architecture, ranking))
        return console.FINE
    else:
        _print(options.file, opened.architecture, ranking)
        return console.FINE
    if options.format == "json":
        console.say_json({"file": str(out), "applied": fix_as_json(chosen)})
    else:
        console.say(console.paragraph(f"{out}: {chosen.fix.title}", 0))
        console.say(console.paragraph(chosen.summary, 4))
    return console.FINE


def as_json(file: str, architecture: Architecture, ranking: Ranking) -> dict[str, object]:
    """The result in the form of `resources/schema/fix.json`."""
    named = {choice: getattr(ranking, choice) for choice in CHOICES}
    return {
        "file": file,
        "name": architecture.settings.name,
        **{choice: None if preview is None else preview.fix.key for choice, preview in named.items()},
        "complete": ranking.complete,
        "fixes": [fix_as_json(preview) for preview in ranking.previews],
        "trades": [fix_as_json(preview) for preview in ranking.trades],
    }


def fix_as_json(preview: Preview) -> dict[str, object]:
    """One fix with what it would do; the edits themselves are made by `--apply`."""
    fix = preview.fix
    fields = {name: plain(getattr(fix, name)) for name in ("key", "title", "rule", "components", "size", "cost")}
    return {
        **fields,
        "adds": plain(fix.adds),
        "removes": plain(fix.removes),
        "summary": preview.summary,
        "gain": preview.gain,
        "reaches": preview.reaches,
        "flows": plain(preview.flows),
        "solved": plain(preview.solved),
        "raised": plain(preview.raised),
    }


def _ranked(architecture: Architecture, catalog: Catalog, folder: Path | None) -> Ranking:
    from designer.analysis.analyse import analyse
    from designer.analysis.fixes import rank

    book = chosen_rules(folder, catalog)
    return rank(architecture, catalog, analyse(architecture, catalog, rules=book), rules=book)


def _apply(architecture: Architecture, catalog: Catalog, edits: Batch) -> None:
    """Makes a fix. What gets other zones is drawn in their lanes, as in the window, unless nothing has a place yet."""
    from designer.layout.drawing import places_for
    from designer.layout.relaning import with_lanes

    drawn = places_for(architecture, catalog) is None
    architecture.apply(with_lanes(architecture, catalog, edits) if drawn else edits)


def _chosen(key: str, ranking: Ranking) -> Preview:
    if key in CHOICES:
        found: Preview | None = getattr(ranking, key)
        if found is None:
            raise UserError(f"no fix makes a flow more available, so none is the {key}")
        return found
    all_of_them = [*ranking.previews, *ranking.trades]
    for preview in all_of_them:
        if preview.fix.key == key:
            return preview
    known = ", ".join(preview.fix.key for preview in all_of_them[:_MOST_NAMED])
    raise UserError(f"there is no fix {key!r}", hint=f"there are {known}" if known else "there is none at all")


def _print(file: str, architecture: Architecture, ranking: Ranking) -> None:
    console.say(console.printable(f"{architecture.settings.name} ({file})"))
    if not ranking.previews and not ranking.trades:
        console.say("Nothing to mend was found, or only what a person has to decide; see the command check.")
    for number, preview in enumerate(ranking.previews, 1):
        console.say()
        _print_one(f"{number}. ", preview, _marks(preview, ranking))
    if ranking.trades:
        console.say()
        console.say("These solve what they are for and lower a figure:")
    for preview in ranking.trades:
        console.say()
        _print_one("", preview, ())
    if not ranking.complete:
        console.say()
        console.say("There are more; those of the worst findings were worked through.")


def _marks(preview: Preview, ranking: Ranking) -> tuple[str, ...]:
    return tuple(choice for choice in CHOICES if getattr(ranking, choice) is preview)


def _print_one(number: str, preview: Preview, marks: Iterable[str]) -> None:
    mark = ", ".join(marks)
    console.say(console.paragraph(f"{number}{preview.fix.title}{f' [{mark}]' if mark else ''}", 0))
    # In one piece, to be copied.
    console.say(f"    --apply {console.printable(preview.fix.key)}")
    console.say(console.paragraph(preview.summary, 4))
    rules = ", ".join(dict.fromkeys(finding.rule for finding in preview.solved))
    raised = ", ".join(dict.fromkeys(finding.rule for finding in preview.raised))
    console.say(console.paragraph(f"Solves {rules}" + (f"; brings {raised}" if raised else ""), 4))
