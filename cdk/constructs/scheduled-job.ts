import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { HouseFunction } from './house-function.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** The scheduler's own words; it knows nothing below a minute. */
export function rateOf(everyMs: number): string {
  const minutes = Math.max(1, Math.round(everyMs / MINUTE_MS))
  const [count, unit] =
    everyMs >= HOUR_MS && everyMs % HOUR_MS === 0 ? [everyMs / HOUR_MS, 'hour'] : [minutes, 'minute']
  return `rate(${count} ${unit}${count === 1 ? '' : 's'})`
}

/** Runs a function again and again. A run that could not be started is not tried again: the next one does its work. */
export class ScheduledJob extends Construct {
  constructor(scope: Construct, name: string, runs: HouseFunction, everyMs: number) {
    super(scope, name)
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') })
    const policy = new Policy(this, 'MayRun', {
      roles: [role],
      statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [runs.invoked.functionArn] })],
    })
    const schedule = new CfnSchedule(this, 'Schedule', {
      scheduleExpression: rateOf(everyMs),
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: runs.invoked.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    })
    schedule.node.addDependency(policy)
  }
}
