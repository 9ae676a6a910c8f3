/** One-use tickets for the socket: a browser cannot send a header with it, and a cookie alone lets nobody listen. */
import { createHash } from 'node:crypto'
import type { LiveTicket } from '#core/api/live.ts'
import { conditionsHold, type Viewer, type Write } from '#core/ports.ts'
import { ascendingTime, EVERY_KEY, rowKey } from '#core/row-key.ts'
import type { Ports } from './ports.ts'

/** Key: when it expires, hash of the ticket; the ticket itself is kept nowhere. */
export const LIVE_TICKETS = 'live-tickets'
type TicketRow = { readonly viewer: Viewer; readonly expiresAt: number }

export const TICKET_MS = 60_000
/** Those that nobody used go when others are made. */
const SWEPT_AT_ONCE = 20

/** A ticket with which this viewer may open one connection within a minute. It does not outlive the engine for sure. */
export async function issueTicket(
  { state, clock, ids }: Pick<Ports, 'state' | 'clock' | 'ids'>,
  viewer: Viewer,
): Promise<LiveTicket> {
  const nowMs = clock.now()
  const expiresAt = nowMs + TICKET_MS
  const ticket = `${expiresAt}.${ids.next()}`
  const row: TicketRow = { viewer, expiresAt }
  const range = { from: EVERY_KEY.from, to: ascendingTime(nowMs) }
  const old = await state.query({ table: LIVE_TICKETS, range, limit: SWEPT_AT_ONCE })
  const sweeping = old.map(({ key }): Write => ({ table: LIVE_TICKETS, key, row: undefined }))
  await state.commit([...sweeping, { table: LIVE_TICKETS, key: keyOf(ticket), row }])
  return { ticket, expiresAt: new Date(expiresAt).toISOString() }
}

/** Whose ticket it is; undefined: it is none, was used, or is too old. Of two who bring the same, one is let in. */
export async function redeemTicket(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  ticket: string,
): Promise<Viewer | undefined> {
  const key = keyOf(ticket)
  const row = (await state.get(LIVE_TICKETS, key)) as TicketRow | undefined
  if (row === undefined) return undefined
  const unused = { table: LIVE_TICKETS, key, field: 'expiresAt', equals: row.expiresAt }
  const isOurs = await conditionsHold(() => state.commit([{ table: LIVE_TICKETS, key, row: undefined }], [unused]))
  return isOurs && row.expiresAt > clock.now() ? row.viewer : undefined
}

/** Whatever the ticket says of itself, a key that nobody made leads nowhere. */
function keyOf(ticket: string): string {
  const expiresAt = Number(/^(\d{1,13})\./.exec(ticket)?.[1] ?? 0)
  return rowKey(ascendingTime(expiresAt), createHash('sha256').update(ticket).digest('base64url'))
}
