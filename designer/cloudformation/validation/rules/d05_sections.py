"""D05: the template has the sections that CloudFormation knows, in their shapes."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack

_MAPPINGS = ("Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Resources", "Outputs", "Hooks")
_TOP = {*_MAPPINGS, "AWSTemplateFormatVersion", "Description", "Transform", "Fn::Transform"}
_OF_RESOURCES = {
    "Type", "Properties", "DependsOn", "Condition", "Metadata", "CreationPolicy", "UpdatePolicy", "DeletionPolicy",
    "UpdateReplacePolicy",
}  # fmt: skip
_CUSTOM = ("Custom::", "AWS::CloudFormation::CustomResource")
_VERSION = "2010-09-09"


def _check(stack: Stack) -> Iterator[Fault]:
    if not stack.template.readable:
        return
    yield from _top(stack)
    if not stack.definitions and "Fn::Transform" not in stack.template.tree:
        yield Fault(("Resources",), "the template has no resources; CloudFormation wants at least one")
    if not stack.transformed:
        for key in stack.definitions:
            yield from _resource(stack, key)


def _top(stack: Stack) -> Iterator[Fault]:
    for key, value in stack.template.tree.items():
        if key not in _TOP and not stack.transformed:
            known = ", ".join(sorted(_TOP))
            yield Fault((key,), f"{key} is no section of a template", f"There are {known}.")
        elif key in _MAPPINGS and not isinstance(value, dict):
            what = "is empty" if value is None else "has to be a mapping of names to entries"
            yield Fault((key,), f"the section {key} {what}", "Take it out where there is nothing in it.")
    version = stack.template.tree.get("AWSTemplateFormatVersion", _VERSION)
    if str(version) != _VERSION:
        path = ("AWSTemplateFormatVersion",)
        yield Fault(path, f"the format version is {version}; the only one there is is {_VERSION}")


def _resource(stack: Stack, key: str) -> Iterator[Fault]:
    definition, path = stack.definitions[key], ("Resources", key)
    if key.startswith("Fn::"):
        return
    if not isinstance(definition, dict):
        yield Fault(path, f"{key} has to be a mapping with Type and Properties")
        return
    if not isinstance(definition.get("Type"), str):
        yield Fault(path, f"{key} has no Type", "Say which resource type it is, for example AWS::SQS::Queue.")
    if not isinstance(definition.get("Properties", {}), dict):
        yield Fault((*path, "Properties"), f"the Properties of {key} have to be a mapping")
    for name in definition:
        of_custom = name == "Version" and str(definition.get("Type")).startswith(_CUSTOM)
        if name not in _OF_RESOURCES and not name.startswith("Fn::") and not of_custom:
            yield Fault((*path, name), f"{name} is no attribute of a resource", "Does it belong under Properties?")


RULE = Rule(
    id="D05",
    title="Sections and resources have their shape",
    why="CloudFormation refuses a template with sections or resource attributes that it does not know.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E1001", "E3001", "E6101", "F1001", "F3001", "F1005", "F0002", "F0005"),
)
