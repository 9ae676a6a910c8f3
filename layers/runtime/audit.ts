/** Who changed what, and when: a row for every change that a person or a program made. */
import type { By } from '#core/access/by.ts'
import type { AuditAnswer } from '#core/api/people.ts'
import type { Write } from '#core/ports.ts'
import { descendingTime, type KeyRange, rowKey } from '#core/row-key.ts'
import type { Ports } from './ports.ts'
import { usersOf } from './users.ts'

/** Key: merchant, time (newest first), id. */
export const AUDIT = 'audit'

export type Change = {
  /** The kind: `settings.changed`. */
  readonly what: string
  /** What was changed, by its id or name. */
  readonly subject: string
  /** As it was, and as it is meant to be: secrets and personal fields of customers never. */
  readonly before?: unknown
  readonly after?: unknown
}
type AuditRow = Required<Change> & {
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
    await ports.state.commitDurable([{ ...write, row: undefined }])
    throw error
  }
}

type Found = { readonly key: string; readonly item: AuditAnswer['items'][number] }

/** Newest first. `range`: of the merchant's rows. */
export async function changesIn(
  state: Ports['state'],
  merchantId: string,
  range: KeyRange,
  limit: number,
): Promise<readonly Found[]> {
  const rows = await state.query({ table: AUDIT, range, limit })
  const names = new Map((await usersOf(state, merchantId)).map(({ id, name }) => [id, name]))
  return rows.map(({ key, row }) => {
    const { id, at, by, what, subject, before, after } = row as AuditRow
    const who = { id: by.subject, name: names.get(by.subject) ?? null, by: by.bearer?.kind ?? 'machine' }
    return { key, item: { id, at: new Date(at).toISOString(), who, what, subject, before, after } }
  })
}
