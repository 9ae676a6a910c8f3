import { EVERY_KEY } from '#core/row-key.ts'
import type { ShopInTest } from './shop-in-test.ts'

/** Everything that lies anywhere: the log, every row, every object; in small letters. */
export async function everythingIn(shop: ShopInTest): Promise<string> {
  const { log, rows, objects } = await everyPlaceIn(shop)
  return [log, rows, objects].join('\n')
}

/** The same by place. */
export async function everyPlaceIn(shop: ShopInTest): Promise<{ log: string; rows: string; objects: string }> {
  const records: string[] = []
  for (let shard = 0; shard < shop.log.shards; shard++) {
    for (const { bytes } of await shop.log.read(shard, undefined, 1e6)) records.push(Buffer.from(bytes).toString())
  }
  const rows: string[] = []
  for (const table of shop.state.tableNames()) {
    for (const { key, row } of await shop.state.query({ table, range: EVERY_KEY })) rows.push(key, JSON.stringify(row))
  }
  const objects: string[] = []
  for (const name of await shop.ports.objects.list('')) {
    const lines = Buffer.from((await shop.ports.objects.get(name))!).toString()
    objects.push(name, lines, ...lines.split('\n').map((line) => Buffer.from(line, 'base64').toString()))
  }
  const text = (parts: readonly string[]) => parts.join('\n').toLowerCase()
  return { log: text(records), rows: text(rows), objects: text(objects) }
}
