import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Manifest } from '#functions/manifest.ts'
import type { Functions } from '../constructs/functions.ts'
import { isDoor } from '../deployment.ts'

/** The functions that let events in, by themselves: they are deployed and rolled back without the rest of the API. */
export class IngressStack extends Stack {
  constructor(scope: Construct, id: string, { routes }: Manifest, functions: Functions, props: StackProps) {
    super(scope, id, props)
    for (const { guard, runs } of routes) if (isDoor(guard)) functions.in(this, runs)
  }
}
