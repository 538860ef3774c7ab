"""Every text that the program can say, read from its code and its data: what a language has to translate.

`python -m tests.texts LANGUAGE` lists what a language lacks and what is left over. With `--tidy` it takes what is left
over away, and puts every text into the file of its area, in order.
"""

from __future__ import annotations

import argparse
import ast
import json
import string
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from designer.analysis.rules import built_in_entries
from designer.catalog.catalog import load_catalog
from designer.catalog.entries import Property
from designer.storage.samples import samples

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "i18n"
SPOKEN = {"tr": 1, "later": 1, "plural": 2}
"""How many texts each function of `designer.language` is given first."""
TABLES = {
    "Command": ("text", "group", "tip"),
    "Panel": ("title", "entry"),
    "Property": ("title", "help", "unit", "group", "choices"),
}
"""Tables of the window, the texts of which are translated by those who show them: class, and fields."""
COUNTED = {"counted": 1}
"""`counted(3, "task")` says "3 tasks": the place of the word."""
AS_THEY_ARE = (
    'write the rule and your reason, such as {"SPOF-02": "one zone is enough for a test"}',
    'write them such as [{"title": "Queue before mail", "status": "accepted", "date": "2026-03-01"}]',
)
"""Texts with braces that are no placeholders: they are never filled."""
AREAS = ("window", "program", "services", "rules", "samples")


def texts() -> dict[str, str]:
    """Every text with the area that it belongs to; one of several areas belongs to the first."""
    found: dict[str, str] = {}
    sources = {
        "window": code_texts(ROOT / "designer" / "gui"),
        "program": _program_texts(),
        "services": _service_texts(),
        "rules": _rule_texts(),
        "samples": (text for sample in samples() for text in (sample.title, sample.teaches)),
    }
    for area in AREAS:
        for text in sources[area]:
            if text.strip():
                found.setdefault(text, area)
    return found


def code_texts(folder: Path) -> Iterator[str]:
    """The texts that the Python files of a folder mark for translation."""
    for path in sorted(folder.rglob("*.py")):
        yield from module_texts(ast.parse(path.read_text(encoding="utf-8")))


def module_texts(module: ast.Module) -> Iterator[str]:
    """The texts that one module marks for translation."""
    fields = {node.name: _field_names(node) for node in ast.walk(module) if isinstance(node, ast.ClassDef)}
    constants = {name: value for node in module.body for name, value in _assigned(node)}
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in SPOKEN:
            for argument in node.args[: SPOKEN[name]]:
                yield from _literals(argument)
        elif name in COUNTED and len(node.args) > COUNTED[name]:
            for word in _literals(node.args[COUNTED[name]]):
                yield from ("{count} " + word, "{count} " + word + "s")
        elif name in TABLES:
            places = fields.get(name, [])
            given = dict(zip(places, node.args, strict=False)) | {word.arg: word.value for word in node.keywords}
            for field in TABLES[name]:
                if field in given:
                    yield from _literals(constants.get(getattr(given[field], "id", ""), given[field]))


def misfilled(module: ast.Module) -> Iterator[str]:
    """Texts whose placeholders are not the values that `tr` or `plural` is given with them."""
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "plural")):
            continue
        given = {word.arg for word in node.keywords}
        several = node.func.id == "plural"
        for argument in node.args[: SPOKEN[node.func.id]]:
            for text in _literals(argument):
                # One of several texts may leave a value out: "One thing", "nothing of it".
                wanted = set(placeholders(text)) if given or several else set()
                if None not in given and not wanted <= {*given, *(("count",) if several else ())}:
                    yield text


def unmarked(module: ast.Module) -> Iterator[str]:
    """Texts of a module's tables that are given to `tr` by the name of the table, and that nothing marks."""
    tables = {name: value for node in module.body for name, value in _assigned(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "plural"):
            for name in {
                each.id for argument in node.args for each in ast.walk(argument) if isinstance(each, ast.Name)
            }:
                if name in tables:
                    yield from _bare(tables[name])


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            yield from (
                (name.id, value) for name, value in zip(names, values, strict=False) if isinstance(name, ast.Name)
            )
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value


def _bare(node: ast.AST) -> Iterator[str]:
    """The texts of a table outside of `later`; the keys of a mapping are no texts."""
    match node:
        case ast.Call(func=ast.Name(id="later")):
            return
        case ast.Dict(values=values):
            for value in values:
                yield from _bare(value)
        case ast.Call(func=ast.Attribute(attr="fromkeys"), args=[_, value]):
            yield from _bare(value)
        case ast.Constant(value=str(text)) if text.strip():
            yield text
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _bare(child)


def _field_names(node: ast.ClassDef) -> list[str]:
    return [
        item.target.id for item in node.body if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    ]


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can stand for: a literal, either side of a choice, the values of a table."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _literals(node.body)
            yield from _literals(node.orelse)
        case ast.Dict():
            for value in node.values:
                yield from _literals(value)


def _program_texts() -> Iterator[str]:
    from designer.analysis.knock_out.wording import DURATIONS
    from designer.cloudformation.diff.changes import ChangeKind

    for folder in sorted((ROOT / "designer").iterdir()):
        if folder.is_dir() and folder.name not in ("gui", "cli"):
            yield from code_texts(folder)
    for path in sorted((ROOT / "designer").glob("*.py")):
        yield from module_texts(ast.parse(path.read_text(encoding="utf-8")))
    yield from ("1,234.5", *ChangeKind)
    for unit in DURATIONS:
        yield from ("{count} " + unit, "{count} " + unit + "s")


def _service_texts() -> Iterator[str]:
    catalog = load_catalog()
    for category in catalog.categories.values():
        yield category.title
    for kind in (*catalog.kinds.values(), *catalog.boundaries.values(), catalog.architecture):
        yield from (kind.title, kind.summary)
        yield from _property_texts(kind.properties)
        yield from kind.placement.members
        counted = kind.properties.get(kind.failure.replicas or "")
        if counted is not None and counted.unit.endswith("s"):
            yield counted.unit.removesuffix("s")
    for relation in catalog.relations.values():
        yield from (relation.title, relation.summary)
        yield from _property_texts(relation.properties)
        if relation.verb.startswith("{"):
            yield from (title.lower() for title in relation.properties[relation.verb.strip("{}")].choices.values())
        else:
            yield relation.verb
    for refusal in catalog.refusals:
        yield refusal.reason
    yield from ("zone", "host", "replica", "instance")
    yield from expressions()


def expressions() -> Iterator[str]:
    """What is worked out for a card or a bill and has words in it: the expression is translated as a whole."""
    for kind in load_catalog().kinds.values():
        shown = (kind.card or "", str(kind.traits.get("hourly", "")))
        yield from (expression for expression in shown if "'" in expression)


def _property_texts(properties: Mapping[str, Property]) -> Iterator[str]:
    for prop in properties.values():
        yield from (prop.title, prop.help, prop.group)
        yield from (word for word in (prop.unit, *map(str, prop.choices.values())) if is_words(word))


def _rule_texts() -> Iterator[str]:
    for rule in built_in_entries():
        yield from (rule["title"], rule["why"], rule["fix"])
        yield from (case["message"] for case in rule["cases"])
        yield from (recipe["title"] for recipe in rule["fixes"] if not isinstance(recipe, str))


def is_words(text: str) -> bool:
    """Whether there is anything to translate: some letters, and no code, number or name alone."""
    return sum(letter.isalpha() for letter in text) > 1


def placeholders(text: str) -> list[str]:
    """The names in the braces of a text, in order. Raises ValueError for a text that cannot be filled."""
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)


def translations(language: str) -> dict[str, str]:
    """All that a language says, from all its files."""
    return {key: value for table in tables(language).values() for key, value in table.items()}


def tables(language: str) -> dict[str, dict[str, str]]:
    """The files of a language by their areas."""
    files = sorted((CATALOGUES / language).glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def write(language: str, translated: Mapping[str, str], areas: Mapping[str, str]) -> None:
    """Writes what a language says into one file an area, in the order of the English texts."""
    for area in AREAS:
        table = {key: translated[key] for key in sorted(areas) if areas[key] == area and key in translated}
        path = CATALOGUES / language / f"{area}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: Iterable[str] | None = None) -> int:
    """Says what a language lacks and what it has too much; 1 where there is anything."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("language", help="the name of a locale, such as pt_BR")
    parser.add_argument("--tidy", action="store_true", help="drop what no text of the program asks for, and sort")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    areas, known = texts(), translations(asked.language)
    lacking: dict[str, list[str]] = {}
    for text, area in areas.items():
        if text not in known:
            lacking.setdefault(area, []).append(text)
    left_over = [text for text in known if text not in areas]
    if asked.tidy:
        write(asked.language, known, areas)
    report: dict[str, Any] = {"lacking": lacking, "left over": left_over}
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 1 if lacking or left_over else 0


if __name__ == "__main__":
    raise SystemExit(main())
