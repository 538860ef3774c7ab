"""No value that a user types can change the shape of a template."""

from __future__ import annotations

import json
import math
from typing import Any

import jinja2
import jinja2.sandbox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.assets import data
from designer.cloudformation.encode import MAX_KEY, Tagged, encode_text, fragment_environment, plain, render
from designer.cloudformation.fragments import Fragment, Template
from designer.cloudformation.shapes import parse_fragment
from designer.errors import UserError

HOSTILE = (
    'x"\n  Evil:\n    Type: AWS::IAM::User\n',
    "x'\n  Evil: {Type: AWS::IAM::User}",
    "!Ref Key",
    "!Sub ${AWS::AccountId}",
    "!!python/object/apply:os.system [id]",
    "!!binary aGk=",
    "!from0 x",
    "&anchor",
    "*alias",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# comment #}",
    "a\0b",
    "a\x85b",
    "a\u2028b\u2029c",
    "\ufeffBOM",
    "\ufffe\uffff",
    "emoji 📦 and \U0001d4b3",
    "---",
    "...",
    "%YAML 1.1",
    "yes",
    "No",
    "null",
    "~",
    "012",
    "0o14",
    "0x1F",
    "1e3",
    "1_000",
    "12:30",
    "190:20:30.15",
    ".inf",
    "2024-01-01",
    "2024-01-01T00:00:00Z",
    "=",
    "<<",
    "",
    " ",
    " leading and trailing ",
    "tab\there",
    "carriage\rreturn",
    "both\r\nends",
    "trailing newline\n",
    "\n\n",
    "# no comment",
    "a # b",
    "a: b",
    "- a",
    "? a",
    "[a, b",
    "{a: b",
    "'",
    '"',
    "\\",
    "\\u0041\\n",
    "|",
    ">",
    "@at",
    "`tick`",
    "\x1b[31m\x7f\x80",
    "y" * 5000,
    "</script>",
    "${AWS::StackName}",
)

TEMPLATE = """
{% macro twice(value) %}
  Macro: {{ value }}
  Again: [{{ value }}, {{ {"inner": value} }}]
{% endmacro %}
Resources:
  Value: {{ value }}
  List: [{{ value }}, 2]
  Items:
    - {{ value }}
  Nested: {{ {"a": [value, {"b": value}]} }}
{{ twice(value) }}
  Last: end
"""

ENVIRONMENT = fragment_environment(jinja2.DictLoader({"t": TEMPLATE, "key": "Resources:\n  {{ value }}: 1\n"}))


def fragment(name: str, value: Any) -> Fragment:
    text, values = render(ENVIRONMENT.get_template(name), {"value": value})
    return parse_fragment(text, "test", values)


def parsed(name: str, value: Any) -> Any:
    return fragment(name, value).tree


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_stays_a_text_wherever_it_stands(value: str) -> None:
    assert parsed("t", value) == {
        "Resources": {
            "Value": value,
            "List": [value, 2],
            "Items": [value],
            "Nested": {"a": [value, {"b": value}]},
            "Macro": value,
            "Again": [value, {"inner": value}],
            "Last": "end",
        }
    }


@pytest.mark.parametrize("value", [text for text in HOSTILE if len(text) < 900])
def test_a_hostile_text_stays_one_key(value: str) -> None:
    assert parsed("key", value) == {"Resources": {value: 1}}
    assert parsed("t", {value: value})["Resources"]["Value"] == {value: value}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(JSON)
def test_every_json_value_comes_through_a_template_unchanged(value: Any) -> None:
    found = parsed("t", value)["Resources"]["Value"]
    assert found == value
    assert json.dumps(found, sort_keys=True) == json.dumps(value, sort_keys=True)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300), st.integers()))
def test_every_text_of_moderate_length_can_be_a_key(value: dict[str, int]) -> None:
    # Escapes make a key six times as long, and YAML looks for its colon no further than 1,024 characters.
    if any(len(encode_text(key)) > MAX_KEY for key in value):
        with pytest.raises(ValueError, match="a key has more than"):
            plain(value, {})
        return
    assert parsed("t", value)["Resources"]["Value"] == value


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, object(), b"bytes", {1: "number as key"}, {None: 1}, {"a"}, "half \ud800 pair",
     {"half \udfff pair": 1}, {"x" * 1001: 1}, [object()], {"deep": math.nan}, jinja2, lambda: None],
)  # fmt: skip
def test_what_has_no_place_in_a_template_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        plain(value, {})
    with pytest.raises((ValueError, TypeError, jinja2.TemplateError)):
        parsed("t", value)


def test_endless_nesting_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(ValueError, match="nested deeper"):
        plain(value, {})


def test_a_missing_value_is_an_error_and_not_nothing() -> None:
    environment = fragment_environment(jinja2.DictLoader({"t": "A: {{ missing }}", "u": "A: {{ value.missing }}"}))
    for name in ("t", "u"):
        with pytest.raises(jinja2.UndefinedError):
            environment.get_template(name).render(value={})


@pytest.mark.parametrize(
    "source", ["{{ value | safe }}", "{{ value | e }}", "{{ value | forceescape }}", "{{ value | tojson }}"]
)
def test_no_filter_leads_around_the_encoding(source: str) -> None:
    environment = fragment_environment(jinja2.DictLoader({"t": f"A: {source}"}))
    with pytest.raises(jinja2.TemplateAssertionError, match="No filter"):
        environment.get_template("t")


@pytest.mark.parametrize("source", ["{{ ''.__class__ }}", "{{ value.__init__.__globals__ }}", "{{ value.append(1) }}"])
def test_the_sandbox_keeps_templates_from_reaching_out(source: str) -> None:
    environment = fragment_environment(jinja2.DictLoader({"t": f"A: {source}"}))
    with pytest.raises((jinja2.TemplateError, TypeError)):
        environment.get_template("t").render(value=[])


class Thing:
    """Something that a template may be given: methods of every sort."""

    def __init__(self, said: str = "one") -> None:
        self.said = said
        self.items = "an attribute, not a method"

    def tell(self) -> str:
        """What it was made with."""
        return self.said

    def nothing(self) -> str:
        """Finds nothing, as `next` does."""
        return next(iter(()))

    @jinja2.sandbox.unsafe
    def forbidden(self) -> str:
        """Not for templates."""
        return self.said

    @jinja2.pass_context
    def asking(self, context: Any) -> str:
        """Looks around in the template."""
        return str(context["word"])


def marked(mark: str) -> Any:
    """Functions made of the same code, some of them with a mark."""

    def told() -> str:
        return mark

    if mark:
        told.alters_data = True  # type: ignore[attr-defined]
    return told


@pytest.mark.parametrize("source", ["thing.forbidden()", "late()", "thing.nothing()", "'{0.said}'.format(thing)._x"])
def test_what_was_called_before_opens_no_way_for_what_may_not_be(source: str) -> None:
    environment = fragment_environment(jinja2.DictLoader({}))
    given = {"thing": Thing(), "early": marked(""), "late": marked("unsafe")}
    for _ in range(2):
        _text, values = render(environment.from_string("{{ thing.tell() }}{{ early() }}{{ thing.items }}"), given)
        assert values == ["one", "", "an attribute, not a method"]
        with pytest.raises((jinja2.exceptions.SecurityError, jinja2.exceptions.UndefinedError)):
            render(environment.from_string("{{ " + source + " }}"), given)


def test_calls_in_a_template_are_what_they_are_in_jinja2() -> None:
    environment = fragment_environment(jinja2.DictLoader({}))
    calls = "{{ thing.asking() }}{{ thing.tell() }}{{ table.key }}{{ table.get('key') }}{{ table.items() }}"
    source = "{% for each in words %}{% set word = each %}" + calls + "{% endfor %}"
    given = {"thing": Thing(), "words": ["x"], "word": "y", "table": {"key": 1, "items": 2}}
    _text, values = render(environment.from_string(source), given)
    assert [list(v) if not isinstance(v, (str, int)) else v for v in values] == [
        "x",
        "one",
        1,
        1,
        [("key", 1), ("items", 2)],
    ]


def test_a_tagged_value_names_its_writer() -> None:
    made = fragment("t", [1, Tagged({"Ref": "Q"}, "connection:one")])
    resources = made.tree["Resources"]
    assert resources["Value"] == [1, {"Ref": "Q"}]
    template = Template()
    template.merge(made.tree, "component:a")
    template.writers.update(made.writers)
    assert template.writer(resources["Value"], 1, "nobody") == "connection:one"
    assert template.writer(resources["Value"], 0, "nobody") == "nobody"


def test_a_tagged_value_names_its_writer_in_a_map_in_a_list_and_under_a_key_that_is_a_value() -> None:
    source = "A: {x: {{ v }}, y: [1, {{ v }}]}\nB:\n  {{ key }}: {{ v }}\n"
    template = fragment_environment(jinja2.DictLoader({"t": source})).get_template("t")
    text, values = render(template, {"v": Tagged("w", "connection:one"), "key": "k"})
    made = parse_fragment(text, "test", values)
    assert made.tree == {"A": {"x": "w", "y": [1, "w"]}, "B": {"k": "w"}}
    places = [(made.tree["A"], "x"), (made.tree["A"]["y"], 1), (made.tree["B"], "k")]
    assert made.writers == {id(container): {key: "connection:one"} for container, key in places}


def test_fragments_of_one_shape_share_nothing_that_differs() -> None:
    first, second = fragment("t", {"a": 1}), fragment("t", {"a": 2})
    assert first.tree["Resources"]["Value"] == {"a": 1}
    assert second.tree["Resources"]["Value"] == {"a": 2}
    assert fragment("key", "A").tree == {"Resources": {"A": 1}}
    assert fragment("key", "B").tree == {"Resources": {"B": 1}}


def test_a_value_is_no_place_and_a_key_is_given_once() -> None:
    assert parsed("t", "\ue0000")["Resources"]["Macro"] == "\ue0000"
    source = "A:\n  {{ value }}: 1\n  B: 2\n"
    template = fragment_environment(jinja2.DictLoader({"t": source})).get_template("t")
    text, values = render(template, {"value": "B"})
    with pytest.raises(ValueError, match="given twice"):
        parse_fragment(text, "test", values)


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2", "- list", "? [a]: b", "a: &x 1\nb: *x"])
def test_a_fragment_that_is_no_mapping_of_plain_yaml_is_an_error_with_its_name(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_fragment(text, "orders")
    assert caught.value.name == "orders"


TEMPLATES = sorted((data("templates") / "cloudformation").rglob("*.yaml.j2"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_expression_of_a_template_stands_alone(path: Any) -> None:
    """An encoded value is a whole scalar: next to other text, or inside quotes, it would not mean what it says."""
    environment = fragment_environment(jinja2.DictLoader({}))
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, kind, _text in environment.lex(path.read_text(encoding="utf-8")):
        if kind == "variable_begin":
            assert _stands_alone(lines, number), f"{path.name}:{number}: {lines[number - 1]}"


def _stands_alone(lines: list[str], number: int) -> bool:
    """Whether the expressions of a line are each a key, a value, an item of a flow list, or a line of their own."""
    rest = lines[number - 1]
    if rest.count("{{") > rest.count("}}"):
        return rest.split("{{")[0].strip() == "" or rest.split("{{")[0].rstrip().endswith(":")
    for start, end in _spans(rest):
        before, after = rest[:start].rstrip(), rest[end:].lstrip()
        fits_before = before == "" or before.endswith((":", "-", "[", ","))
        fits_after = after == "" or after.startswith((":", ",", "]"))
        if not (fits_before and fits_after):
            return False
    return True


def _spans(line: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    while (start := line.find("{{", at)) >= 0:
        depth, end = 0, start
        while True:
            if line.startswith("{{", end) and depth == 0:
                depth, end = 1, end + 2
            elif line.startswith("}}", end) and not line.startswith("}}}", end):
                end += 2
                break
            else:
                end += 1
        spans.append((start, end))
        at = end
    return spans
