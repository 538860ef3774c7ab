"""What SARIF 2.1.0 (OASIS standard, sections 3.13 to 3.52) asks of the objects that the program writes.

Closed: a property that is not named here is an error.
"""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string", "minLength": 1}
_TAGS = {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True}
_PROPERTIES = {"type": "object", "properties": {"tags": _TAGS}}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_INDEX = {"type": "integer", "minimum": 0}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _list(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


_MESSAGE = _object(["text"], text=_TEXT)
_ARTIFACT_LOCATION = _object(["uri"], uri={"type": "string", "format": "uri-reference"}, index=_INDEX)
_LOCATION = _object(
    ["physicalLocation"],
    id=_INDEX,
    message=_MESSAGE,
    physicalLocation=_object(
        ["artifactLocation", "region"],
        artifactLocation=_ARTIFACT_LOCATION,
        region=_object(["startLine"], startLine={"type": "integer", "minimum": 1}),
    ),
    logicalLocations=_list(
        _object(["name", "fullyQualifiedName", "kind"], name=_TEXT, fullyQualifiedName=_TEXT, kind=_TEXT), 1
    ),
)
_RULE = _object(
    ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
    id=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    helpUri={"type": "string", "format": "uri", "pattern": "^https://"},
    defaultConfiguration=_object(["level"], level=_LEVEL),
    properties=_PROPERTIES,
)
_RESULT = _object(
    ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    ruleId=_TEXT,
    ruleIndex=_INDEX,
    level=_LEVEL,
    message=_MESSAGE,
    locations=_list(_LOCATION, 1),
    relatedLocations=_list(_LOCATION, 1),
    partialFingerprints={"type": "object", "additionalProperties": _TEXT, "minProperties": 1},
    codeFlows=_list(
        _object(
            ["threadFlows"],
            threadFlows=_list(_object(["locations"], locations=_list(_object(["location"], location=_LOCATION), 1)), 1),
        ),
        1,
    ),
    properties=_PROPERTIES,
    suppressions=_list(
        _object(
            ["kind"],
            kind={"enum": ["inSource", "external"]},
            status={"enum": ["accepted", "underReview", "rejected"]},
            justification=_TEXT,
            location=_LOCATION,
        )
    ),
)
_DRIVER = _object(
    ["name"],
    name=_TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules={**_list(_RULE), "uniqueItems": True},
)
_RUN = _object(
    ["tool"],
    tool=_object(["driver"], driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    artifacts={
        **_list(_object(["location"], location=_ARTIFACT_LOCATION, sourceLanguage=_TEXT), 1),
        "uniqueItems": True,
    },
    results=_list(_RESULT),
)
SARIF = _object(
    ["version", "runs"],
    **{
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": _list(_RUN),
    },
)
