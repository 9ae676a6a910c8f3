import { expect, test } from 'vitest'
import { knownStores } from '#core/catalogue/listings.ts'
import { alertPlace } from '#core/inventory/alert-item.ts'
import { type Alert, closedAlerts, KEEP_ALERTS_MS, openAlerts } from '#core/inventory/alerts.ts'
import { rankedAlerts } from '#core/inventory/ranked-alerts.ts'
import { descendingTime, rowKey } from '#core/row-key.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const alert = (storeId: string, kind: Alert['kind'], severity: Alert['severity'], openedAt: number): Alert => ({
  alertId: `${storeId} ${kind} ${severity} ${openedAt}`,
  storeId,
  productId: `${kind} ${severity} ${openedAt}`,
  kind,
  severity,
  openedAt,
  changedAt: openedAt,
  figures: { onHand: 1, before: 2, unitsPerDay: 1 },
  becauseOf: 'e',
})
/** In the order in which they should be listed; their rows lie by store. */
const OPEN = [
  alert('z', 'OVERSOLD', 'CRITICAL', 1),
  alert('a', 'OUT_OF_STOCK', 'CRITICAL', 9),
  alert('m', 'OUT_OF_STOCK', 'CRITICAL', 2),
  alert('m', 'LOW_STOCK', 'CRITICAL', 8),
  alert('a', 'LOW_STOCK', 'CRITICAL', 3),
  alert('a', 'LOW_STOCK', 'WARNING', 7),
  alert('z', 'LOW_STOCK', 'WARNING', 4),
]
const CLOSED = OPEN.map((row, i): Alert => ({ ...row, resolvedAt: 100 - i }))

async function pagesOf(query: Record<string, string>, limit: number): Promise<string[][]> {
  const state = new MemoryStateStore()
  for (const row of OPEN) {
    state.commit([{ table: knownStores.name, key: rowKey('m', row.storeId, '0'), row: { since: 1 } }])
    state.commit([{ table: openAlerts.name, key: rowKey('m', row.storeId, row.productId), row }])
    const { storeId, productId } = row
    state.commit([{ table: rankedAlerts.name, key: rowKey('m', alertPlace(row)), row: { storeId, productId } }])
  }
  for (const row of CLOSED) {
    const key = rowKey('m', row.storeId, descendingTime(row.resolvedAt!), row.alertId)
    state.commit([{ table: closedAlerts.name, key, row }])
  }
  const pages: string[][] = []
  let next: string | null = null
  do {
    const more: Record<string, string> = next === null ? {} : { next }
    const asked = { viewer: ownerOf('m'), query: { ...query, limit: String(limit), ...more } }
    const { status, body } = await ask(
      handler,
      portsInTest({ state, clock: new FixedClock(KEEP_ALERTS_MS) }),
      'GET /alerts',
      asked,
    )
    expect(status).toBe(200)
    pages.push(body.items.map(({ id }: { id: string }) => id))
    next = body.next
  } while (next !== null)
  return pages
}

test.each([1, 2, 3, 7, 100])('open alerts are listed most severe first, then newest, in pages of %i', async (limit) => {
  const pages = await pagesOf({}, limit)
  expect(pages.flat()).toEqual(OPEN.map(({ alertId }) => alertId))
  expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true)
})

test('alerts that are over are listed newest first', async () => {
  expect((await pagesOf({ state: 'resolved' }, 2)).flat()).toEqual(CLOSED.map(({ alertId }) => alertId))
})

test('those of one store too', async () => {
  const ofStore = OPEN.filter(({ storeId }) => storeId === 'a').map(({ alertId }) => alertId)
  expect((await pagesOf({ store: 'a' }, 2)).flat()).toEqual(ofStore)
})
