/**
 * Each column becomes at most 255 bins and bin 0, which is what a tree engine adds up by. Numbers are cut at quantiles, as
 * in G. Ke et al., LightGBM: A Highly Efficient Gradient Boosting Decision Tree, NIPS 2017; bin 0 holds what is missing.
 * Categories have a bin each; bin 0 holds the missing, the rare beyond the cap, and at prediction the unseen.
 */
import { type Random, randomFrom, uniform } from '#core/simulator/random.ts'
import { checkTable, columnOf, type Feature, type FeatureTable, FeatureTableError } from './feature-table.ts'

export const MISSING_BIN = 0
const MOST_BINS = 255
/** Cuts come from so many rows, chosen by chance: a stride would see one weekday of a table sorted by day. */
const SAMPLED_ROWS = 200_000
/** The outermost bins are halved towards the end of the tail, down to so many sampled values, so often at most. */
const TAIL_ROWS = 3
const TAIL_CUTS = 8

export interface BinnedFeatures {
  readonly features: readonly Feature[]
  readonly rows: number
  /** Four features to a word: byte `j & 3` of word `(j >> 2) * rows + i` is the bin of row `i`, feature `j`. */
  readonly packed: Uint32Array
  /** By feature: bins, with bin 0. */
  readonly binCounts: Int32Array
  /**
   * By feature. Number: `cuts[b - 1]` is a float32 with (values of bin b) <= cut < (values of bin b + 1), so that a
   * runtime of float32 splits where the bins do. Category: `cuts[b - 1]` is the code of bin b, ascending.
   */
  readonly cuts: readonly Float32Array[]
}

export interface BinOptions {
  /** Without bin 0; 2 to 255. */
  readonly maxBins?: number
  /** Chooses the rows that cuts come from, in a table of more than 200,000. */
  readonly seed?: number
}

/** @throws FeatureTableError on an infinite value, a category's code that is no whole number from 0, or a table that is none. */
export function binFeatures(table: FeatureTable, { maxBins = MOST_BINS, seed = 0 }: BinOptions = {}): BinnedFeatures {
  checkTable(table)
  if (!Number.isInteger(maxBins) || maxBins < 2 || maxBins > MOST_BINS)
    throw new RangeError(`maxBins is a whole number from 2 to ${MOST_BINS}, not ${maxBins}`)
  const { features, rows } = table
  const packed = new Uint32Array(new SharedArrayBuffer(Math.ceil(features.length / 4) * rows * 4))
  const bytes = new Uint8Array(packed.buffer)
  const binCounts = new Int32Array(features.length)
  const sample = sampleRows(rows, randomFrom(seed))
  const cuts = features.map(({ kind }, j) => {
    const column = columnOf(table, j)
    checkColumn(column, table.features[j]!)
    const start = (j >> 2) * rows * 4 + (j & 3)
    const found = kind === 'category' ? codesOf(column, maxBins) : cutsOf(column, sample, maxBins)
    binCounts[j] = found.length + (kind === 'category' ? 1 : 2)
    if (kind === 'category') putCodes(column, found, bytes, start)
    else putNumbers(column, found, bytes, start)
    return found
  })
  return { features, rows, packed, binCounts, cuts }
}

function checkColumn(column: Float32Array, { name, kind }: Feature): void {
  const isBad = (value: number) =>
    kind === 'category' ? !Number.isNaN(value) && !isCode(value) : value === Infinity || value === -Infinity
  const bad = column.findIndex(isBad)
  if (bad < 0) return
  const must = kind === 'category' ? 'a code, a whole number from 0' : 'finite'
  throw new FeatureTableError(
    `row ${bad} of ${JSON.stringify(name)} is ${column[bad]}, and must be ${must}; what is missing is NaN`,
  )
}

/** Whether a float32 can be the code of a category. */
export const isCode = (value: number): boolean => Number.isInteger(value) && value >= 0

function sampleRows(rows: number, random: Random): Uint32Array {
  const count = Math.min(rows, SAMPLED_ROWS)
  const stretch = rows / count
  return Uint32Array.from({ length: count }, (_, k) =>
    stretch === 1 ? k : Math.min(rows - 1, Math.floor((k + uniform(random)) * stretch)),
  )
}

/** Distinct values ascending, and how often each came. */
function distinct(column: Float32Array, sample: Uint32Array): { values: Float32Array; counts: Uint32Array } {
  const present = new Float32Array(sample.length)
  let n = 0
  for (const row of sample) {
    const value = column[row]!
    if (!Number.isNaN(value)) present[n++] = value
  }
  const sorted = present.subarray(0, n).sort()
  const values = new Float32Array(n)
  const counts = new Uint32Array(n)
  let k = -1
  for (const value of sorted) {
    if (k < 0 || value !== values[k]) values[++k] = value
    counts[k]!++
  }
  return { values: values.subarray(0, k + 1), counts: counts.subarray(0, k + 1) }
}

function cutsOf(column: Float32Array, sample: Uint32Array, maxBins: number): Float32Array {
  const { values, counts } = distinct(column, sample)
  const last = values.length - 1
  const ends =
    values.length <= maxBins ? Array.from({ length: Math.max(0, last) }, (_, k) => k) : quantileEnds(counts, maxBins)
  return Float32Array.from(ends, (k) => between(values[k]!, values[k + 1]!))
}

/** Places of the distinct values that end a bin, ascending: bins of equal mass, then the outermost halved by tails. */
function quantileEnds(counts: Uint32Array, maxBins: number): number[] {
  const tailCuts = Math.min(TAIL_CUTS, maxBins >> 4)
  const ends: number[] = []
  let rest = counts.reduce((sum, count) => sum + count, 0)
  let left = maxBins - 2 * tailCuts
  let mass = 0
  for (let k = 0; k < counts.length - 1 && left > 1; k++) {
    mass += counts[k]!
    if (mass < rest / left) continue
    ends.push(k)
    rest -= mass
    mass = 0
    left--
  }
  const lower = tailEnds(counts, ends[0] ?? counts.length - 1, -1, tailCuts).map((k) => k - 1)
  const upper = tailEnds(counts, (ends.at(-1) ?? -1) + 1, 1, tailCuts)
  return [...new Set([...lower.filter((k) => k >= 0), ...ends, ...upper])].sort((a, b) => a - b)
}

/** From the inner end of the outermost bin outwards: places where half of the bin's mass is passed, then half of the rest. */
function tailEnds(counts: Uint32Array, inner: number, step: 1 | -1, most: number): number[] {
  const outer = step === 1 ? counts.length - 1 : 0
  let rest = 0
  for (let k = inner; k !== outer + step; k += step) rest += counts[k]!
  const ends: number[] = []
  let mass = 0
  for (let k = inner; k !== outer && ends.length < most && rest >= 2 * TAIL_ROWS; k += step) {
    mass += counts[k]!
    if (mass < rest / 2) continue
    ends.push(k)
    rest -= mass
    mass = 0
  }
  return ends
}

/** A float32 from `a` up to, and without, `b`; in the middle if there is one. */
export function between(a: number, b: number): number {
  const middle = Math.fround(a + (b - a) / 2)
  return middle >= a && middle < b ? middle : a
}

function putNumbers(column: Float32Array, cuts: Float32Array, bytes: Uint8Array, start: number): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!
    bytes[start + 4 * i] = Number.isNaN(value) ? MISSING_BIN : lowerBound(cuts, value) + 1
  }
}

/** How many of the ascending `cuts` are below `value`. HOT. */
function lowerBound(cuts: Float32Array, value: number): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= cuts[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

/** The most frequent codes, ascending; of equally frequent ones the lower. */
function codesOf(column: Float32Array, maxBins: number): Float32Array {
  const counts = new Map<number, number>()
  for (const code of column) if (!Number.isNaN(code)) counts.set(code, (counts.get(code) ?? 0) + 1)
  const kept = [...counts].sort(([a, n], [b, m]) => m - n || a - b).slice(0, maxBins)
  return Float32Array.from(kept, ([code]) => code).sort()
}

function putCodes(column: Float32Array, codes: Float32Array, bytes: Uint8Array, start: number): void {
  const bins = new Map(Array.from(codes, (code, k) => [code, k + 1]))
  for (let i = 0; i < column.length; i++) bytes[start + 4 * i] = bins.get(column[i]!) ?? MISSING_BIN
}
