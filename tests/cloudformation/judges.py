"""The external judges of a template: cloudformation-validate and cfn-lint, each as a function from text to findings."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

REGIONS = ("us-east-1", "eu-central-1", "sa-east-1", "ap-southeast-2")


class Validator:
    """cloudformation-validate by AWS: compiled resource schemas and some three hundred rules."""

    def __init__(self) -> None:
        import cloudformation_validate as library

        self._engine = library.RegoEngine()

    def findings(self, text: str) -> list[str]:
        """What is a warning or worse, as "SEVERITY RULE: message"."""
        import cloudformation_validate as library

        report = self._engine.validate_template(library.TemplateContent(text, "template.yaml"))
        worse = [found for found in report.diagnostics if found.severity.name not in ("INFO", "DEBUG")]
        return [f"{found.severity.name} {found.rule_id}: {found.message}" for found in worse]


class Linter:
    """cfn-lint, with its rules built once instead of for each template."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from cfnlint.core import get_rules

            self._rules = get_rules([], [], ["I", "W", "E"], {}, False)

    def findings(self, text: str, regions: Sequence[str] = REGIONS) -> list[str]:
        """What is a warning or worse in any of the Regions, and what the decoder refuses."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self._lint(text, list(regions))

    def _lint(self, text: str, regions: list[str]) -> list[str]:
        from cfnlint.config import ConfigMixIn
        from cfnlint.decode import decode_str
        from cfnlint.template import Template

        tree, errors = decode_str(text)
        if errors:
            return [str(error) for error in errors]
        template = Template("template.yaml", tree, regions)
        matches = self._rules.run(filename="template.yaml", cfn=template, config=ConfigMixIn([], regions=regions))
        return [f"{match.rule.id} {match.message}" for match in matches if match.rule.id[0] in "EW"]
