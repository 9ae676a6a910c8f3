/** How much came through each connection by the hour, for seven days. */
import type { ActivityHour } from '#core/api/connections.ts'
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import type { StateStore, Write } from '#core/ports.ts'
import { ascendingTime, EVERY_KEY, partsOf, rowKey, timeOfAscending, under } from '#core/row-key.ts'
import type { Ports } from './ports.ts'

/** Key: connection, beginning of the hour. */
const DELIVERY_HOURS = 'delivery-hours'
type Counts = Omit<ActivityHour, 'start'>
type Fate = Exclude<keyof Counts, 'tookMs'>
export const KEEP_HOURS_MS = 7 * DAY_MS
const NONE: Counts = { taken: 0, repeated: 0, unproved: 0, unreadable: 0, turnedAway: 0, tookMs: 0 }

type Counted = { readonly at: number; readonly status: number; readonly proof: string; readonly durationMs: number }

/**
 * The row of the hour with one delivery more, for the commit that logs it. That one takes a number of the connection's,
 * after which this is to be asked (`commitNumbered`): of deliveries at once, each counts on what the one before left.
 */
export async function hourWrite(state: StateStore, connectionId: string, delivery: Counted): Promise<Write> {
  const key = rowKey(connectionId, ascendingTime(Math.floor(delivery.at / HOUR_MS) * HOUR_MS))
  const counts = ((await state.get(DELIVERY_HOURS, key)) ?? NONE) as Counts
  const fate = fateOf(delivery)
  const row: Counts = { ...counts, [fate]: counts[fate] + 1, tookMs: counts.tookMs + delivery.durationMs }
  return { table: DELIVERY_HOURS, key, row }
}

function fateOf({ status, proof }: Counted): Fate {
  if (status === 202) return 'taken'
  if (status < 300) return 'repeated'
  if (proof !== 'proved' && proof !== 'none') return 'unproved'
  return status === 422 || status === 413 ? 'unreadable' : 'turnedAway'
}

/** Oldest first. */
export async function hoursOf(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connectionId: string,
): Promise<ActivityHour[]> {
  const { to } = under(connectionId)
  const from = rowKey(connectionId, ascendingTime(clock.now() - KEEP_HOURS_MS))
  const rows = await state.query({ table: DELIVERY_HOURS, range: { from, to } })
  return rows.map(({ key, row }) => ({ ...(row as Counts), start: new Date(startOf(key)).toISOString() }))
}

const startOf = (key: string): number => timeOfAscending(partsOf(key)[1]!)

/** Deletes what is older than it may be. */
export async function sweepHours({ state, clock }: Pick<Ports, 'state' | 'clock'>): Promise<void> {
  const before = clock.now() - KEEP_HOURS_MS - HOUR_MS
  const rows = await state.query({ table: DELIVERY_HOURS, range: EVERY_KEY })
  const old = rows.filter(({ key }) => startOf(key) < before)
  for (const { key } of old) await state.commit([{ table: DELIVERY_HOURS, key, row: undefined }])
}
