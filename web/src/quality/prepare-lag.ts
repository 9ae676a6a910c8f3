import { lagText } from '../format/format-time.ts'

/** How far the figures were behind at a moment, epoch ms of the page's clock. */
export type LagSample = { readonly atMs: number; readonly lagMs: number }

const HOUR_MS = 3_600_000
/** A bar of the picture. */
const BAR_MS = 60_000
const BARS = HOUR_MS / BAR_MS

/** The samples with one more; those of the last hour stay. */
export function withSample(samples: readonly LagSample[], sample: LagSample): readonly LagSample[] {
  const last = samples.at(-1)
  if (last !== undefined && (sample.atMs < last.atMs || (sample.atMs === last.atMs && sample.lagMs === last.lagMs)))
    return samples
  const kept = samples.filter(({ atMs }) => atMs > sample.atMs - HOUR_MS)
  return [...kept, sample]
}

export type Lag = {
  readonly now: string
  /** The worst of the last hour, as far as the page has heard. */
  readonly worst: string
  /** Whether anybody should look: figures on every screen are old. */
  readonly isBehind: boolean
  /** Oldest first, one a minute: the worst of it in ms; null: the page heard nothing. */
  readonly bars: readonly { readonly fromMs: number; readonly worstMs: number | null }[]
}

/** What the engine promises for most events is a second; beyond this people wait. */
const BEHIND_MS = 5_000

export function prepareLag(samples: readonly LagSample[], nowMs: number): Lag | null {
  const last = samples.at(-1)
  if (last === undefined) return null
  const end = (Math.floor(nowMs / BAR_MS) + 1) * BAR_MS
  const bars = Array.from({ length: BARS }, (_, i) => {
    const fromMs = end - (BARS - i) * BAR_MS
    const within = samples.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + BAR_MS)
    return { fromMs, worstMs: within.length === 0 ? null : Math.max(...within.map(({ lagMs }) => lagMs)) }
  })
  const heard = bars.flatMap(({ worstMs }) => worstMs ?? [])
  return {
    now: lagText(last.lagMs),
    worst: lagText(Math.max(last.lagMs, ...heard)),
    isBehind: last.lagMs >= BEHIND_MS,
    bars,
  }
}
