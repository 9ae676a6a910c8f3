import { Stack } from 'aws-cdk-lib'
import { Architecture, type ILayerVersion } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { athenaOf, machineArn, machineName } from '../chain-names.ts'
import { has } from '../config.ts'
import { type Deployment, hurtsOf, isGradual } from '../deployment.ts'
import { nativeNeedsOf, needsOf } from '../function-needs.ts'
import { allowNeeds, type World } from '../grants.ts'
import type { StatefulStack } from '../stacks/stateful-stack.ts'
import { HouseFunction } from './house-function.ts'
import { nativeLayer } from './native-layer.ts'

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
    this.world = {
      ...stateful,
      windowsArn: stateful.windows?.attrArn,
      socketApiId: sockets.apiId,
      socketStage: sockets.stage,
      mailFrom: config.mailFrom,
      chains: deployment.manifest.workflows.map(({ chain }) => machineName(config, chain)),
      athena: athenaOf(config),
    }
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
      TIMESTREAM_DATABASE: stateful.windows?.databaseName ?? '',
      TIMESTREAM_TABLE: stateful.windows?.tableName ?? '',
      CHAINS_PREFIX: machineArn(stateful, machineName(config, '')),
      ATHENA_WORKGROUP: athenaOf(config)?.workGroup ?? '',
      ATHENA_DATABASE: athenaOf(config)?.database ?? '',
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
      ...(needs.diskMb === undefined ? {} : { diskMb: needs.diskMb }),
      logDays: config.logDays,
      isGradual: config.canary && has(config, 'canary') && isGradual(manifest, runs),
      ...(reserved !== undefined && config.reserveConcurrency ? { reserved } : {}),
      architecture: this.architecture(runs),
      layers: this.layersOf(scope, runs),
    })
    this.made.set(runs, made)
    return made
  }

  /** An emulator runs functions on the machine itself. DuckDB is there for the machine that deploys. */
  private architecture(runs: string): Architecture {
    const { manifest, duckDb } = this.deployment
    if (nativeNeedsOf(manifest, runs).includes('duckdb'))
      return duckDb.processor === 'x64' ? Architecture.X86_64 : Architecture.ARM_64
    return this.deployment.config.emulator && process.arch === 'x64' ? Architecture.X86_64 : Architecture.ARM_64
  }

  private layersOf(scope: Construct, runs: string): ILayerVersion[] {
    const { manifest, onnxRuntimeOf, duckDb } = this.deployment
    const architecture = this.architecture(runs)
    const processor = architecture === Architecture.X86_64 ? 'x64' : 'arm64'
    const codes = { duckdb: duckDb.code, onnxruntime: () => onnxRuntimeOf(processor) }
    return nativeNeedsOf(manifest, runs).map((need) => nativeLayer(scope, need, architecture, codes[need]))
  }

  all(): ReadonlyMap<string, HouseFunction> {
    return this.made
  }
}
