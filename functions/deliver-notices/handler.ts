import type { Context } from 'aws-lambda'
import type { AlertItem } from '#core/api/alerts.ts'
import { alertItemOf } from '#core/inventory/alert-item.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { under } from '#core/row-key.ts'
import { type Ports, portsOf } from '#runtime/ports.ts'
import { readProducts, readStore } from '#runtime/read-catalogue.ts'
import { OUTBOX_TABLE, type Telling } from '#runtime/run-batch.ts'

const AT_ONCE = 100

/**
 * Sends what the outbox holds, in order, each at least once under its own id, and then takes it out. A receiver that
 * refuses stops its shard's outbox until the next run, and no other, so that nothing is lost or overtaken.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  const shards = Array.from({ length: ports.log.shards }, (_, shard) => deliver(ports, String(shard)))
  const refusals = (await Promise.allSettled(shards)).flatMap((it) => (it.status === 'rejected' ? [it.reason] : []))
  if (refusals.length > 0) throw new AggregateError(refusals, refusals.map(({ message }) => message).join('; '))
}

async function deliver(ports: Ports, shard: string): Promise<void> {
  for (;;) {
    const rows = await ports.state.query({ table: OUTBOX_TABLE, range: under(shard), limit: AT_ONCE })
    for (const { key, row } of rows) {
      await ports.notifier.notify(await noticeOf(ports, row as Telling))
      await ports.state.commit([{ table: OUTBOX_TABLE, key, row: undefined }])
    }
    if (rows.length < AT_ONCE) return
  }
}

async function noticeOf({ state }: Ports, { id, merchantId, storeId, data }: Telling) {
  const alert = data as Alert
  const products = await readProducts(state, merchantId, [alert.productId])
  const { title } = products.get(alert.productId) ?? {}
  const { name: storeName } = await readStore(state, merchantId, storeId)
  // What made it and not what is left by now: a notice that is sent again says the same.
  const item: AlertItem = alertItemOf(alert, { title, storeName, stock: undefined })
  return {
    id,
    merchantId,
    storeId,
    subject: `${item.severity.toLowerCase()}: ${item.title ?? item.productId}`,
    text: item.text,
    data: item,
  }
}
