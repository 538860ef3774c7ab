"""D119: a deployment of an API waits for the API's methods."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import same

_DEPLOYMENT, _METHOD, _API = "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Method", "AWS::ApiGateway::RestApi"


def _check(stack: Stack) -> Iterator[Fault]:
    for deployment in stack.of(_DEPLOYMENT):
        api = stack.target(deployment.get("RestApiId"), _API)
        if api is None or api.has("Body") or api.has("BodyS3Location"):
            continue
        methods = [m for m in stack.of(_METHOD) if same(m.get("RestApiId"), deployment.get("RestApiId"))]
        late = [m for m in methods if not stack.waits(deployment, m) and stack.together(m, deployment)]
        if methods and len(late) == len(methods):
            text = f"{deployment.id} does not wait for {late[0].id} or any other method of {api.id}"
            yield Fault(("Resources", deployment.id), text, f"Add DependsOn: {late[0].id}, and all other methods.")
        elif late:
            text = f"{deployment.id} does not wait for {late[0].id}, which may be missing in it"
            hint = f"Add DependsOn: {late[0].id}."
            yield Fault(("Resources", deployment.id), text, hint, Severity.WARNING)


RULE = Rule(
    id="D119",
    title="API deployments wait for the methods",
    why="API Gateway refuses it: 'The REST API doesn't contain any methods'; methods that come later are not in it.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-deployment.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_DEPLOYMENT,),
    others=("W3660",),
)
