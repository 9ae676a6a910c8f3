import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena'
import { Alarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { CfnDatabase } from 'aws-cdk-lib/aws-glue'
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import type { Construct } from 'constructs'
import type { Manifest } from '#functions/manifest.ts'
import { machineOf, oneAtOnce } from '../chain-machine.ts'
import { athenaOf, machineName } from '../chain-names.ts'
import { has } from '../config.ts'
import type { Functions } from '../constructs/functions.ts'
import type { Deployment } from '../deployment.ts'
import { allowChain } from '../grants.ts'
import { whatToDo } from '../runbook.ts'
import type { StatefulStack } from './stateful-stack.ts'

type Workflow = Manifest['workflows'][number]

/** What happens at night: a state machine for each chain, and what its steps ask. */
export class ChainsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    functions: Functions,
    stateful: StatefulStack,
    props: StackProps,
  ) {
    super(scope, id, props)
    for (const workflow of deployment.manifest.workflows) this.addMachine(workflow, deployment, functions, stateful)
    this.addAthena(deployment, stateful)
  }

  private addMachine(
    { chain, definition, runs, hurts }: Workflow,
    { config, definitionOf }: Deployment,
    functions: Functions,
    stateful: StatefulStack,
  ): void {
    const chainOf = has(config, 'concurrency-path') ? definitionOf(definition) : oneAtOnce(definitionOf(definition))
    const arnOf = (folder: string) => functions.in(this, folder).invoked.functionArn
    const name = machineName(config, chain)
    const log = new LogGroup(this, `${chain}-log`, {
      // Step Functions writes to groups of this prefix without a policy of their own for each.
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: config.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new Role(this, `${chain}-role`, {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: { chain: new PolicyDocument({ statements: allowChain([arnOf(runs)]) }) },
    })
    const machine = new CfnStateMachine(this, `${chain}-machine`, {
      stateMachineName: name,
      roleArn: role.roleArn,
      definitionString: this.toJsonString(machineOf(chainOf, runs, arnOf)),
      tracingConfiguration: { enabled: true },
      // Without what the states were told: names of merchants' things are in it.
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
      },
    })
    for (const metricName of ['ExecutionsFailed', 'ExecutionsTimedOut'])
      new Alarm(this, `${chain}-${metricName}`, {
        metric: new Metric({
          namespace: 'AWS/States',
          metricName,
          dimensionsMap: { StateMachineArn: machine.attrArn },
          statistic: 'Sum',
          period: Duration.minutes(5),
        }),
        threshold: 1,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: `a ${chain} run failed: ${hurts}. ${whatToDo('chain-fails')}`,
      }).addAlarmAction(new SnsAction(stateful.alarms))
  }

  private addAthena({ config }: Deployment, { objects, key }: StatefulStack): void {
    const athena = athenaOf(config)
    if (athena === undefined) return
    new CfnDatabase(this, 'Queries', {
      catalogId: this.account,
      databaseInput: { name: athena.database, description: 'Tables that live as long as one query' },
    })
    new CfnWorkGroup(this, 'WorkGroup', {
      name: athena.workGroup,
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${objects.bucketName}/athena/results/`,
          encryptionConfiguration:
            key === undefined ? { encryptionOption: 'SSE_S3' } : { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
        },
      },
    })
  }
}
