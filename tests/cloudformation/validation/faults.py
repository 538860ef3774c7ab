"""Faults as people make them: each turns one thing of a good template into something that does not deploy or work.

A fault names the rule that has to speak, the template in `good/`, what to replace by what (each text stands in the
template once), and the path that the message has to give.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One change of a good template, and the rule and path that have to be named."""

    rule: str
    template: str
    old: str
    new: str
    path: str

    @property
    def name(self) -> str:
        """For the report of the tests."""
        return f"{self.rule}-{self.path}"


def resource(key: str, *lines: str) -> str:
    """The text of one more resource."""
    return "\n".join([f"  {key}:", *(f"    {line}" for line in lines), ""])


_VPC_B = """  OtherVpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.99.0.0/16
"""
_DESCRIPTION = "Description: Parameters, conditions, mappings and outputs around two queues."
_QUEUE_PROPERTIES = "      DelaySeconds: !FindInMap [Sizes, !Ref Environment, Delay]"

TEXT = [
    Fault("D01", "plain", "          Value: !Sub ${Retention} days", "          Value: &days !Sub ${Retention} days\n"
          "        - Key: again\n          Value: *days", "Resources.Queue.Properties.Tags.2.Value"),
    Fault("D01", "plain", "    Metadata:\n      Mode: '0644'", "    Metadata:\n      <<: {a: b}",
          "Resources.Document.Metadata"),
    Fault("D02", "plain", "    DependsOn: Queue\n", "    DependsOn: Queue\n    DependsOn: Document\n",
          "Resources.Archive.DependsOn"),
    Fault("D03", "plain", "!GetAtt Queue.Arn", "!GetAttribute Queue.Arn", "Outputs.QueueArn.Value"),
    Fault("D03", "plain", _DESCRIPTION, "Description: 'unfinished", ""),
    Fault("D04", "plain", "    Default: '012345670123'", "    Default: 012345670123", "Parameters.Owner.Default"),
    Fault("D04", "fleet", "      Version: '1.33'", "      Version: 1.30", "Resources.Cluster.Properties.Version"),
    Fault("D04", "plain", _QUEUE_PROPERTIES, _QUEUE_PROPERTIES + "\n      QueueName: 22:22",
          "Resources.Queue.Properties.QueueName"),
    Fault("D05", "plain", "Mappings:", "Mapping:", "Mapping"),
    Fault("D05", "plain", "    DependsOn: Queue\n", "    DependOn: Queue\n", "Resources.Archive.DependOn"),
    Fault("D05", "plain", "  Document:\n    Type: AWS::SSM::Parameter", "  Document:\n    Kind: AWS::SSM::Parameter",
          "Resources.Document"),
    Fault("D05", "plain", "AWSTemplateFormatVersion: '2010-09-09'", "AWSTemplateFormatVersion: '2012-10-17'",
          "AWSTemplateFormatVersion"),
    Fault("D06", "plain", _DESCRIPTION, "Description: " + 300 * "long ", "Description"),
    Fault("D06", "plain", "Outputs:\n", "Outputs:\n" + "".join(f"  O{n}:\n    Value: x\n" for n in range(200)), "Outputs"),
    Fault("D06", "plain", "Resources:\n", "Resources:\n" + "".join(
        f"  R{n}:\n    Type: AWS::SNS::Topic\n" for n in range(500)), "Resources"),
    Fault("D07", "plain", "Mappings:", "# " + 52_000 * "x" + "\nMappings:", ""),
    Fault("D08", "plain", "  Document:\n", "  My-Document:\n", "Resources.My-Document"),
    Fault("D08", "plain", "  Document:\n", "  Owner:\n", "Resources.Owner"),
    Fault("D09", "plain", "Value: !Ref Owner", "Value: !Ref Owners", "Resources.Queue.Properties.Tags.0.Value.Ref"),
    Fault("D09", "plain", "!GetAtt Queue.Arn", "!GetAtt Queues.Arn", "Outputs.QueueArn.Value.Fn::GetAtt"),
    Fault("D09", "plain", "!Sub '${!Kept} as it is'", "!Sub '${aws:username} as it is'",
          "Resources.Document.Properties.Value.Fn::If.2.Fn::Sub"),
    Fault("D10", "plain", "    DependsOn: Queue\n", "    DependsOn: [Queue, Gone]\n", "Resources.Archive.DependsOn.1"),
    Fault("D10", "plain", "    DependsOn: Queue\n", "    DependsOn: Owner\n", "Resources.Archive.DependsOn"),
    Fault("D11", "functions", "      SourceAccount: !Ref AWS::AccountId", "      SourceArn: !GetAtt Uploads.Arn",
          "Resources.UploadPermission.Properties.SourceArn.Fn::GetAtt"),
    Fault("D12", "plain", "    Condition: IsProduction\n    DependsOn", "    Condition: IsProductive\n    DependsOn",
          "Resources.Archive.Condition"),
    Fault("D12", "plain", "!FindInMap [Sizes,", "!FindInMap [Size,", "Resources.Queue.Properties.DelaySeconds.Fn::FindInMap"),
    Fault("D13", "plain", "    Default: test\n", "    Default: tests\n", "Parameters.Environment.Default"),
    Fault("D13", "plain", "    Default: 4\n", "    Default: 40\n", "Parameters.Retention.Default"),
    Fault("D13", "plain", "    Default: '012345670123'", "    Default: '01234567012'", "Parameters.Owner.Default"),
    Fault("D13", "plain", "  Retention:\n    Type: Number\n", "  Retention:\n", "Parameters.Retention"),
    Fault("D14", "plain", "Value: !Ref Owner", "Value: me", "Parameters.Owner"),
    Fault("D15", "plain", "!GetAtt Queue.Arn", "!GetAtt Queue.ARN", "Outputs.QueueArn.Value.Fn::GetAtt"),
    Fault("D15", "web", "!Sub https://${Balancer.DNSName}", "!Sub https://${Balancer.DomainName}", "Outputs.Url.Value.Fn::Sub"),
    Fault("D16", "plain", "!Select [1, !Ref Blocks]", "!Select [2, !Ref Blocks]",
          "Resources.Queue.Properties.Tags.2.Value.Fn::Select"),
    Fault("D16", "web", "!Select [1, !Cidr [!Ref VpcCidr, 8, 8]]", "!Select [1, !Cidr [!Ref VpcCidr, 8, 14]]",
          "Resources.PublicB.Properties.CidrBlock.Fn::Select.1.Fn::Cidr"),
    Fault("D16", "plain", "Environment, Delay]", "Environment, Pause]", "Resources.Queue.Properties.DelaySeconds.Fn::FindInMap"),
    Fault("D17", "plain", "'${AWS::StackName}-archive'", "'${AWS::StackName}-queue'", "Outputs.ArchiveArn.Export.Name"),
    Fault("D18", "plain", "  ArchiveArn:\n    Condition: IsProduction\n", "  ArchiveArn:\n",
          "Outputs.ArchiveArn.Value.Fn::GetAtt"),
]  # fmt: skip

NETWORK = [
    Fault("D20", "web", "!Select [0, !GetAZs '']\n      CidrBlock: 10.20.8.0/24", "eu-west-1a\n      CidrBlock: 10.20.8.0/24",
          "Resources.PrivateA.Properties.AvailabilityZone"),
    Fault("D21", "fleet", "      ImageId: !Ref Image\n      InstanceType: m7g.large",
          "      ImageId: ami-0abcdef1234567890\n      InstanceType: m7g.large", "Resources.Server.Properties.ImageId"),
    Fault("D22", "fleet", "      CidrBlock: 10.40.0.0/16", "      CidrBlock: 10.0.0.0/8", "Resources.Vpc.Properties.CidrBlock"),
    Fault("D22", "fleet", "      CidrBlock: 10.40.11.0/24", "      CidrBlock: 10.40.11.0/29",
          "Resources.PrivateB.Properties.CidrBlock"),
    Fault("D23", "web", "      CidrBlock: 10.20.9.0/24", "      CidrBlock: 10.20.8.128/25",
          "Resources.PrivateB.Properties.CidrBlock"),
    Fault("D23", "web", "!Select [1, !Cidr [!Ref VpcCidr, 8, 8]]", "!Select [0, !Cidr [!Ref VpcCidr, 8, 8]]",
          "Resources.PublicB.Properties.CidrBlock"),
    Fault("D24", "web", "      CidrBlock: 10.20.9.0/24", "      CidrBlock: 10.21.9.0/24",
          "Resources.PrivateB.Properties.CidrBlock"),
    Fault("D25", "web", "!Select [1, !GetAZs '']\n      CidrBlock: !Select", "!Select [0, !GetAZs '']\n      CidrBlock: !Select",
          "Resources.Balancer.Properties.Subnets"),
    Fault("D26", "web", "Subnets: [!Ref PublicA, !Ref PublicB]", "Subnets: [!Ref PublicA]", "Resources.Balancer.Properties.Subnets"),
    Fault("D27", "fleet", "        SubnetIds: [!Ref PrivateA, !Ref PrivateB]", "        SubnetIds: [!Ref PrivateA, !Ref PublicA]",
          "Resources.Cluster.Properties.ResourcesVpcConfig.SubnetIds"),
    Fault("D28", "web", "      SubnetIds: [!Ref PrivateA, !Ref PrivateB]", "      SubnetIds: [!Ref PrivateA, !Ref PublicA]",
          "Resources.SecretsEndpoint.Properties.SubnetIds"),
    Fault("D29", "web", "      SubnetId: !Ref PrivateB\n      SecurityGroups", "      SubnetId: !Ref PublicA\n      SecurityGroups",
          "Resources.FilesB.Properties.SubnetId"),
    Fault("D30", "web", "  PublicRoute:\n    Type: AWS::EC2::Route\n    DependsOn: Attachment\n",
          "  PublicRoute:\n    Type: AWS::EC2::Route\n", "Resources.PublicRoute.Properties.GatewayId"),
    Fault("D31", "web", "    Type: AWS::EC2::EIP\n    DependsOn: Attachment\n", "    Type: AWS::EC2::EIP\n", "Resources.Address"),
    Fault("D32", "web", "    DependsOn: [Attachment, LogsPolicy]", "    DependsOn: LogsPolicy", "Resources.Balancer"),
    Fault("D33", "fleet", "    Type: AWS::EC2::EIP\n    DependsOn: Attachment\n", "    Type: AWS::EC2::EIP\n", "Resources.Nat"),
    Fault("D34", "web", "    DependsOn: [Listener, PrivateRoute]", "    DependsOn: Listener", "Resources.Service"),
    Fault("D34", "fleet", "  Fleet:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    DependsOn: PrivateRoute\n",
          "  Fleet:\n    Type: AWS::AutoScaling::AutoScalingGroup\n", "Resources.Fleet"),
    Fault("D35", "fleet", "      SubnetId: !Ref PublicA\n  PrivateTable:", "      SubnetId: !Ref PrivateB\n  PrivateTable:",
          "Resources.Nat.Properties.SubnetId"),
    Fault("D36", "web", "Subnets: [!Ref PublicA, !Ref PublicB]", "Subnets: [!Ref PrivateA, !Ref PrivateB]",
          "Resources.Balancer.Properties.Subnets"),
    Fault("D37", "web", "  TaskGroup:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n"
          "      GroupDescription: Tasks, from the load balancer\n      VpcId: !Ref Vpc\n",
          _VPC_B + "  TaskGroup:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n"
          "      GroupDescription: Tasks, from the load balancer\n      VpcId: !Ref OtherVpc\n",
          "Resources.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups"),
    Fault("D38", "web", "      EnableDnsHostnames: true\n", "", "Resources.SecretsEndpoint.Properties.PrivateDnsEnabled"),
    Fault("D39", "web", "      SubnetId: !Ref PrivateB\n      RouteTableId", "      SubnetId: !Ref PrivateA\n      RouteTableId",
          "Resources.PrivateTableB.Properties.SubnetId"),
    Fault("D39", "web", "  PrivateTableA:\n", resource(
        "SecondRoute", "Type: AWS::EC2::Route", "Properties:", "  RouteTableId: !Ref PrivateTable",
        "  DestinationCidrBlock: 0.0.0.0/0", "  NatGatewayId: !Ref Nat") + "  PrivateTableA:\n",
          "Resources.SecondRoute.Properties.DestinationCidrBlock"),
    Fault("D40", "web", "GroupDescription: Tasks, from the load balancer", "GroupDescription: Läuft hinter dem Verteiler",
          "Resources.TaskGroup.Properties.GroupDescription"),
    Fault("D40", "web", "        - Description: HTTPS\n", "        - Description: HTTPS, what else?\n",
          "Resources.BalancerGroup.Properties.SecurityGroupIngress.0.Description"),
    Fault("D41", "web", "          CidrIp: 127.0.0.1/32\n  TaskGroup:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n",
          "          DestinationSecurityGroupId: !GetAtt TaskGroup.GroupId\n"
          "  TaskGroup:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n"
          "      SecurityGroupIngress:\n        - IpProtocol: tcp\n          FromPort: 443\n          ToPort: 443\n"
          "          SourceSecurityGroupId: !GetAtt BalancerGroup.GroupId\n",
          "Resources.BalancerGroup.Properties.SecurityGroupEgress.0.DestinationSecurityGroupId.Fn::GetAtt"),
    Fault("D42", "web", "      GroupId: !GetAtt BalancerGroup.GroupId\n      IpProtocol: tcp\n      FromPort: 8080\n      ToPort: 8080",
          "      GroupId: !GetAtt BalancerGroup.GroupId\n      IpProtocol: tcp\n      FromPort: 8081\n      ToPort: 8081",
          "Resources.TasksFromBalancer.Properties"),
    Fault("D43", "web", "      GroupId: !GetAtt TaskGroup.GroupId\n      IpProtocol: tcp\n      FromPort: 8080\n      ToPort: 8080",
          "      GroupId: !GetAtt TaskGroup.GroupId\n      IpProtocol: tcp\n      FromPort: 8081\n      ToPort: 8081",
          "Resources.BalancerToTasks.Properties"),
]  # fmt: skip

BALANCERS = [
    Fault("D44", "web", "  TasksFromBalancer:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties:\n"
          "      GroupId: !GetAtt TaskGroup.GroupId\n", "  TasksFromBalancer:\n    Type: AWS::EC2::SecurityGroupIngress\n"
          "    Properties:\n      GroupId: !GetAtt BalancerGroup.GroupId\n",
          "Resources.Service.Properties.LoadBalancers.0.TargetGroupArn"),
    Fault("D45", "web", "        - Type: forward\n          TargetGroupArn: !Ref Targets\n",
          "        - Type: fixed-response\n          FixedResponseConfig:\n            StatusCode: '404'\n",
          "Resources.Service.Properties.LoadBalancers.0.TargetGroupArn"),
    Fault("D46", "web", "    DependsOn: [Listener, PrivateRoute]", "    DependsOn: PrivateRoute", "Resources.Service"),
    Fault("D47", "web", "      TargetType: ip\n", "", "Resources.Targets.Properties"),
    Fault("D47", "fleet", "      TargetType: instance", "      TargetType: ip", "Resources.Targets.Properties.TargetType"),
    Fault("D48", "fleet", "      Port: 80\n      Protocol: TCP\n", "      Port: 80\n      Protocol: HTTP\n",
          "Resources.Listener.Properties.Protocol"),
    Fault("D48", "fleet", "      Protocol: TCP\n      Port: 8080", "      Protocol: HTTP\n      Port: 8080",
          "Resources.Targets.Properties.Protocol"),
    Fault("D49", "web", "      Certificates:\n        - CertificateArn: !Ref CertificateArn\n", "", "Resources.Listener.Properties"),
    Fault("D50", "web", "SSEAlgorithm: AES256", "SSEAlgorithm: aws:kms",
          "Resources.Logs.Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm"),
    Fault("D51", "web", "    DependsOn: [Attachment, LogsPolicy]", "    DependsOn: Attachment",
          "Resources.Balancer.Properties.LoadBalancerAttributes"),
    Fault("D51", "web", "            Action: s3:PutObject", "            Action: s3:GetObject",
          "Resources.Balancer.Properties.LoadBalancerAttributes"),
    Fault("D52", "web", "HealthCheckTimeoutSeconds: 5", "HealthCheckTimeoutSeconds: 15",
          "Resources.Targets.Properties.HealthCheckTimeoutSeconds"),
    Fault("D52", "fleet", "      TargetType: instance", "      TargetType: instance\n      HealthCheckPath: /health",
          "Resources.Targets.Properties.HealthCheckPath"),
    Fault("D53", "web", "      Port: 80\n", "      Port: 443\n", "Resources.Redirect.Properties.Port"),
    Fault("D54", "fleet", "load_balancing.cross_zone.enabled", "routing.http2.enabled",
          "Resources.Balancer.Properties.LoadBalancerAttributes.0.Key"),
]  # fmt: skip

CONTAINERS = [
    Fault("D55", "web", "        - ContainerName: web", "        - ContainerName: app",
          "Resources.Service.Properties.LoadBalancers.0.ContainerName"),
    Fault("D55", "web", "            - ContainerPort: 8080", "            - ContainerPort: 80",
          "Resources.Service.Properties.LoadBalancers.0.ContainerPort"),
    Fault("D56", "web", "      Memory: '1024'", "      Memory: '1536'", "Resources.Task.Properties.Memory"),
    Fault("D56", "web", "      Cpu: '512'", "      Cpu: '600'", "Resources.Task.Properties.Cpu"),
    Fault("D57", "web", "      ExecutionRoleArn: !GetAtt ExecutionRole.Arn\n", "", "Resources.Task.Properties"),
    Fault("D58", "web", "      NetworkMode: awsvpc\n", "      NetworkMode: bridge\n", "Resources.Task.Properties.NetworkMode"),
    Fault("D59", "web", "          Essential: true", "          Essential: false", "Resources.Task.Properties.ContainerDefinitions"),
    Fault("D59", "web", "          Memory: 512", "          Memory: 2048", "Resources.Task.Properties.ContainerDefinitions"),
    Fault("D60", "web", "        - CapacityProvider: FARGATE", "        - CapacityProvider: FARGATE_SPOT",
          "Resources.Service.Properties.CapacityProviderStrategy.0.CapacityProvider"),
    Fault("D61", "web", "          Subnets: [!Ref PrivateA, !Ref PrivateB]", "          Subnets: [!Ref PublicA, !Ref PublicB]",
          "Resources.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp"),
    Fault("D61", "web", "      DestinationCidrBlock: 0.0.0.0/0\n      NatGatewayId: !Ref Nat",
          "      DestinationCidrBlock: 10.99.0.0/16\n      NatGatewayId: !Ref Nat",
          "Resources.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets"),
    Fault("D62", "web", "!Sub service/${Cluster}/${Service.Name}", "!Sub service/${Cluster}/${AWS::StackName}-web",
          "Resources.Scaling.Properties.ResourceId"),
]  # fmt: skip

IDENTITY = [
    Fault("D63", "functions", "              Service: lambda.amazonaws.com", "              Service: ec2.amazonaws.com",
          "Resources.Worker.Properties.Role"),
    Fault("D63", "web", "              Service: ecs-tasks.amazonaws.com", "              Service: ecs.amazonaws.com",
          "Resources.Task.Properties.ExecutionRoleArn"),
    Fault("D63", "fleet", "              Service: ec2.amazonaws.com", "              Service: ecs.amazonaws.com",
          "Resources.Profile.Properties.Roles"),
    Fault("D64", "fleet", "      IamInstanceProfile: !Ref Profile", "      IamInstanceProfile: !Ref ServerRole",
          "Resources.Server.Properties.IamInstanceProfile"),
    Fault("D64", "fleet", "      Roles: [!Ref ServerRole]", "      Roles: [!Ref ServerRole, !Ref PodRole]",
          "Resources.Profile.Properties.Roles"),
    Fault("D65", "functions", "      Roles: [!Ref WorkerRole]\n", "", "Resources.WorkerPolicy.Properties"),
    Fault("D66", "functions", "            Action: kms:Decrypt\n            Resource: !GetAtt Key.Arn\n",
          "            Action: kms:Decrypt\n            Principal: '*'\n            Resource: !GetAtt Key.Arn\n",
          "Resources.WorkerPolicy.Properties.PolicyDocument.Statement.2.Principal"),
    Fault("D66", "web", "            Action: sts:AssumeRole\n", "            Action: sts:AssumeRole\n            Resource: '*'\n",
          "Resources.ExecutionRole.Properties.AssumeRolePolicyDocument.Statement.0.Resource"),
]  # fmt: skip

FUNCTIONS = [
    Fault("D67", "functions", "Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]",
          "Action: [sqs:SendMessage]", "Resources.QueueMapping.Properties.EventSourceArn"),
    Fault("D67", "functions", "            Action: ['kinesis:Get*', 'kinesis:Describe*', 'kinesis:List*']\n            Resource: !GetAtt Stream.Arn",
          "            Action: ['kinesis:Get*']\n            Resource: !GetAtt Stream.Arn",
          "Resources.StreamMapping.Properties.EventSourceArn"),
    Fault("D67", "functions", "sqs:GetQueueAttributes]\n            Resource: !GetAtt Queue.Arn",
          "sqs:GetQueueAttributes]\n            Resource: !GetAtt Letters.Arn", "Resources.QueueMapping.Properties.EventSourceArn"),
    Fault("D68", "functions", "    DependsOn: WorkerPolicy\n    Properties:\n      EventSourceArn: !GetAtt Queue.Arn",
          "    Properties:\n      EventSourceArn: !GetAtt Queue.Arn", "Resources.QueueMapping"),
    Fault("D69", "functions", "      VisibilityTimeout: 180\n", "      VisibilityTimeout: 20\n",
          "Resources.Queue.Properties.VisibilityTimeout"),
    Fault("D69", "functions", "      Timeout: 30\n", "      Timeout: 300\n", "Resources.Queue.Properties.VisibilityTimeout"),
    Fault("D70", "functions", "      Principal: events.amazonaws.com\n      SourceArn", "      Principal: sns.amazonaws.com\n      SourceArn",
          "Resources.Rule.Properties.Targets.0.Arn"),
    Fault("D70", "functions", "      Principal: apigateway.amazonaws.com\n", "      Principal: edgelambda.amazonaws.com\n",
          "Resources.Method.Properties.Integration.Uri"),
    Fault("D71", "functions", "      FunctionName: !GetAtt Worker.Arn\n      Action", "      FunctionName: !GetAtt Other.Arn\n      Action",
          "Resources.RulePermission.Properties.FunctionName"),
    Fault("D72", "functions", "    DependsOn: UploadPermission\n", "",
          "Resources.Uploads.Properties.NotificationConfiguration.LambdaConfigurations.0.Function"),
    Fault("D72", "functions", "      Principal: s3.amazonaws.com\n", "      Principal: sns.amazonaws.com\n",
          "Resources.Uploads.Properties.NotificationConfiguration.LambdaConfigurations.0.Function"),
    Fault("D73", "functions", "          QUEUE_URL: !Ref Queue", "          AWS_REGION: !Ref AWS::Region",
          "Resources.Worker.Properties.Environment.Variables.AWS_REGION"),
    Fault("D73", "functions", "          QUEUE_URL: !Ref Queue", "          QUEUE-URL: !Ref Queue",
          "Resources.Worker.Properties.Environment.Variables.QUEUE-URL"),
    Fault("D74", "functions", "          QUEUE_URL: !Ref Queue", "          LONG: " + 4100 * "x",
          "Resources.Worker.Properties.Environment.Variables"),
    Fault("D75", "functions", "      Handler: index.handler\n      Timeout", "      Handler: app.handler\n      Timeout",
          "Resources.Worker.Properties.Handler"),
    Fault("D75", "functions", "      Runtime: python3.13\n      Handler: index.handler\n      Timeout",
          "      Runtime: java21\n      Handler: index.handler\n      Timeout", "Resources.Worker.Properties.Code.ZipFile"),
    Fault("D76", "functions", "/service-role/AWSLambdaVPCAccessExecutionRole", "/service-role/AWSLambdaBasicExecutionRole",
          "Resources.Worker.Properties.VpcConfig"),
    Fault("D76", "functions", "                Action: sqs:SendMessage\n", "                Action: sqs:ReceiveMessage\n",
          "Resources.Worker.Properties.DeadLetterConfig.TargetArn"),
    Fault("D76", "functions", "      Timeout: 30\n", "      Timeout: 30\n      TracingConfig:\n        Mode: Active\n",
          "Resources.Worker.Properties.TracingConfig.Mode"),
    Fault("D77", "functions", "      BatchSize: 10\n", "      BatchSize: 100\n", "Resources.QueueMapping.Properties.BatchSize"),
    Fault("D77", "functions", "      StartingPosition: LATEST\n", "", "Resources.StreamMapping.Properties"),
]  # fmt: skip

MESSAGING = [
    Fault("D78", "functions", "      QueueName: !Sub ${AWS::StackName}-ordered.fifo", "      QueueName: !Sub ${AWS::StackName}-ordered",
          "Resources.OrderedQueue.Properties.QueueName"),
    Fault("D79", "functions", "      FifoQueue: true\n", "      FifoQueue: true\n      RedrivePolicy:\n"
          "        deadLetterTargetArn: !GetAtt Letters.Arn\n        maxReceiveCount: 3\n",
          "Resources.OrderedQueue.Properties.RedrivePolicy.deadLetterTargetArn"),
    Fault("D80", "functions", "      TopicName: !Sub ${AWS::StackName}-ordered.fifo\n      FifoTopic: true\n", "      DisplayName: ordered\n",
          "Resources.OrderedSubscription.Properties.Endpoint"),
    Fault("D80", "functions", "          SqsParameters:\n            MessageGroupId: all\n", "", "Resources.Rule.Properties.Targets.2"),
    Fault("D81", "functions", "Service: [sns.amazonaws.com, events.amazonaws.com, cloudwatch.amazonaws.com, s3.amazonaws.com]",
          "Service: [events.amazonaws.com, cloudwatch.amazonaws.com, s3.amazonaws.com]", "Resources.Queue.Properties.KmsMasterKeyId"),
    Fault("D82", "functions", "      KmsMasterKeyId: !Ref Key", "      KmsMasterKeyId: alias/aws/sns",
          "Resources.Topic.Properties.KmsMasterKeyId"),
    Fault("D82", "functions", "      KmsMasterKeyId: !GetAtt Key.Arn\n      RedrivePolicy", "      KmsMasterKeyId: alias/aws/sqs\n      RedrivePolicy",
          "Resources.Queue.Properties.KmsMasterKeyId"),
    Fault("D83", "functions", "Service: [sns.amazonaws.com, events.amazonaws.com, cloudwatch.amazonaws.com, s3.amazonaws.com]",
          "Service: [sns.amazonaws.com, events.amazonaws.com]", "Resources.Topic.Properties.KmsMasterKeyId"),
    Fault("D84", "functions", "                aws:SourceArn: !Ref Topic", "                aws:SourceArn: !Ref OrderedTopic",
          "Resources.Subscription.Properties.Endpoint"),
    Fault("D84", "functions", "Service: [sns.amazonaws.com, events.amazonaws.com]\n            Action: sqs:SendMessage",
          "Service: sns.amazonaws.com\n            Action: sqs:SendMessage", "Resources.Rule.Properties.Targets.2.Arn"),
    Fault("D85", "functions", "    DependsOn: QueuePolicy\n", "", "Resources.Subscription.Properties.Endpoint"),
    Fault("D86", "functions", "            Action: sqs:SendMessage\n            Resource: !GetAtt Queue.Arn",
          "            Action: sqs:SendMessage\n            Resource: !GetAtt Letters.Arn",
          "Resources.QueuePolicy.Properties.PolicyDocument.Statement.0.Resource"),
    Fault("D87", "functions", "              Service: [events.amazonaws.com, cloudwatch.amazonaws.com]\n            Action: sns:Publish",
          "              Service: events.amazonaws.com\n            Action: sns:Publish", "Resources.Alarm.Properties.AlarmActions.0"),
    Fault("D88", "functions", "        - Id: topic\n", "        - Id: worker\n", "Resources.Rule.Properties.Targets"),
    Fault("D88", "functions", "          RoleArn: !GetAtt RuleRole.Arn\n", "", "Resources.Rule.Properties.Targets.3"),
    Fault("D89", "functions", "            Resource: [!GetAtt Uploads.Arn, !Sub '${Uploads.Arn}/*']",
          "            Resource: !Sub '${OtherBucket.Arn}/*'\n  OtherBucket:\n    Type: AWS::S3::Bucket\n  UploadsPolicy2:\n"
          "    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref Uploads\n      PolicyDocument:\n"
          "        Version: '2012-10-17'\n        Statement:\n          - Effect: Deny\n            Principal: '*'\n"
          "            Action: s3:*\n            Resource: !Sub '${Uploads.Arn}/*'",
          "Resources.UploadsPolicy.Properties.PolicyDocument.Statement.0.Resource"),
]  # fmt: skip

KEYS = [
    Fault("D90", "functions", "            Action: kms:*\n", "            Action: ['kms:Decrypt', 'kms:GenerateDataKey*']\n",
          "Resources.Key.Properties.KeyPolicy"),
    Fault("D91", "functions", "            Action: kms:*\n            Resource: '*'\n",
          "            Action: kms:*\n            Resource: '*'\n          - Sid: Scaling\n            Effect: Allow\n            Principal:\n"
          "              AWS: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/"
          "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling\n            Action: kms:CreateGrant\n            Resource: '*'\n",
          "Resources.Key.Properties.KeyPolicy.Statement.1.Principal"),
    Fault("D92", "functions", "              Service: !Sub logs.${AWS::Region}.${AWS::URLSuffix}", "              Service: s3.amazonaws.com",
          "Resources.WorkerLogs.Properties.KmsKeyId"),
]  # fmt: skip

DATABASES = [
    Fault("D93", "databases", "      MasterUsername: dbadmin\n      ManageMasterUserPassword: true\n      DBSubnetGroupName: !Ref Subnets\n      DBParameterGroupName",
          "      MasterUsername: dbadmin\n      ManageMasterUserPassword: true\n      MasterUserPassword: !Ref OldPassword\n"
          "      DBSubnetGroupName: !Ref Subnets\n      DBParameterGroupName", "Resources.Database.Properties.MasterUserPassword"),
    Fault("D93", "databases", "      MasterUserPassword: !Ref OldPassword\n", "", "Resources.Old.Properties"),
    Fault("D94", "databases", "      MasterUserPassword: !Ref OldPassword\n", "      MasterUserPassword: correct-horse\n",
          "Resources.Old.Properties.MasterUserPassword"),
    Fault("D94", "databases", "    NoEcho: true\n", "", "Parameters.OldPassword"),
    Fault("D95", "databases", "      Family: postgres17\n", "      Family: postgres16\n",
          "Resources.Database.Properties.DBParameterGroupName"),
    Fault("D95", "databases", "      Family: postgres17\n", "      Family: mysql8.0\n",
          "Resources.Database.Properties.DBParameterGroupName"),
    Fault("D96", "databases", "      SourceDBInstanceIdentifier: !Ref Database\n",
          "      SourceDBInstanceIdentifier: !Ref Database\n      MasterUsername: dbadmin\n",
          "Resources.Replica.Properties.MasterUsername"),
    Fault("D96", "databases", "      BackupRetentionPeriod: 7\n      PreferredBackupWindow", "      BackupRetentionPeriod: 0\n      PreferredBackupWindow",
          "Resources.Database.Properties.BackupRetentionPeriod"),
    Fault("D97", "databases", "      DBClusterIdentifier: !Ref Aurora\n", "      DBClusterIdentifier: !Ref Aurora\n      MultiAZ: true\n",
          "Resources.AuroraWriter.Properties.MultiAZ"),
    Fault("D97", "databases", "      Engine: aurora-postgresql\n      DBClusterIdentifier", "      Engine: aurora-mysql\n      DBClusterIdentifier",
          "Resources.AuroraWriter.Properties.Engine"),
    Fault("D98", "databases", "      StorageType: gp3\n      Iops: 3000\n", "      StorageType: gp2\n      Iops: 3000\n",
          "Resources.MultiZone.Properties.StorageType"),
    Fault("D98", "databases", "      AllocatedStorage: 100\n", "", "Resources.MultiZone.Properties"),
    Fault("D99", "databases", "      DBName: app\n", "      DBName: my-app\n", "Resources.Database.Properties.DBName"),
    Fault("D99", "databases", "      MasterUsername: dbadmin\n      ManageMasterUserPassword: true\n      DBSubnetGroupName: !Ref Subnets\n      DBParameterGroupName",
          "      MasterUsername: admin\n      ManageMasterUserPassword: true\n      DBSubnetGroupName: !Ref Subnets\n      DBParameterGroupName",
          "Resources.Database.Properties.MasterUsername"),
    Fault("D100", "databases", "sun:04:30-sun:05:30", "sun:03:30-sun:05:30", "Resources.Database.Properties.PreferredBackupWindow"),
    Fault("D100", "databases", "      MaxAllocatedStorage: 200\n", "      MaxAllocatedStorage: 50\n",
          "Resources.Database.Properties.MaxAllocatedStorage"),
    Fault("D101", "databases", "      MonitoringRoleArn: !GetAtt MonitoringRole.Arn\n", "",
          "Resources.Database.Properties.MonitoringInterval"),
    Fault("D102", "databases", "        - AttributeName: day\n          AttributeType: S\n",
          "        - AttributeName: day\n          AttributeType: S\n        - AttributeName: total\n          AttributeType: N\n",
          "Resources.Table.Properties.AttributeDefinitions"),
    Fault("D102", "databases", "        - AttributeName: day\n          AttributeType: S\n", "",
          "Resources.Table.Properties.AttributeDefinitions"),
    Fault("D103", "databases", "      BillingMode: PAY_PER_REQUEST\n", "      BillingMode: PAY_PER_REQUEST\n"
          "      ProvisionedThroughput:\n        ReadCapacityUnits: 1\n        WriteCapacityUnits: 1\n",
          "Resources.Table.Properties.ProvisionedThroughput"),
]  # fmt: skip

FLEETS = [
    Fault("D104", "fleet", "      MaxSize: '6'", "      MaxSize: '1'", "Resources.Fleet.Properties.MaxSize"),
    Fault("D104", "fleet", "        DesiredSize: 2", "        DesiredSize: 9", "Resources.Nodes.Properties.ScalingConfig.DesiredSize"),
    Fault("D104", "web", "      MinCapacity: 2", "      MinCapacity: 20", "Resources.Scaling.Properties.MaxCapacity"),
    Fault("D105", "fleet", "        Version: !GetAtt Template.LatestVersionNumber", "        Version: $Latest",
          "Resources.Fleet.Properties.LaunchTemplate.Version"),
    Fault("D106", "fleet", "      TargetGroupARNs: [!Ref Targets]\n", "", "Resources.Fleet.Properties.HealthCheckType"),
    Fault("D107", "fleet", "        MinInstancesInService: 2", "        MinInstancesInService: 6",
          "Resources.Fleet.UpdatePolicy.AutoScalingRollingUpdate.MinInstancesInService"),
    Fault("D108", "fleet", "        InstanceType: t4g.small\n", "        InstanceType: t4g.small\n"
          "        SecurityGroupIds: [!GetAtt Group.GroupId]\n", "Resources.Template.Properties.LaunchTemplateData.SecurityGroupIds"),
    Fault("D109", "fleet", "        UserData: !Base64 |", "        UserData: |", "Resources.Template.Properties.LaunchTemplateData.UserData"),
    Fault("D109", "fleet", "        UserData: !Base64 |", "        UserData: !Sub |",
          "Resources.Template.Properties.LaunchTemplateData.UserData"),
    Fault("D110", "fleet", "      InstanceType: m7g.large", "      InstanceType: m7i.large", "Resources.Server.Properties.ImageId"),
    Fault("D111", "fleet", "      MinSize: '2'\n", "      MinSize: '2'\n      DesiredCapacity: '3'\n",
          "Resources.Fleet.Properties.DesiredCapacity"),
    Fault("D112", "fleet", "    DependsOn: Nodes\n", "", "Resources.NameAddon"),
    Fault("D112", "fleet", "    DependsOn: [NetworkAddon, PrivateRoute]", "    DependsOn: PrivateRoute", "Resources.Nodes"),
    Fault("D113", "fleet", "      Subnets: [!Ref PrivateA, !Ref PrivateB]\n      Selectors", "      Subnets: [!Ref PrivateA, !Ref PublicA]\n      Selectors",
          "Resources.Pods.Properties.Subnets"),
    Fault("D114", "fleet", "      DestinationCidrBlock: 0.0.0.0/0\n      NatGatewayId", "      DestinationCidrBlock: 10.0.0.0/16\n      NatGatewayId",
          "Resources.Nodes.Properties.Subnets"),
]  # fmt: skip

LIFECYCLE = [
    Fault("D115", "fleet", "      Type: network\n", "      Type: network\n      Name: a-balancer-with-a-name-that-is-too-long\n",
          "Resources.Balancer.Properties.Name"),
    Fault("D115", "web", "      BucketEncryption:\n", "      BucketName: My_Logs\n      BucketEncryption:\n",
          "Resources.Logs.Properties.BucketName"),
    Fault("D115", "fleet", "  ServerRole:\n    Type: AWS::IAM::Role\n    Properties:\n",
          "  ServerRole:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: !Sub ${AWS::StackName}-" + 64 * "r" + "\n",
          "Resources.ServerRole.Properties.RoleName"),
    Fault("D116", "web", "      BucketEncryption:\n", "      BucketName: !Sub ${AWS::StackName}-logs\n      BucketEncryption:\n",
          "Resources.Logs.Properties.BucketName"),
    Fault("D117", "functions", "      VisibilityTimeout: 180\n", "      VisibilityTimeout: 180\n      QueueName: !Sub ${AWS::StackName}-ordered.fifo\n"
          "      FifoQueue: true\n", "Resources.OrderedQueue.Properties.QueueName"),
    Fault("D118", "functions", "  Stream:\n    Type: AWS::Kinesis::Stream\n    DeletionPolicy: Retain",
          "  Stream:\n    Type: AWS::Kinesis::Stream\n    DeletionPolicy: Snapshot", "Resources.Stream.DeletionPolicy"),
    Fault("D118", "databases", "  AuroraWriter:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Delete",
          "  AuroraWriter:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot", "Resources.AuroraWriter.DeletionPolicy"),
    Fault("D118", "plain", "  Queue:\n    Type: AWS::SQS::Queue\n    DeletionPolicy: Retain",
          "  Queue:\n    Type: AWS::SQS::Queue\n    DeletionPolicy: Keep", "Resources.Queue.DeletionPolicy"),
    Fault("D119", "functions", "    DependsOn: Method\n", "", "Resources.Deployment"),
]  # fmt: skip

FAULTS = [
    *TEXT, *NETWORK, *BALANCERS, *CONTAINERS, *IDENTITY, *FUNCTIONS, *MESSAGING, *KEYS, *DATABASES, *FLEETS, *LIFECYCLE,
]  # fmt: skip
