/** Who changed what, and when: a row for every change that a person or a program made. */
import type { By } from '#core/access/by.ts'
import type { AuditKind } from '#core/api/audit-kinds.ts'
import type { AuditAnswer } from '#core/api/people.ts'
import { mayBeInLog, type Write } from '#core/ports.ts'
import { descendingTime, type KeyRange, rowKey, under } from '#core/row-key.ts'
import type { Ports } from './ports.ts'
import { usersOf } from './users.ts'

/** Key: merchant, time (newest first), id. */
export const AUDIT = 'audit'

export type Change = {
  readonly what: AuditKind
  /** What was changed, by its id or name. */
  readonly subject: string
  /** As it was, and as it is meant to be: secrets and personal fields of customers never. */
  readonly before?: unknown
  readonly after?: unknown
}
type AuditRow = Required<Omit<Change, 'what'>> & {
  /** A kind of this release, or of an earlier one. */
  readonly what: string
  readonly at: number
  readonly id: string
  readonly by: Omit<By, 'merchantId'>
}
type AuditPorts = Pick<Ports, 'clock' | 'ids'>

/** The row of a change, for the commit that makes it. */
export function auditRow({ clock, ids }: AuditPorts, by: By, change: Change): Write {
  const { merchantId, subject, bearer } = by
  const { before = null, after = null, ...about } = change
  const [at, id] = [clock.now(), ids.next()]
  const row: AuditRow = { ...about, before, after, at, id, by: { subject, ...(bearer && { bearer }) } }
  return { table: AUDIT, key: rowKey(merchantId, descendingTime(at), id), row }
}

/**
 * For work that makes its own commits, or events: its row is written first, so that no change is without one; work that throws takes the row with it.
 * Where nobody knows whether its event is in the log, the row stays.
 * A program that is killed between the two leaves a row for a change that nobody was told had happened.
 */
export async function audited<T>(
  ports: Pick<Ports, 'state'> & AuditPorts,
  by: By,
  change: Change,
  work: () => Promise<T>,
): Promise<T> {
  const write = auditRow(ports, by, change)
  await ports.state.commitDurable([write])
  try {
    return await work()
  } catch (error) {
    if (!mayBeInLog(error)) await ports.state.commitDurable([{ ...write, row: undefined }])
    throw error
  }
}

type Item = AuditAnswer['items'][number]
type Found = { readonly key: string; readonly row: AuditRow }

/** A merchant's rows of [fromMs, toMs); absent: of all times. */
export function auditRange(merchantId: string, fromMs?: number, toMs?: number): KeyRange {
  const all = under(merchantId)
  return {
    from: toMs === undefined ? all.from : rowKey(merchantId, descendingTime(toMs - 1)),
    to: fromMs === undefined ? all.to : under(merchantId, descendingTime(fromMs)).to,
  }
}

export type Sought = {
  /** Who made the change, by their id. */
  readonly who?: string | undefined
  /** A kind of change, `settings.changed`, or all of one thing, `settings`. */
  readonly what?: string | undefined
}

/** The most rows that one answer looks at: whoever seeks something rare goes on from there. */
const MOST_LOOKED_AT = 5_000
const LOOKED_AT_ONCE = 500

/** Newest first. `range`: of the merchant's rows. `next`: the key behind which the others are; undefined: there are none. */
export async function changesIn(
  state: Ports['state'],
  merchantId: string,
  range: KeyRange,
  limit: number,
  sought: Sought = {},
): Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }> {
  const isSought = seeker(sought)
  const isAll = sought.who === undefined && sought.what === undefined
  const most = isAll ? limit + 1 : LOOKED_AT_ONCE
  const found: Found[] = []
  let looked = 0
  let from = range.from
  let isMore = true
  while (isMore && found.length <= limit && looked < MOST_LOOKED_AT) {
    const rows = await state.query({ table: AUDIT, range: { from, to: range.to }, limit: most })
    found.push(...rows.map(({ key, row }) => ({ key, row: row as AuditRow })).filter(({ row }) => isSought(row)))
    looked += rows.length
    isMore = rows.length === most
    if (isMore) from = `${rows.at(-1)!.key}\u0000`
  }
  const shown = found.slice(0, limit)
  const names = new Map((await usersOf(state, merchantId)).map(({ id, name }) => [id, name]))
  const items = shown.map(({ row: { id, at, by, what, subject, before, after } }) => {
    const who = { id: by.subject, name: names.get(by.subject) ?? null, by: by.bearer?.kind ?? 'machine' }
    return { id, at: new Date(at).toISOString(), who, what, subject, before, after }
  })
  const reached = isMore ? from.slice(0, -1) : undefined
  return { items, next: found.length > limit ? shown.at(-1)!.key : reached }
}

const seeker =
  ({ who, what }: Sought) =>
  ({ by, what: kind }: AuditRow): boolean =>
    (who === undefined || by.subject === who) && (what === undefined || kind === what || kind.startsWith(`${what}.`))
