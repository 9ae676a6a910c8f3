/** Names of the lake's raw objects. They say what they hold, so that writing a stretch of the log again replaces it. */
export const RAW = 'raw/'

/** Records of one shard of the log, from the first to the last: both are in it. */
export type Stretch = { readonly shard: number; readonly first: string; readonly last: string }

/** The partition of a raw table for what happened on this UTC day. `at`: epoch ms. */
export function rawFolder(table: string, at: number): string {
  const [year, month, day] = new Date(at).toISOString().slice(0, 10).split('-')
  return `${RAW}${table}/year=${year}/month=${month}/day=${day}/`
}

/** The object of the stretch's events in one partition. */
export const rawObject = (folder: string, { shard, first, last }: Stretch): string =>
  `${folder}${shard}-${short(first)}-${short(last)}.parquet`

/** Where an object's events come from, as its name says; undefined: it is no raw object. */
export function stretchIn(name: string): Stretch | undefined {
  const [, shard, first, last] = /(?:^|\/)(\d+)-([\d.]+)-([\d.]+)\.parquet$/.exec(name) ?? []
  return shard === undefined ? undefined : { shard: Number(shard), first: first!, last: last! }
}

/** Whether the stretch begins behind this record of its shard. */
export function isBehind({ first }: Stretch, sequence: string): boolean {
  const [a, b] = [short(first), short(sequence)]
  return a.length === b.length ? a > b : a.length > b.length
}

/** Whether the stretch ends at this record of its shard, or before it. */
export const isUpTo = (stretch: Stretch, sequence: string): boolean =>
  !isBehind({ ...stretch, first: stretch.last }, sequence)

/** The UTC day (YYYY-MM-DD) of a raw object's partition. */
export function rawDayOf(name: string): string {
  const [, year, month, day] = /\/year=(\d+)\/month=(\d+)\/day=(\d+)\//.exec(name) ?? []
  if (day === undefined) throw new RangeError(`${name} is in no day's partition`)
  return `${year}-${month}-${day}`
}

/** Sequences are padded so that they sort as text. */
const short = (sequence: string): string => sequence.replace(/^0+(?=\d)/, '')
