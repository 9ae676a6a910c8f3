/** The warehouse's figures of each story are those on screen: of every day, to the penny, and what is on every shelf. */
import { expect, test } from 'vitest'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { type BusinessDay, businessDay, runOf } from '#core/lake/business-day-run.ts'
import { RAW } from '#core/lake/raw-names.ts'
import { inputTable } from '#core/lake/warehouse-inputs.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import type { WarehouseRow } from '#core/ports.ts'
import { type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { archiveShard } from '#runtime/archive-shard.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { allRowsOf } from '#test/fakes/engine-in-test.ts'
import { caseNames, readLines } from './golden-cases.ts'
import { ShopInTest } from './shop-in-test.ts'

const MOST = { rows: 10_000, ms: 20_000 }
const MEASURES: Readonly<Record<string, string>> = {
  gross: 'gross_minor',
  discount: 'discount_minor',
  tax: 'tax_minor',
  cancelled: 'cancelled_minor',
  charges: 'charge_minor',
  refunded: 'refunded_minor',
}
const COUNTS: Readonly<Record<string, string>> = {
  units: 'units',
  cancelledUnits: 'cancelled_units',
  refundedUnits: 'refunded_units',
}

/** Of a step over all of the lake, as if this span were one day. */
async function rowsOf(warehouse: DuckDbWarehouse, step: string, day: BusinessDay, settings: SettingsRow) {
  const { sql, inputs } = NIGHTLY_TABLES.find(({ name }) => name === step)!
  const query = {
    sql: await sqlFile(sql),
    run: runOf(day, settings, day.date),
    inputs: inputs.map((input) => ({ ...inputTable(input), folders: 'raw' in input ? [`${RAW}${input.raw}/`] : [] })),
  }
  return warehouse.ask(query, MOST)
}

/** Sums that are not 0, by name. */
function sums(into: Record<string, number>, rows: readonly WarehouseRow[], names: Readonly<Record<string, string>>) {
  for (const row of rows)
    for (const [name, column] of Object.entries(names)) {
      const key = name in MEASURES ? `${name}:${row.currency}` : name
      const sum = (into[key] ?? 0) + ((row[column] as number | undefined) ?? 0)
      if (sum === 0) delete into[key]
      else into[key] = sum
    }
  return into
}

test.each(caseNames('stories'))('%s', async (name) => {
  const shop = new ShopInTest()
  for (const { tick, status, problems, ...request } of readLines('stories', name, 'input.ndjson'))
    await (tick ? shop.tick(request.at) : shop.send(request))
  const rows = await allRowsOf(shop.state)
  const folder = temporaryFolder()
  const lake = new ObjectLakeWriter(new FolderObjectStore(folder))
  for (const shard of [0, 1]) await archiveShard({ log: shop.log, state: shop.state, lake }, shard)
  const settings = (Object.values(rows.settings ?? {})[0] as SettingsRow | undefined) ?? { values: {}, categories: {} }
  const zone = settingOf('timeZone', settings)
  const warehouse = new DuckDbWarehouse(folder)
  try {
    const live: Record<string, Record<string, number>> = {}
    for (const [key, cell] of Object.entries(rows['day-by-total'] ?? {})) {
      const date = key.split('/')[1]!
      live[date] ??= {}
      for (const [measure, sum] of Object.entries(cell.sums as Record<string, number>)) {
        if (!(measure in COUNTS) && !(measure.split(':')[0]! in MEASURES)) continue
        const total = (live[date][measure] ?? 0) + sum
        if (total === 0) delete live[date][measure]
        else live[date][measure] = total
      }
    }
    const kept: typeof live = {}
    for (const date of Object.keys(live)) {
      const day = businessDay(DEMO_MERCHANT, date, zone)
      const sales = await rowsOf(warehouse, 'fact_sales', day, settings)
      const refunds = (await rowsOf(warehouse, 'fact_refunds', day, settings)).map(({ units, ...row }) => ({
        ...row,
        refunded_units: units!,
      }))
      kept[date] = sums(sums({}, sales, { ...MEASURES, ...COUNTS }), refunds, { ...MEASURES, ...COUNTS })
    }
    expect(kept).toEqual(live)

    const always = { merchantId: DEMO_MERCHANT, date: '2026-03-02', start: 0, end: Date.parse('2100-01-01') }
    const inventory = await rowsOf(warehouse, 'fact_inventory', always, settings)
    const shelves = Object.fromEntries(inventory.map((row) => [`${row.store_id}/${row.product_id}`, row.on_hand]))
    const shown = Object.entries(rows.stock ?? {}).filter(([, { movedAt, countedAt }]) => movedAt > 0 || countedAt > 0)
    expect(shelves).toEqual(
      Object.fromEntries(shown.map(([key, { onHand }]) => [key.split('/').slice(1).join('/'), onHand])),
    )
  } finally {
    await warehouse.close()
  }
})
