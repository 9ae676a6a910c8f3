/** Where a process spent its main thread, from the profile that `node --cpu-prof` leaves behind. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Profile = {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** By path; the first that fits. What is left over is Node itself. */
const STAGES: readonly (readonly [stage: string, path: RegExp])[] = [
  [
    'door: HTTP',
    /node_modules\/(fastify|find-my-way|ws|@fastify)|local\/(gateway|invoke|sockets)|runtime\/http-handler|^node:/,
  ],
  ['bench: reading the pipe', /test\/bench\//],
  ['log and rows: LMDB, msgpack', /node_modules\/(lmdb|msgpackr|ordered-binary)|adapters\/embedded/],
  ['decode: zod', /node_modules\/zod|core\/events/],
  ['engine: run-batch, workspace, ids', /layers\/runtime|local\//],
  ['projections', /layers\/core/],
]
const TOP = 15

/** For Node, so that it writes a profile into the folder when it ends. */
export const profileArguments = (folder: string): string[] => ['--cpu-prof', `--cpu-prof-dir=${folder}`]

/** Self time by stage and by function, as shares of the time in which the thread was not idle. */
export function sharesIn(folder: string) {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'))!
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const stages = new Map<string, number>()
  const functions = new Map<string, number>()
  let busy = 0
  for (const [i, id] of samples.entries()) {
    const { functionName, url, lineNumber } = frames.get(id)!
    if (functionName === '(idle)') continue
    const us = timeDeltas[i]!
    busy += us
    const stage = functionName.startsWith('(')
      ? functionName
      : (STAGES.find(([, path]) => path.test(url))?.[0] ?? 'node')
    const name = `${functionName || 'anonymous'} ${url.replace(/^.*\/(?=(node_modules|layers|local|test)\/)/, '')}:${lineNumber + 1}`
    stages.set(stage, (stages.get(stage) ?? 0) + us)
    functions.set(name, (functions.get(name) ?? 0) + us)
  }
  const shares = (of: Map<string, number>, limit: number) =>
    Object.fromEntries(
      [...of]
        .sort(([, a], [, b]) => b - a)
        .slice(0, limit)
        .map(([name, us]) => [name, Number((us / busy).toFixed(3))]),
    )
  return { stageShares: shares(stages, Number.POSITIVE_INFINITY), topFunctions: shares(functions, TOP) }
}
