/** What is to be seen on a time axis: gaps, marks, clocks, sums. Decided here, drawn elsewhere. */
import { formatTime } from '../format/format-time.ts'
import type { Annotation, TimeSpec } from './chart-spec.ts'

type Run = readonly [from: number, to: number]

/** Runs of missing buckets, first and last index. */
export function gapsOf({ buckets }: Pick<TimeSpec, 'buckets'>): Run[] {
  const gaps: [number, number][] = []
  for (const [index, { state }] of buckets.entries()) {
    if (state !== 'missing') continue
    const last = gaps.at(-1)
    if (last?.[1] === index - 1) last[1] = index
    else gaps.push([index, index])
  }
  return gaps
}

/** Index of the bucket that is not over; null: all are. */
export function unfinishedOf({ buckets }: Pick<TimeSpec, 'buckets'>): number | null {
  const index = buckets.findIndex(({ state }) => state === 'filling')
  return index === -1 ? null : index
}

/** The series that the chart is about, without those of another time. */
export const ownSeries = ({ series }: Pick<TimeSpec, 'series'>) => series.filter(({ comparison }) => !comparison)

/**
 * Where each corrected bucket is marked, in the values of the spec: at the upper end of what stands there, never below
 * zero, where the clocks stand.
 */
export function correctionsOf(spec: TimeSpec): { readonly index: number; readonly value: number }[] {
  const own = ownSeries(spec)
  return spec.buckets.flatMap(({ corrected, state }, index) => {
    if (!corrected || state === 'missing') return []
    const values = own.map(({ values: all }) => Math.max(0, all[index] ?? 0))
    return [{ index, value: spec.stack ? values.reduce((a, b) => a + b, 0) : Math.max(0, ...values) }]
  })
}

export type Mark = { readonly index: number; readonly kind: Annotation['kind']; readonly texts: readonly string[] }

/** Annotations by bucket, oldest first; those of one bucket stand together, and are as bad as the worst of them. */
export function marksOf({ buckets, annotations }: Pick<TimeSpec, 'buckets' | 'annotations'>): Mark[] {
  const marks = new Map<number, Annotation[]>()
  const firstMs = Date.parse(buckets[0]?.start ?? '')
  const ends = buckets.map(({ end }) => Date.parse(end))
  const timed = annotations.map((annotation) => ({ annotation, atMs: Date.parse(annotation.at) }))
  let index = 0
  for (const { annotation, atMs } of timed.filter((one) => one.atMs >= firstMs).sort((a, b) => a.atMs - b.atMs)) {
    while (index < ends.length && ends[index]! <= atMs) index++
    if (index === ends.length) break
    const there = marks.get(index)
    if (there === undefined) marks.set(index, [annotation])
    else there.push(annotation)
  }
  return [...marks]
    .map(([index, all]) => ({
      index,
      kind: (all.find(({ kind }) => isBad(kind)) ?? all[0]!).kind,
      texts: all.map(({ text }) => text),
    }))
    .sort((a, b) => a.index - b.index)
}

export const isBad = (kind: Annotation['kind']): boolean => kind === 'alert' || kind === 'stock-out'

/** Many lines would hide what they lead to. */
const MOST_LINES = 6
export const haveLines = (marks: readonly Mark[]): boolean => marks.length <= MOST_LINES

/** The sum of all that is known; null: it does not add up, nothing is known, or it cannot be exact. */
export function totalOf(spec: TimeSpec): number | null {
  if (!spec.adds) return null
  const known = ownSeries(spec).flatMap(({ values }) => values.filter((value) => value !== null))
  const sum = known.reduce((a, b) => a + b, 0)
  const isExact = spec.unit.kind === 'number' || Number.isSafeInteger(sum)
  return known.length > 0 && isExact ? sum : null
}

/** Something is known, and all of it is 0. */
export function isAllZero(spec: Pick<TimeSpec, 'series'>): boolean {
  const known = spec.series.flatMap(({ values }) => values.filter((value) => value !== null))
  return known.length > 0 && known.every((value) => value === 0)
}

/** Of all series that are there in one bucket; null: none is. */
export function bucketSum(spec: TimeSpec, index: number): number | null {
  const known = ownSeries(spec).flatMap(({ values }) => values[index] ?? [])
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
}

const STEPS_MIN = [1, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440]
const LABEL_PX = 52

/** What stands below the axis, by index: as many round clocks or days as have room, and the words for what is not over. */
export function axisLabels(
  { buckets, zone }: Pick<TimeSpec, 'buckets' | 'zone'>,
  bucketPx: number,
  soFar: string,
): ReadonlyMap<number, string> {
  const unfinished = unfinishedOf({ buckets })
  const widest = Math.max(0, ...buckets.map(({ label }) => label.length)) > 6
  const roomOf = (px: number) => Math.max(1, Math.ceil(px / bucketPx))
  const room = roomOf(LABEL_PX)
  const labels = new Map<number, string>()
  const first = buckets[0]
  if (first === undefined) return labels
  const bucketMin = (Date.parse(first.end) - Date.parse(first.start)) / 60_000
  const step = STEPS_MIN.find((minutes) => minutes >= bucketMin * room) ?? 1440
  const daysRoom = Math.max(1, Math.ceil((bucketMin * room) / 1440))
  let days = 0
  for (const [index, { label, minuteOfDay, start }] of buckets.entries()) {
    // What is not over says so at the right end; nothing may stand in its words.
    const free = unfinished === null || index < unfinished - room + 1
    if (minuteOfDay === null) {
      if (free && (buckets.length - 1 - index) % room === 0) labels.set(index, label)
      continue
    }
    if (minuteOfDay === 0 && widest) {
      if (free && days % daysRoom === 0) labels.set(index, formatTime(Date.parse(start), zone, 'shortDate'))
      days += 1
    } else if (free && step < 1440 && minuteOfDay % step === 0) {
      labels.set(index, label.slice(-5))
    }
  }
  if (unfinished !== null) labels.set(unfinished, soFar)
  return labels
}
