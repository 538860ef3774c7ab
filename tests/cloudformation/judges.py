"""The judges of a template: cloudformation-validate, cfn-lint and the own rules, each from a text to findings."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

REGIONS = ("us-east-1", "eu-central-1", "sa-east-1", "ap-southeast-2")
"""Where templates are judged: the Region that gets everything first, and three that lack some of it."""

CHOSEN = {
    "D07",  # a long template, which the notes of the export are about
    "D106",  # the health check of a load balancer, chosen for a group that is behind none
    "D111",  # a fixed capacity, chosen for a group that is scaled
}
"""Own rules about what a drawing can have on purpose."""


def own_findings(text: str) -> list[str]:
    """What the program's own rules say of a template, but for what can be on purpose, as "RULE: message"."""
    from designer.cloudformation.validation.judges import judge
    from designer.cloudformation.validation.template import read_template

    return [f"{found.rule}: {found.text}" for found in judge(read_template(text)) if found.rule not in CHOSEN]


class Validator:
    """cloudformation-validate by AWS: compiled resource schemas and some three hundred rules."""

    def __init__(self) -> None:
        import cloudformation_validate as library

        self._engine = library.RegoEngine()

    def findings(self, text: str, regions: Sequence[str] = REGIONS[:1]) -> list[str]:
        """What is a warning or worse in any of the Regions, as "SEVERITY RULE: message"."""
        return list(dict.fromkeys(found for region in regions for found in self._findings_in(region, text)))

    def _findings_in(self, region: str, text: str) -> list[str]:
        import cloudformation_validate as library

        # Without a Region the engine does not ask what is offered there.
        overrides = library.PseudoParameterOverrides(region=region)
        config = library.ValidateConfig(pseudo_parameter_overrides=overrides)
        report = self._engine.validate_template(library.TemplateContent(text, "template.yaml"), config)
        worse = [found for found in report.diagnostics if found.severity.name not in ("INFO", "DEBUG")]
        return [f"{found.severity.name} {found.rule_id}: {found.message} ({region})" for found in worse]


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
