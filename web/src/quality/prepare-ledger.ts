import type { QualityAnswer } from '#core/api/quality.ts'
import { formatNumber } from '../format/format-number.ts'
import { words } from './words.ts'

/** Where a record of the log went; in the order of the equation. */
export const FATES = ['applied', 'duplicate', 'held', 'discarded', 'pending'] as const
export type Fate = (typeof FATES)[number]

export type LedgerPart = {
  readonly fate: Fate
  readonly name: string
  readonly about: string
  readonly count: number
  readonly text: string
  /** Of the bar's length, in per cent; 0: it is not drawn. */
  readonly share: number
}
export type LedgerRow = {
  readonly shard: number
  readonly accepted: string
  readonly counts: Readonly<Record<Fate, string>>
  /** Whether its parts add up to what was accepted. */
  readonly addsUp: boolean
  readonly sequence: string
}
export type Ledger = {
  readonly accepted: string
  readonly parts: readonly LedgerPart[]
  /** '1,204 applied + 2 duplicate + ... = 1,210 accepted', as somebody would say it. */
  readonly said: string
  readonly addsUp: boolean
  /** Accepted less the sum of the parts. */
  readonly difference: string
  readonly rows: readonly LedgerRow[]
}

/** A part that is there is seen, however small it is: in per cent of the bar. */
const SMALLEST = 0.6

/** The ledger over all shards, and by shard. The sum is made here, so that a page that says it adds up has added it up. */
export function prepareLedger(lines: NonNullable<QualityAnswer['ledger']>, locale?: string): Ledger {
  const accepted = sumOf(lines, 'accepted')
  const counts = Object.fromEntries(FATES.map((fate) => [fate, sumOf(lines, fate)])) as Record<Fate, number>
  const sum = FATES.reduce((all, fate) => all + counts[fate], 0)
  const say = (count: number): string => formatNumber(count, {}, locale)
  const shares = sharesOf(FATES.map((fate) => counts[fate]))
  const parts = FATES.map((fate, i) => ({
    fate,
    name: words.fates[fate].name,
    about: words.fates[fate].about,
    count: counts[fate],
    text: say(counts[fate]),
    share: shares[i]!,
  }))
  return {
    accepted: say(accepted),
    parts,
    said: words.equation(
      say(accepted),
      parts.map(({ text, name }) => `${text} ${name.toLowerCase()}`),
    ),
    addsUp: sum === accepted && lines.every(addsUp),
    difference: say(accepted - sum),
    rows: lines.map((line) => ({
      shard: line.shard,
      accepted: say(line.accepted),
      counts: Object.fromEntries(FATES.map((fate) => [fate, say(line[fate])])) as Record<Fate, string>,
      addsUp: addsUp(line),
      sequence: line.sequence.replace(/^0+(?=\d)/, ''),
    })),
  }
}

type Line = NonNullable<QualityAnswer['ledger']>[number]
const sumOf = (lines: readonly Line[], field: Fate | 'accepted'): number =>
  lines.reduce((sum, line) => sum + line[field], 0)
const addsUp = (line: Line): boolean =>
  line.pending >= 0 && FATES.reduce((sum, fate) => sum + line[fate], 0) === line.accepted

/** Lengths in per cent that add up to 100; what is there has the smallest length at least, which the longest gives up. */
function sharesOf(counts: readonly number[]): readonly number[] {
  const sum = counts.reduce((all, count) => all + Math.max(0, count), 0)
  if (sum === 0) return counts.map(() => 0)
  const shares = counts.map((count) => (count <= 0 ? 0 : Math.max(SMALLEST, (100 * count) / sum)))
  const over = shares.reduce((all, share) => all + share, 0) - 100
  const longest = shares.indexOf(Math.max(...shares))
  return shares.map((share, i) => (i === longest ? share - over : share))
}
