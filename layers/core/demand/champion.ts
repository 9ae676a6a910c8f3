/** Which version of the demand model serves a merchant, and what became of the last challenger. */

export type ChampionRow = {
  /** Counts changes of the row. */
  readonly turn: number
  /** Absent: no model serves, but the baseline. */
  readonly champion?: { readonly version: string /** Epoch ms. */; readonly since: number }
  /** Versions that served before, the newest last. */
  readonly earlier: readonly string[]
  /** The simple method that serves where no model does: the best one of the last training. */
  readonly baseline: string
  /** The last training that was judged. */
  readonly judged?: {
    readonly version: string
    readonly isPromoted: boolean
    readonly reason: string
    /** Epoch ms. */
    readonly at: number
  }
}

/** How many changes can be taken back. */
const MOST_EARLIER = 12

/** Before any training; nothing is known of this merchant, and a month's mean is right for most. */
export const NO_CHAMPION: ChampionRow = { turn: 0, earlier: [], baseline: 'moving average 28' }

export type Judged = {
  readonly version: string
  readonly baseline: string
  readonly isBetter: boolean
  readonly reason: string
  /** The champion that it was compared with. */
  readonly comparedWith: string | undefined
}

/** Of a challenger that was judged while another version served, the reason says so, and nothing is promoted. */
export function withJudged(row: ChampionRow, judged: Judged, now: number): ChampionRow {
  const isSame = row.champion?.version === judged.comparedWith
  const isPromoted = judged.isBetter && isSame
  const reason = isSame
    ? judged.reason
    : `${row.champion?.version ?? 'no version'} serves now, and it was compared with ${judged.comparedWith ?? 'none'}`
  const next = isPromoted ? promoted(row, judged.version, now) : { ...row, turn: row.turn + 1 }
  return { ...next, baseline: judged.baseline, judged: { version: judged.version, isPromoted, reason, at: now } }
}

/** The same row where the version serves already. */
export function promoted(row: ChampionRow, version: string, now: number): ChampionRow {
  if (row.champion?.version === version) return row
  const earlier = row.champion === undefined ? row.earlier : [...row.earlier, row.champion.version]
  return { ...row, turn: row.turn + 1, champion: { version, since: now }, earlier: earlier.slice(-MOST_EARLIER) }
}

/** No version serves, but the baseline; the one that did can be gone back to. The same row where none does already. */
export function withoutChampion(row: ChampionRow): ChampionRow {
  const { champion, ...rest } = row
  if (champion === undefined) return row
  return { ...rest, turn: row.turn + 1, earlier: [...row.earlier, champion.version].slice(-MOST_EARLIER) }
}

/** The version that served before, or the baseline where none did. Undefined: no version serves, and none did. */
export function rolledBack(row: ChampionRow, now: number): ChampionRow | undefined {
  const { champion, earlier, ...rest } = row
  if (champion === undefined && earlier.length === 0) return undefined
  const before = earlier.at(-1)
  return {
    ...rest,
    turn: row.turn + 1,
    earlier: earlier.slice(0, -1),
    ...(before !== undefined && { champion: { version: before, since: now } }),
  }
}
