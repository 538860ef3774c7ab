"""D51: the bucket for access logs lets the load balancer write before that one is made."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.views.balancers import BALANCER
from designer.cloudformation.validation.views.logs import log_buckets
from designer.cloudformation.validation.views.policies import read_policy

_POLICY = "AWS::S3::BucketPolicy"


def _check(stack: Stack) -> Iterator[Fault]:
    for balancer, bucket in log_buckets(stack):
        policies = [policy for policy in stack.of(_POLICY) if stack.target(policy.get("Bucket")) is bucket]
        path = balancer.path("LoadBalancerAttributes")
        allowing = [policy for policy in policies if _could_write(policy)]
        if not allowing:
            text = f"no policy of {bucket.id} lets Elastic Load Balancing write the access logs of {balancer.id}"
            hint = "Allow s3:PutObject to the service logdelivery.elasticloadbalancing.amazonaws.com."
            yield Fault(path, text, hint)
        elif not stack.waits(balancer, *allowing):
            text = f"{balancer.id} writes to {bucket.id}, but does not wait for its policy {allowing[0].id}"
            yield Fault(path, text, f"Add DependsOn: {allowing[0].id}.")


def _could_write(policy: Resource) -> bool:
    """Whether a bucket policy could admit the log delivery, as a service or as the account of older Regions."""
    document = read_policy(policy.get("PolicyDocument"), policy.path("PolicyDocument"))
    if not document.known:
        return True
    for statement in document.statements:
        if statement.could_allow_action("s3:PutObject") and statement.body.get("Principal"):
            return True
    return False


RULE = Rule(
    id="D51",
    title="The log bucket's policy comes before the load balancer",
    why="Elastic Load Balancing tries to write while it makes the load balancer: 'Access Denied for bucket'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    severity=Severity.ERROR,
    check=_check,
    types=(BALANCER,),
)
