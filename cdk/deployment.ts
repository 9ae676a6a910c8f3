import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { ChainDefinition } from '#core/chains/chain-graph.ts'
import type { Guard, Manifest } from '#functions/manifest.ts'
import { type Config, has } from './config.ts'
import type { Processor } from './stage-package.ts'

/** What is deployed, and how. */
export type Deployment = {
  readonly config: Config
  readonly manifest: Manifest
  /** The bundle of a function, by its folder's name. */
  readonly codeOf: (runs: string) => Code
  /** What the layer of the ONNX runtime holds; asked for where a function needs it. */
  readonly onnxRuntimeOf: (processor: Processor) => Code
  /** The same of DuckDB, for the one processor that it is there for. */
  readonly duckDb: { readonly processor: Processor; readonly code: () => Code }
  /** A chain's States Language file, by its path in the manifest. */
  readonly definitionOf: (path: string) => ChainDefinition
}

/** The manifest without what this stage has not. */
export function withoutAbsent(manifest: Manifest, config: Config): Manifest {
  const isThere = {
    chains: true,
    demo: config.demo,
    timestream: config.timestream !== undefined && has(config, 'timestream'),
  }
  return { ...manifest, schedules: manifest.schedules.filter(({ only }) => only === undefined || isThere[only]) }
}

const NOBODY_GETS_IN = 'nobody who has signed in gets an answer'

/** Every function folder that the manifest names, once. */
export function functionsIn({ authorizer, routes, consumers, sockets, schedules, workflows }: Manifest): string[] {
  const lines = [...routes, ...consumers, ...sockets, ...schedules, ...workflows]
  return [...new Set([authorizer, ...lines.map(({ runs }) => runs)])]
}

/** Who is hurt when a function fails: all that the manifest says of it. */
export function hurtsOf(
  { authorizer, routes, consumers, sockets, schedules, workflows }: Manifest,
  runs: string,
): string {
  const said = [...consumers, ...routes, ...sockets, ...schedules, ...workflows].filter((each) => each.runs === runs)
  return [...new Set([...(runs === authorizer ? [NOBODY_GETS_IN] : []), ...said.map(({ hurts }) => hurts)])].join('; ')
}

/** Events come in by it, or become figures by it: a new version of it is tried on a part of them first. */
export const isGradual = ({ routes, consumers }: Manifest, runs: string): boolean =>
  consumers.some((each) => each.runs === runs) || routes.some((each) => each.runs === runs && isDoor(each.guard))

/** Events come in there: what is sent to it by programs must not suffer from what people look at. */
export const isDoor = (guard: Guard): boolean => guard === 'proof' || guard.endsWith(':send')
