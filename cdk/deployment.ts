import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { Guard, Manifest } from '#functions/manifest.ts'
import { type Config, has } from './config.ts'
import type { Processor } from './stage-onnxruntime.ts'

/** What is deployed, and how. */
export type Deployment = {
  readonly config: Config
  readonly manifest: Manifest
  /** The bundle of a function, by its folder's name. */
  readonly codeOf: (runs: string) => Code
  /** What the layer of the ONNX runtime holds; asked for where a function needs it. */
  readonly onnxRuntimeOf: (processor: Processor) => Code
}

/** The manifest without what this stage has not. */
export function withoutAbsent(manifest: Manifest, config: Config): Manifest {
  const isThere = { demo: config.demo, timestream: config.timestream !== undefined && has(config, 'timestream') }
  return { ...manifest, schedules: manifest.schedules.filter(({ only }) => only === undefined || isThere[only]) }
}

const NOBODY_GETS_IN = 'nobody who has signed in gets an answer'

/** Every function folder that the manifest names, once. */
export function functionsIn({ authorizer, routes, consumers, sockets, schedules }: Manifest): string[] {
  return [...new Set([authorizer, ...[...routes, ...consumers, ...sockets, ...schedules].map(({ runs }) => runs)])]
}

/** Who is hurt when a function fails: all that the manifest says of it. */
export function hurtsOf({ authorizer, routes, consumers, sockets, schedules }: Manifest, runs: string): string {
  const said = [...consumers, ...routes, ...sockets, ...schedules].filter((each) => each.runs === runs)
  return [...new Set([...(runs === authorizer ? [NOBODY_GETS_IN] : []), ...said.map(({ hurts }) => hurts)])].join('; ')
}

/** Events come in by it, or become figures by it: a new version of it is tried on a part of them first. */
export const isGradual = ({ routes, consumers }: Manifest, runs: string): boolean =>
  consumers.some((each) => each.runs === runs) || routes.some((each) => each.runs === runs && isDoor(each.guard))

/** Events come in there: what is sent to it by programs must not suffer from what people look at. */
export const isDoor = (guard: Guard): boolean => guard === 'proof' || guard.endsWith(':send')
