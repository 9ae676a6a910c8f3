/** A shop whose lake and warehouse lie in one folder, with its demand model: for tests of what is learnt and forecast from nights. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import type { TrainingEffort } from '#core/demand/demand-learner.ts'
import type { TotalsOf } from '#core/demand/served-rows.ts'
import { withPart } from '#core/lake/published.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import { warehouseTable } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, WarehouseRow } from '#core/ports.ts'
import { gaussian, randomFrom } from '#core/simulator/random.ts'
import type { DemandWork } from '#runtime/demand-work.ts'
import { InlineDemandWork } from '#runtime/inline-demand-work.ts'
import { parquetFile } from '#runtime/parquet.ts'
import { predictDemand } from '#runtime/predict-demand.ts'
import { askWarehouse, publishWarehouse, readPublished } from '#runtime/published-warehouse.ts'
import { type PanelRead, readDemandPanels, readTrainingPanel } from '#runtime/read-demand-panel.ts'
import { readDemandSums } from '#runtime/read-demand-sums.ts'
import { trainDemand } from '#runtime/train-demand.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { runChain, runDueChains } from '#test/fakes/run-chain.ts'
import { demandLearner } from '../../models/demand/demand-learner.ts'
import { reorderPolicy } from '../../models/reorders/reorder-policy.ts'

export const FIRST_DAY = '2026-01-01'
export const PRODUCTS = 12
/** Of a day, counted from the first. */
export const isHoliday = (at: number): boolean => (at * at) % 11 === 4 || (at * 7) % 13 === 2

/** Seconds, not minutes. */
export const LITTLE: TrainingEffort = { choosing: 2, scored: 2, rows: 1_500, rounds: 12 }

export class DemandShop {
  readonly engine = new EngineInTest()
  readonly merchantId: string
  readonly folder: string
  readonly objects: FolderObjectStore
  readonly warehouse: DuckDbWarehouse

  constructor(merchantId = 'm', folder = mkdtempSync(join(tmpdir(), 'counterflow-test-'))) {
    this.merchantId = merchantId
    this.folder = folder
    this.objects = new FolderObjectStore(this.folder)
    this.warehouse = new DuckDbWarehouse(this.folder)
  }

  /** `objects`: in place of the shop's own, for what writes. */
  private ports(objects: ObjectStore = this.objects) {
    const { engine, warehouse } = this
    const demand = new InlineDemandWork({ objects, warehouse, sql: sqlFile }, demandLearner)
    return {
      log: Object.assign(new MemoryEventLog(1), engine.log),
      state: engine.store,
      lake: new ObjectLakeWriter(this.objects),
      objects,
      warehouse,
      sql: sqlFile,
      ids: new CountingIdSource(),
      clock: new FixedClock(0),
      demand,
      reorders: reorderPolicy,
    }
  }

  /** Tables as a night would have left them, without one: rows by table, then by day. */
  async publish(tables: Readonly<Record<string, Readonly<Record<string, readonly WarehouseRow[]>>>>): Promise<void> {
    const before = await readPublished(this.objects, this.merchantId)
    let draft = before
    for (const [table, parts] of Object.entries(tables))
      for (const [day, rows] of Object.entries(parts)) {
        const { columns } = warehouseTable(table)
        const version = `n${before.number}`
        const file = parquetFile(
          columns,
          rows.map((row) => columns.map(({ name }) => row[name])),
        )
        await this.objects.put(`${partFolder(table, this.merchantId, day || undefined, version)}part-0.parquet`, file)
        draft = withPart(draft, { table, day, version, rows: rows.length })
      }
    await publishWarehouse(this.objects, before, draft, 0)
  }

  /** So many days. On holidays three times as much is sold: who knows the calendar has more to say. */
  async publishHolidayTrade(days: number): Promise<void> {
    const random = randomFrom(3)
    const sales: Record<string, WarehouseRow[]> = {}
    for (let at = 0; at < days; at++) {
      const day = addDays(FIRST_DAY, at)
      sales[day] = Array.from({ length: PRODUCTS }, (_, product) => {
        const mean = (5 + 2 * product) * (isHoliday(at) ? 3 : 1)
        const units = Math.max(0, Math.round(mean * (1 + 0.15 * gaussian(random))))
        return { kind: 'sale', day, store_id: 's', product_id: `p${product}`, order_id: `o${at}-${product}`, units }
      })
    }
    const products = Array.from({ length: PRODUCTS }, (_, product) => ({ product_id: `p${product}`, is_current: true }))
    const dates = Array.from({ length: days + 40 }, (_, at) => ({
      day: addDays(FIRST_DAY, at),
      is_holiday: isHoliday(at),
    }))
    await this.publish({
      fact_sales: sales,
      dim_product: { '': products },
      dim_store: { '': [{ store_id: 's' }] },
      dim_date: { '': dates },
    })
  }

  run = (chain: string, at: string) => runChain(chain, { ...this.ports(), clock: new FixedClock(at) })
  night = (at: string) => this.run('nightly', at)

  /** Whatever is due at that time; a training with little effort. */
  async tick(at: string): Promise<void> {
    const ports = this.ports()
    const { demand } = ports
    const quick: DemandWork = {
      train: (task, onStep) => demand.train({ ...task, effort: LITTLE }, onStep),
      forecast: (task) => demand.forecast(task),
      explain: (task) => demand.explain(task),
    }
    await runDueChains({ ...ports, demand: quick, clock: new FixedClock(at) })
  }
  train = (at: string, objects?: ObjectStore, effort = LITTLE) =>
    trainDemand(this.ports(objects), this.merchantId, Date.parse(at), { effort })
  predict = (at: string, objects?: ObjectStore) => predictDemand(this.ports(objects), this.merchantId, Date.parse(at))

  async panel(mostSeries?: number) {
    return readTrainingPanel(
      this.ports(),
      await readPublished(this.objects, this.merchantId),
      'scratch/test/',
      mostSeries,
    )
  }

  /** Of forecasts. */
  async panels(mostSeries?: number) {
    const published = await readPublished(this.objects, this.merchantId)
    const read: PanelRead[] = []
    for await (const one of readDemandPanels(this.ports(), published, 'scratch/test/', mostSeries)) read.push(one)
    return read
  }

  get historyPorts() {
    return { warehouse: this.warehouse, sql: sqlFile }
  }

  get demand(): DemandWork {
    return this.ports().demand
  }

  demandWith(mostSeries: number): DemandWork {
    return new InlineDemandWork({ ...this.ports(), sql: sqlFile }, demandLearner, mostSeries)
  }

  sums = (by: TotalsOf) => readDemandSums(this.ports(), this.merchantId, by)

  predictions = () => this.published('fact_predictions', 'made_on, store_id, product_id, day')

  published(table: string, order: string): Promise<readonly WarehouseRow[]> {
    const sql = `select * from ${table} order by ${order}`
    const ports = { objects: this.objects, warehouse: this.warehouse }
    return askWarehouse(ports, this.merchantId, { sql, tables: [table] }, { rows: 100_000, ms: 20_000 })
  }

  close = async () => {
    await this.warehouse.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
