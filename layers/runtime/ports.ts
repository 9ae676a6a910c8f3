import type { Context } from 'aws-lambda'
import type {
  Clock,
  EventLog,
  Executions,
  Identity,
  IdSource,
  LiveChannel,
  Machine,
  Notifier,
  ObjectStore,
  Secrets,
  StateStore,
  Warehouse,
  WindowMirror,
} from '#core/ports.ts'
import type { ReorderPolicy } from '#core/reorders/reorder-policy.ts'
import type { RawCompactor } from './compact-raw.ts'
import type { DemandWork } from './demand-work.ts'
import type { LakeWriter } from './write-stretch.ts'

/** Everything a function may need of the world; each takes what it uses. */
export type Ports = {
  readonly log: EventLog
  readonly state: StateStore
  readonly objects: ObjectStore
  readonly lake: LakeWriter
  readonly compactor: RawCompactor
  /** absent: no chains run here. */
  readonly warehouse?: Warehouse | undefined
  /** absent: nothing is trained or forecast here. */
  readonly demand?: DemandWork | undefined
  /** absent: nothing is proposed to order here. */
  readonly reorders?: ReorderPolicy | undefined
  /** Run the chains elsewhere; absent: whoever has the warehouse runs them. */
  readonly executions?: Executions | undefined
  /** For exports, which wait for no run; absent: none are made here. */
  readonly exports?: Warehouse | undefined
  readonly live: LiveChannel
  readonly identity: Identity
  readonly secrets: Secrets
  readonly notifier: Notifier
  /** absent: windows are mirrored nowhere. */
  readonly windows?: WindowMirror | undefined
  readonly machine: Machine
  readonly clock: Clock
  readonly ids: IdSource
}

/**
 * The embedded host calls the very handlers that run on AWS, and hands them its ports with the invocation's context,
 * so that several engines can live in one process. Without ports a handler is on AWS, where `functions/on-aws.ts` provides
 * them.
 */
const PORTS: unique symbol = Symbol('ports')
type ContextWithPorts = Context & { readonly [PORTS]?: Ports }

/** The context of an invocation by the embedded host. */
export function contextWith(ports: Ports, functionName: string): Context {
  const context: ContextWithPorts = {
    [PORTS]: ports,
    functionName,
    callbackWaitsForEmptyEventLoop: false,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    awsRequestId: '',
    logGroupName: '',
    logStreamName: '',
    getRemainingTimeInMillis: () => 30_000,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
  return context
}

type MakePorts = (remainingMs: () => number) => Ports
let provided: MakePorts | undefined
let made: Ports | undefined
/** Of the invocation that goes on: Lambda gives a process one after the other. */
let present: Context | undefined

/** Where no host hands over its ports: how to make them, once, when a function first asks. They are told how long an invocation has left. */
export function providePorts(make: MakePorts): void {
  provided = make
  made = undefined
}

/** @throws Error where nobody has any. */
export function portsOf(context: Context): Ports {
  const ports = (context as ContextWithPorts)[PORTS]
  if (ports !== undefined) return ports
  if (provided === undefined) throw new Error('no ports: the bundle lacks functions/on-aws.ts (see cdk/README.md)')
  present = context
  made ??= provided(() => present!.getRemainingTimeInMillis())
  return made
}
