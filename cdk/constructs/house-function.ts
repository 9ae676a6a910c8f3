import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib'
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Policy, PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  type Alias,
  type Architecture,
  type Code,
  type ILayerVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { allowLogs, allowTraces } from '../grants.ts'
import { whatToDo } from '../runbook.ts'
import { GradualAlias } from './gradual-alias.ts'

export type HouseFunctionProps = {
  readonly code: Code
  /** Who is hurt when it fails: the alarm's text. */
  readonly hurts: string
  readonly alarms: ITopic
  readonly environment: Readonly<Record<string, string>>
  readonly allows: readonly PolicyStatement[]
  readonly memoryMb: number
  readonly timeoutSeconds: number
  readonly diskMb?: number
  readonly logDays: number
  /** A new version gets a part of the work first. */
  readonly isGradual: boolean
  /** At most so many at once, and always so many free. */
  readonly reserved?: number
  readonly architecture: Architecture
  readonly layers: readonly ILayerVersion[]
}

/** A function as this house has it: Node 24 on arm64, traced, its logs kept for a while, with a role and an alarm of its own. */
export class HouseFunction extends Construct {
  readonly lambda: LambdaFunction
  readonly logGroup: ILogGroup
  /** What routes, streams and schedules name: the function, or its alias where versions take over gradually. */
  readonly invoked: LambdaFunction | Alias
  private readonly role: Role

  constructor(scope: Construct, runs: string, props: HouseFunctionProps) {
    super(scope, runs)
    const logGroup = new LogGroup(this, 'LogGroup', {
      retention: props.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.logGroup = logGroup
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        needs: new PolicyDocument({ statements: [allowLogs(logGroup), allowTraces(), ...props.allows] }),
      },
    })
    this.role = role
    this.lambda = new LambdaFunction(this, 'Function', {
      code: props.code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(props.diskMb === undefined ? {} : { ephemeralStorageSize: Size.mebibytes(props.diskMb) }),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role: role.withoutPolicyUpdates(),
      environment: { ...props.environment },
      layers: [...props.layers],
      description: `functions/${runs}`,
      ...(props.reserved === undefined ? {} : { reservedConcurrentExecutions: props.reserved }),
    })
    const alarm = new Alarm(this, 'Alarm', {
      metric: this.lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `functions/${runs} fails: ${props.hurts}. ${whatToDo('function-fails')}`,
    })
    alarm.addAlarmAction(new SnsAction(props.alarms))
    const { hurts, alarms } = props
    this.invoked = props.isGradual
      ? new GradualAlias(this, 'Gradual', { runs, lambda: this.lambda, hurts, alarms }).alias
      : this.lambda
  }

  /** What it needs besides its own needs, for whoever invokes it; what depends on it waits for the policy. */
  allow(id: string, statements: PolicyStatement[]): Policy {
    return new Policy(this, id, { roles: [this.role], statements })
  }
}
