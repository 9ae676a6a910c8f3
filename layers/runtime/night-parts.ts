/** Parts that a night has made and not yet published: a row each, so that parts may be made at once and by anybody. */
import { type MadePart, type Published, WHOLE, withPart } from '#core/lake/published.ts'
import { draftsFolder, partFolder } from '#core/lake/warehouse-names.ts'
import type { ObjectStore, StateStore } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { deleteUnder } from './delete-under.ts'
import { readPublished } from './published-warehouse.ts'

/** Key: merchant, version, table, day. */
export const NIGHT_PARTS = 'night-parts'
type PartRow = { readonly rows: number }

export const partMade = (merchantId: string, { table, day, version, rows }: MadePart) => ({
  table: NIGHT_PARTS,
  key: rowKey(merchantId, version, table, day),
  row: { rows } satisfies PartRow,
})

/** Of the tables, or of all. */
export async function partsMade(
  state: StateStore,
  merchantId: string,
  version: string,
  tables?: readonly string[],
): Promise<MadePart[]> {
  const ranges = tables?.map((table) => under(merchantId, version, table)) ?? [under(merchantId, version)]
  const found: MadePart[] = []
  for (const range of ranges)
    for (const { key, row } of await state.query({ table: NIGHT_PARTS, range })) {
      const [, , table, day] = partsOf(key) as [string, string, string, string]
      found.push({ table, day, version, rows: (row as PartRow).rows })
    }
  return found
}

/** What is published, with these parts in it. */
export async function draftWith(
  objects: Pick<ObjectStore, 'get'>,
  merchantId: string,
  parts: readonly MadePart[],
): Promise<Published> {
  return parts.reduce(withPart, await readPublished(objects, merchantId))
}

/** Deletes what nights that were given up have written and nobody has published. */
export async function forgetUnpublished(
  { state, objects }: { readonly state: StateStore; readonly objects: ObjectStore },
  merchantId: string,
): Promise<void> {
  const published = await readPublished(objects, merchantId)
  for (const name of await objects.list(draftsFolder(merchantId))) await objects.delete(name)
  for (const { key } of await state.query({ table: NIGHT_PARTS, range: under(merchantId) })) {
    const [, version, table, day] = partsOf(key) as [string, string, string, string]
    if (published.tables[table]?.[day]?.version === version) continue
    const folder = partFolder(table, merchantId, day === WHOLE ? undefined : day, version)
    for (const name of await objects.list(folder)) await objects.delete(name)
  }
  await deleteUnder(state, NIGHT_PARTS, merchantId)
}
