/** What documents of a merchant still say of somebody: in the delivery logs, and among those that were set aside. */
import type { Viewer } from '#core/ports.ts'
import { EVERY_KEY, partsOf } from '#core/row-key.ts'
import { deleteDelivery, loggedTexts } from './delivery-log.ts'
import { blankHeld, HELD_TABLE, type HeldRow, isHeldFor, readHeld } from './held-documents.ts'
import type { Ports } from './ports.ts'
import { everyConnectionOf } from './provider-connections.ts'
import { commandRecord } from './quarantine-command.ts'

type DocumentPorts = Pick<Ports, 'state' | 'objects' | 'log' | 'clock' | 'ids'>
type Names = (text: string) => boolean

/** Deletes the deliveries of the merchant's connections, closed ones too, that name them. Answers how many. */
export async function forgetDeliveries(
  { state }: Pick<Ports, 'state'>,
  merchantId: string,
  names: Names,
): Promise<number> {
  let deleted = 0
  for (const connectionId of await everyConnectionOf(state, merchantId)) {
    for (const { key, text } of await loggedTexts(state, connectionId)) {
      if (!names(text)) continue
      await deleteDelivery(state, key)
      deleted++
    }
  }
  return deleted
}

const ROWS_AT_ONCE = 100

/**
 * Blanks the bytes of documents set aside that name them, whatever became of these since, and gives up those that still
 * wait. Answers how many. Cut off in the middle, it is done again: bytes are blanked last.
 */
export async function forgetHeld(ports: DocumentPorts, viewer: Viewer, names: Names): Promise<number> {
  const { state, objects, log } = ports
  let deleted = 0
  let from = EVERY_KEY.from
  for (;;) {
    const rows = await state.query({ table: HELD_TABLE, range: { from, to: EVERY_KEY.to }, limit: ROWS_AT_ONCE })
    for (const { key, row } of rows as { key: string; row: HeldRow }[]) {
      if (!isHeldFor(viewer, row)) continue
      const bytes = await readHeld(objects, row)
      if (bytes === undefined || !names(bytes.toString('utf8'))) continue
      if (row.status === 'held') {
        const [shard, sequence] = partsOf(key) as [string, string]
        const command = commandRecord(ports, viewer, sequence, undefined)
        await log.append([{ eventIds: [command.id], records: [{ shard: Number(shard), bytes: command.bytes }] }])
      }
      await blankHeld(objects, row)
      deleted++
    }
    if (rows.length < ROWS_AT_ONCE) return deleted
    from = `${rows.at(-1)!.key}\u0000`
  }
}
