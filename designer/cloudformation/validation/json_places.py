"""Where in the JSON text of an export the values stand."""

from __future__ import annotations

import json

from designer.cloudformation.validation.messages import Path

_CLOSING = ("}", "},", "]", "],")


def json_places(text: str) -> dict[Path, int]:
    """The line (from 1) of every value by its path, for a text as `emit.to_json` writes it: one key or item a line.

    A reader for any JSON would take ten times as long, and a window is waiting.
    """
    places: dict[Path, int] = {}
    around: list[tuple[Path, str]] = []
    counts: list[int] = []
    decode = json.JSONDecoder().raw_decode
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip()
        if not content:
            continue
        if content in _CLOSING:
            around.pop()
            counts.pop()
            continue
        path: Path = ()
        if around and around[-1][1] == "[":
            path = (*around[-1][0], counts[-1])
            counts[-1] += 1
        elif around:
            key, end = decode(content)
            path = (*around[-1][0], key)
            content = content[end + 2 :]
        places[path] = number
        if content in ("{", "["):
            around.append((path, content))
            counts.append(0)
    return places
