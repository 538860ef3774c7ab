"""The linters that judge beside the own rules: cloudformation-validate and cfn-lint, where they are installed."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from types import ModuleType
from typing import Any

from designer.cloudformation.validation.messages import CFN_LINT, ENGINE, FAILED, MISSING, Message, Path, Severity
from designer.cloudformation.validation.template import Template

DEFAULT_REGION = "us-east-1"
# Said of nearly every resource of every template: what an update would replace, missing tags, and texts for machines.
_IDLE = {"I9001", "I9002", "I9003", "I9040", "I4010"}
# A linter that stumbles over a template must not take the other judges' messages with it. These are the ways in which
# Python code and bindings fail when they meet what they did not expect.
_STUMBLES = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
_MOST_VALUES = 8
_VALUES = re.compile(r"\[('[^']*'(?:, '[^']*')+)\]")
_STEPS = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


def ask_engine(template: Template, regions: Sequence[str] = ()) -> list[Message]:
    """What cloudformation-validate says for these Regions; a message that it is missing where it is not installed.

    What a Region lacks, a resource type or an instance class, is only told when the Region is named.
    """
    library, engine = _installed("cloudformation_validate"), _engine()
    if library is None or engine is None:
        return [_missing(ENGINE)]
    try:
        content = library.TemplateContent(template.text.encode(errors="replace"))
        reports = [
            engine.validate_template(content, _for_region(library, region)) for region in regions or (DEFAULT_REGION,)
        ]
    except (library.ValidationError, *_STUMBLES) as error:
        return [_failed(ENGINE, error)]
    found = [diagnostic for report in reports for diagnostic in report.diagnostics if diagnostic.rule_id not in _IDLE]
    messages = [_from_engine(diagnostic, template) for diagnostic in found]
    return list({(m.rule, m.path, m.text): m for m in messages}.values())


def _for_region(library: ModuleType, region: str) -> Any:
    overrides = library.PseudoParameterOverrides(region=region)
    return library.ValidateConfig(pseudo_parameter_overrides=overrides)


@cache
def _installed(name: str) -> ModuleType | None:
    """A library that need not be there; `None` where it is not, or not for this machine."""
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):
        return None


@cache
def _engine() -> Any:
    """The one engine of this process, which takes some 250 MB; `None` where there is none."""
    library = _installed("cloudformation_validate")
    return None if library is None else library.RegoEngine()


def _from_engine(diagnostic: Any, template: Template) -> Message:
    entity = diagnostic.entity
    resource = getattr(entity, "logical_id", None)
    section = {"PARAMETER": "Parameters", "OUTPUT": "Outputs", "CONDITION": "Conditions", "MAPPING": "Mappings"}.get(
        getattr(getattr(entity, "entity_type", None), "name", ""), "Resources"
    )
    steps = _steps(diagnostic.property_path or "")
    path = template.existing((section, resource, *steps) if resource else steps)
    name = diagnostic.severity.name
    severity = {"INFO": Severity.INFO, "WARN": Severity.WARNING, "WARNING": Severity.WARNING}.get(name, Severity.ERROR)
    return Message(
        severity=severity,
        rule=diagnostic.rule_id,
        text=_shortened(diagnostic.message),
        path=path,
        line=diagnostic.start_line or template.line(path),
        resource=resource if section == "Resources" else None,
        judge=ENGINE,
        hint=diagnostic.suggested_fix or "",
        link=diagnostic.documentation_url or "",
    )


def _steps(path: str) -> Path:
    """The keys and indexes of a path such as `Properties.Tags[0].Key`."""
    return tuple(int(index) if index else key for key, index in _STEPS.findall(path))


def _shortened(text: str) -> str:
    """A linter's words, with long lists of the values that it would take cut to those most like the one there is."""
    given = re.match(r"'([^']*)'", text)

    def cut(match: re.Match[str]) -> str:
        values = match[1][1:-1].split("', '")
        if len(values) <= _MOST_VALUES:
            return match[0]
        close = get_close_matches(given[1], values, 4, 0.0) if given else values[:4]
        return f"[{', '.join(map(repr, close))} and {len(values) - len(close)} others]"

    return _VALUES.sub(cut, text)


def ask_cfn_lint(template: Template, regions: Sequence[str] = ()) -> list[Message]:
    """What cfn-lint says for these Regions; a message that it is missing where it is not installed.

    Configuration files of the working directory and of the user's account do not count.
    """
    decode = _installed("cfnlint.decode")
    if decode is None:
        return [_missing(CFN_LINT)]
    try:
        tree, faults = decode.decode_str(template.text)
        matches = list(faults or [])
        if tree is not None and not matches:
            matches = list(_lint(tree, tuple(regions) or (DEFAULT_REGION,)))
    except _STUMBLES as error:
        return [_failed(CFN_LINT, error)]
    messages = [_from_cfn_lint(match, template) for match in matches]
    return list({(m.rule, m.path, m.text): m for m in messages}.values())


def _lint(tree: Any, regions: tuple[str, ...]) -> Iterator[Any]:
    """The matches of cfn-lint's rules. A template that its transform cannot take yields the reasons instead."""
    lint_template = importlib.import_module("cfnlint.template").Template(None, tree, list(regions), {})
    reasons = lint_template.transform()
    if reasons:
        yield from reasons
        return
    # Without a configuration: making one reads files of the working directory and of the user's account.
    yield from _rules().run(filename=None, cfn=lint_template)


@cache
def _rules() -> Any:
    """cfn-lint's rules, read once."""
    return importlib.import_module("cfnlint.core").get_rules([], [], ["I", "W", "E"], {}, False)


def _from_cfn_lint(match: Any, template: Template) -> Message:
    found = tuple(step for step in getattr(match, "path", None) or () if isinstance(step, (str, int)))
    path = template.existing(found)
    severity = {"I": Severity.INFO, "W": Severity.WARNING}.get(match.rule.id[:1], Severity.ERROR)
    return Message(
        severity=severity,
        rule=match.rule.id,
        text=_shortened(match.message),
        path=path,
        line=template.line(path) if path else match.linenumber or 1,
        resource=str(path[1]) if len(path) > 1 and path[0] == "Resources" else None,
        judge=CFN_LINT,
        hint="",
        link=match.rule.source_url or "",
    )


def _missing(judge: str) -> Message:
    text = f"{judge} is not installed, so it has not judged the template"
    hint = f"Install it into the program's environment: {sys.executable} -m pip install {judge}"
    if getattr(sys, "frozen", False):
        text = f"{judge} is not part of this program, so it has not judged the template"
        hint = f"Use it by itself on the exported file: pip install {judge}"
    return Message(severity=Severity.INFO, rule=MISSING, text=text, judge=judge, hint=hint)


def _failed(judge: str, error: Exception) -> Message:
    text = f"{judge} could not judge the template ({type(error).__name__}: {error})"
    return Message(severity=Severity.INFO, rule=FAILED, text=text, judge=judge)
