/** Where the states of a chain stand in its picture, and how what leads from one to another is drawn. */
import type { RunAnswer } from '#core/api/runs.ts'
import { type StateStatus, stateWord } from './prepare-run.ts'
import { tookMs, tookText } from './prepare-runs.ts'
import { isWorking } from './requests.ts'

type Shape = NonNullable<RunAnswer['shape']>

const WIDTH = 116
const HEIGHT = 46
const GAP = 16
const MARGIN = 4
/** Above the states there is room for ways that leave some out, below for what follows a failure. */
const TOP = 34
const LANE = 44

export type PictureNode = {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly status: StateStatus
  /** Of what ends a run or decides: no work is done there. */
  readonly isQuiet: boolean
  readonly said: string
}
export type Picture = {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PictureNode[]
  /** SVG paths, each an arrow. */
  readonly ways: readonly { readonly key: string; readonly path: string; readonly onFailure: boolean }[]
  readonly done: number
  readonly all: number
}

/** null: it has not begun. */
export function preparePicture(run: RunAnswer, nowMs: number): Picture | null {
  const { shape } = run
  if (shape === null || shape.states.length === 0) return null
  const ranks = ranksOf(shape)
  const columns = Math.max(...ranks.values()) + 1
  const failing = shape.states.map(({ name }) => name).filter((name) => !ranks.has(name))
  const columnOf = (name: string) => ranks.get(name) ?? Math.max(0, columns - failing.length) + failing.indexOf(name)
  const placeOf = (name: string) => ({
    x: MARGIN + columnOf(name) * (WIDTH + GAP),
    y: ranks.has(name) ? TOP : TOP + HEIGHT + LANE,
  })
  const worked = new Map(run.states.map((state) => [state.name, state]))
  const nodes = shape.states.map(({ name, kind }): PictureNode => {
    const state = worked.get(name)
    const status = state === undefined ? endStatus(kind, !ranks.has(name), run) : state.status
    const shown = status === 'waiting' && !isWorking(run) ? 'not-reached' : status
    const took = state === undefined ? null : tookMs(state, nowMs)
    const said = state === undefined ? '' : took === null ? stateWord(shown) : `${stateWord(shown)}, ${tookText(took)}`
    return { name, ...placeOf(name), width: WIDTH, height: HEIGHT, status: shown, isQuiet: state === undefined, said }
  })
  const done = run.states.filter(({ status }) => status === 'succeeded').length
  return {
    width: 2 * MARGIN + Math.max(columns, failing.length) * (WIDTH + GAP) - GAP,
    height: failing.length === 0 ? TOP + HEIGHT + MARGIN : TOP + 2 * HEIGHT + LANE + MARGIN,
    nodes,
    ways: waysOf(shape, ranks, placeOf),
    done,
    all: run.states.length,
  }
}

/** By the longest way from the beginning, of states that are reached where nothing fails. */
function ranksOf({ states, steps }: Shape): ReadonlyMap<string, number> {
  const ranks = new Map([[states[0]!.name, 0]])
  // As many rounds as there are states: a chain has no circles, and one that had would end here too.
  for (const _ of states)
    for (const { from, to, onFailure } of steps) {
      const rank = ranks.get(from)
      if (!onFailure && rank !== undefined)
        ranks.set(to, Math.max(ranks.get(to) ?? 0, Math.min(rank + 1, states.length)))
    }
  return ranks
}

/** Of states without work of their own: those that end a run are reached as it ended. */
function endStatus(kind: string, isFailing: boolean, { status }: RunAnswer): StateStatus {
  if (isFailing) return status === 'failed' ? 'failed' : 'waiting'
  return kind === 'Succeed' && status === 'succeeded' ? 'succeeded' : 'waiting'
}

type Place = { readonly x: number; readonly y: number }

function waysOf({ steps }: Shape, ranks: ReadonlyMap<string, number>, placeOf: (name: string) => Place) {
  return steps.map(({ from, to, onFailure }) => {
    const [a, b] = [placeOf(from), placeOf(to)]
    const middle = HEIGHT / 2
    const isNext = a.y === b.y && b.x - a.x === WIDTH + GAP
    const path = isNext
      ? `M${a.x + WIDTH} ${a.y + middle}H${b.x - 2}`
      : a.y === b.y
        ? // Above those that it leaves out.
          `M${a.x + WIDTH / 2} ${a.y}V${a.y - 20}H${b.x + WIDTH / 2}V${b.y - 2}`
        : `M${a.x + WIDTH / 2} ${a.y + HEIGHT}V${a.y + HEIGHT + LANE / 2}H${b.x + WIDTH / 2}V${b.y - 2}`
    return { key: `${from} ${to} ${onFailure}`, path, onFailure: onFailure || !ranks.has(from) }
  })
}
