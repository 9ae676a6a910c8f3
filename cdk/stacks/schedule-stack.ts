import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Manifest } from '#functions/manifest.ts'
import type { Functions } from '../constructs/functions.ts'
import { ScheduledJob } from '../constructs/scheduled-job.ts'

/** What happens by itself. */
export class ScheduleStack extends Stack {
  constructor(scope: Construct, id: string, { schedules }: Manifest, functions: Functions, props: StackProps) {
    super(scope, id, props)
    for (const { name, runs, everyMs, overlaps } of schedules) {
      new ScheduledJob(this, `${name}-schedule`, functions.in(this, runs, overlaps ? undefined : 1), everyMs)
    }
  }
}
