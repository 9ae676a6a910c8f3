import { Duration } from 'aws-cdk-lib'
import { Alarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Alias, type IVersion, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { allowShifting } from '../grants.ts'
import { whatToDo } from '../runbook.ts'

const NAME = 'live'

export type GradualAliasProps = {
  readonly runs: string
  readonly lambda: LambdaFunction
  /** Who is hurt when it fails: the alarm's text. */
  readonly hurts: string
  readonly alarms: ITopic
}

/**
 * What callers of a function name, so that a new version of it takes a tenth of the calls for five minutes, then all; one
 * error of the new version in that time, and the old one has them all again and the deployment has failed.
 */
export class GradualAlias extends Construct {
  readonly alias: Alias

  constructor(scope: Construct, id: string, { runs, lambda, hurts, alarms }: GradualAliasProps) {
    super(scope, id)
    const version = lambda.currentVersion
    this.alias = new Alias(this, 'Alias', { aliasName: NAME, version: version as IVersion })
    // Of the new version alone: where the old one fails, CodeDeploy would refuse to begin with what mends it.
    const errors = new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensionsMap: {
        FunctionName: lambda.functionName,
        // In words: by a reference the alias would wait for its own alarm.
        Resource: `${lambda.functionName}:${NAME}`,
        ExecutedVersion: version.version,
      },
      statistic: 'Sum',
      period: Duration.minutes(1),
    })
    const alarm = new Alarm(this, 'Alarm', {
      metric: errors,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `the new version of functions/${runs} fails, and is rolled back: ${hurts}. ${whatToDo('version-rolled-back')}`,
    })
    alarm.addAlarmAction(new SnsAction(alarms))
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      inlinePolicies: { shifting: new PolicyDocument({ statements: allowShifting(lambda, NAME) }) },
    })
    new LambdaDeploymentGroup(this, 'Group', {
      alias: this.alias,
      alarms: [alarm],
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      // As it is: AWS's own policy for it may change every function of the account.
      role: role.withoutPolicyUpdates(),
    })
  }
}
