import { Stack } from 'aws-cdk-lib'
import { Architecture } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { type Deployment, hurtsOf } from '../deployment.ts'
import { needsOf } from '../function-needs.ts'
import { allowNeeds, type World } from '../grants.ts'
import type { StatefulStack } from '../stacks/stateful-stack.ts'
import { HouseFunction } from './house-function.ts'

/** Where sockets are open. */
export type Sockets = { readonly apiId: string; readonly stage: string; readonly callbackUrl: string }

/** The functions of a deployment: each is made once, in the stack that first asks for it. */
export class Functions {
  private readonly made = new Map<string, HouseFunction>()
  private readonly deployment: Deployment
  private readonly world: World
  private readonly stateful: StatefulStack
  private readonly environment: Readonly<Record<string, string>>

  constructor(deployment: Deployment, stateful: StatefulStack, sockets: Sockets) {
    const { config } = deployment
    this.deployment = deployment
    this.stateful = stateful
    this.world = { ...stateful, socketApiId: sockets.apiId, socketStage: sockets.stage, mailFrom: config.mailFrom }
    this.environment = {
      TABLE_NAME: stateful.table.tableName,
      STREAM_NAME: stateful.stream.streamName,
      LOGICAL_SHARDS: String(config.logicalShards),
      BUCKET_NAME: stateful.objects.bucketName,
      SECRET_PREFIX: stateful.secretPrefix,
      WS_CALLBACK_URL: sockets.callbackUrl,
      USER_POOL_ID: stateful.pool.userPoolId,
      USER_POOL_CLIENT_ID: stateful.client.userPoolClientId,
      MAIL_FROM: config.mailFrom ?? '',
      STAGE: config.stage,
    }
  }

  /** The function of this folder; made in `scope` unless it is there. */
  in(scope: Construct, runs: string, reserved?: number): HouseFunction {
    const known = this.made.get(runs)
    if (known !== undefined) return known
    const { config, manifest, codeOf } = this.deployment
    const needs = needsOf(runs)
    const made = new HouseFunction(scope, runs, {
      code: codeOf(runs),
      hurts: hurtsOf(manifest, runs),
      alarms: this.stateful.alarms,
      environment: this.environment,
      allows: allowNeeds(Stack.of(scope), needs, this.world),
      memoryMb: needs.memoryMb ?? 512,
      timeoutSeconds: needs.timeoutSeconds ?? 10,
      logDays: config.logDays,
      ...(reserved !== undefined && config.reserveConcurrency ? { reserved } : {}),
      ...(config.emulator && process.arch === 'x64' ? { architecture: Architecture.X86_64 } : {}),
    })
    this.made.set(runs, made)
    return made
  }

  all(): ReadonlyMap<string, HouseFunction> {
    return this.made
  }
}
