import {
  businessDateOf,
  MINUTE_MS,
  nextBusinessDate,
  QUARTER_MS,
  startOfBusinessDay,
  startOfMinute,
  startOfQuarter,
} from './business-time.ts'
import { KEEP_CELLS_MS, type Width } from './cells.ts'

/** A cell's time: epoch ms of its start, or the date of a day. */
export type Piece =
  | { readonly width: Exclude<Width, 'day'>; readonly time: number }
  | { readonly width: 'day'; readonly time: string }

export type Span = { readonly fromMs: number; readonly toMs: number }

/** As answers say it. */
export const windowOf = ({ fromMs, toMs }: Span, timeZone: string) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  timeZone,
})

/** Cells, and the span that they add up: never less than was asked for, more where the finer cells are gone. */
export type Cover = Span & { readonly pieces: readonly Piece[] }

/**
 * The fewest cells that make up the span [fromMs, toMs) by the days of `zone`. A span that reaches `nowMs` takes the cell
 * that is still filling, since nothing in it lies later. Where the finer cells are gone, the span grows to whole ones.
 */
export function coverOf({ fromMs, toMs }: Span, zone: string, nowMs: number): Cover {
  const pieces: Piece[] = []
  const reaches = (endMs: number) => endMs <= toMs || toMs >= nowMs
  const endMs = Math.min(toMs, nowMs)
  let at = startOfMinute(fromMs)
  if (at >= endMs) return { pieces, fromMs, toMs }
  if (at < nowMs - KEEP_CELLS_MS.minute) at = startOfQuarter(at)
  if (at < nowMs - KEEP_CELLS_MS.quarter) at = startOfBusinessDay(businessDateOf(at, zone), zone)
  const startMs = at
  while (at < endMs) {
    const date = businessDateOf(at, zone)
    const nextDay = startOfBusinessDay(nextBusinessDate(date), zone)
    const onlyDays = at < nowMs - KEEP_CELLS_MS.quarter
    const onlyQuarters = at < nowMs - KEEP_CELLS_MS.minute
    if (at === startOfBusinessDay(date, zone) && (onlyDays || reaches(nextDay))) {
      pieces.push({ width: 'day', time: date })
      at = nextDay
    } else if (at % QUARTER_MS === 0 && (onlyQuarters || reaches(at + QUARTER_MS))) {
      pieces.push({ width: 'quarter', time: at })
      at += QUARTER_MS
    } else {
      pieces.push({ width: 'minute', time: at })
      at += MINUTE_MS
    }
  }
  return { pieces, fromMs: startMs, toMs: toMs >= nowMs ? toMs : at }
}

/** Whether the cells add up the span itself, to the minute, and no more. */
export const isJust = (cover: Cover, { fromMs, toMs }: Span): boolean =>
  startOfMinute(cover.fromMs) === startOfMinute(fromMs) &&
  Math.ceil(cover.toMs / MINUTE_MS) === Math.ceil(toMs / MINUTE_MS)

/** Pieces of one width that follow each other, first and last of them. */
export type Run = { readonly width: Width; readonly first: Piece['time']; readonly last: Piece['time'] }

/** A cover's pieces as runs of at most so many: what lies between a run's ends is in it. */
export function runsOf(pieces: readonly Piece[], most: number): Run[] {
  const runs: { width: Width; first: Piece['time']; last: Piece['time']; count: number }[] = []
  for (const { width, time } of pieces) {
    const run = runs.at(-1)
    if (run === undefined || run.width !== width || run.count === most)
      runs.push({ width, first: time, last: time, count: 1 })
    else {
      run.last = time
      run.count++
    }
  }
  return runs.map(({ count: _, ...run }) => run)
}
