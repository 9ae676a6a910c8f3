/** Keeps and reads what stands beside a day's forecasts: what the trees were told, what each method said, totals. */
import type { DemandForecast, DemandSums, ServedRow } from '#core/demand/demand-learner.ts'
import { type DemandPanel, type DemandSeries, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { cellOf } from '#core/demand/forecast-columns.ts'
import {
  doubles,
  featureColumn,
  LEVEL_COLUMN,
  type SaidColumn,
  type SaidKind,
  SERVED_ABOUT,
  SERVED_DAYS,
  SERVED_KEYS,
  SERVED_TOTALS,
  type ServedPart,
  saidColumns,
  servedFolder,
  servedPartFolder,
  servedPartOf,
  servedRows,
  TOTALS_COLUMNS,
  type TotalsOf,
  totalsRows,
} from '#core/demand/served-rows.ts'
import { addCounts, type FeatureCounts, type FeatureShift, shiftOf } from '#core/demand/stability.ts'
import type { Published } from '#core/lake/published.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, TableColumn, Warehouse, WarehouseRow } from '#core/ports.ts'
import { compareKeys } from '#core/row-key.ts'
import { type Column, ParquetParts, type ParquetRow } from './parquet.ts'
import type { PanelRead } from './read-demand-panel.ts'

/** What there is of a day. */
export type ServedAbout = {
  /** null: no model, but the baseline. */
  readonly model: string | null
  readonly series: number
  readonly features: readonly string[]
  readonly said: readonly SaidColumn[]
  /** null: no model, or one of which nobody kept how its features were spread. */
  readonly shifts: readonly FeatureShift[] | null
  /** By panel, the first series of each: they are in the order of store and product. */
  readonly firsts: readonly Place[]
}
type Place = { readonly store: string; readonly product: string }

type Forecast = Pick<DemandForecast, 'columns' | 'said' | 'told' | 'counts'>

const SERIES_AT_ONCE = 200
const TOTALS_AT_ONCE = 10_000
const file = 'part-0.parquet'

/** Keeps what stands beside the forecasts of a day, panel by panel. All panels are forecast by the same. */
export class ServedKeeper {
  private readonly objects: Pick<ObjectStore, 'put'>
  private readonly folder: string
  private readonly sums: DemandSums
  private readonly firsts: Place[] = []
  private series = 0
  private about: Pick<ServedAbout, 'features' | 'said'> = { features: [], said: [] }
  private counts: readonly FeatureCounts[] | undefined

  constructor(objects: Pick<ObjectStore, 'put'>, merchantId: string, part: ServedPart, sums: DemandSums) {
    this.objects = objects
    this.folder = servedPartFolder(merchantId, part)
    this.sums = sums
  }

  async add({ panel, known }: PanelRead, { columns, said, told, counts }: Forecast): Promise<void> {
    const { store, product } = panel.series[0]!
    this.about = { features: told?.features ?? [], said: saidColumns(said) }
    this.counts = this.counts === undefined ? counts : addCounts(this.counts, counts!)
    this.sums.add(panel, known, columns, (place) => {
      const series = panel.series[place]!
      return [nameOf('store', series.store), nameOf('product', series.product), nameOf('all', '')]
    })
    const rows = new ParquetParts(columnsOf(this.about) as Column[])
    for (let from = 0; from < panel.series.length; from += SERIES_AT_ONCE)
      rows.add(
        panel.series
          .slice(from, from + SERIES_AT_ONCE)
          .flatMap((one, at) => this.rowsOf(panel, one, from + at, said, told)),
      )
    await this.objects.put(`${this.folder}${servedRows(this.firsts.length)}${file}`, rows.file())
    this.firsts.push({ store, product })
    this.series += panel.series.length
  }

  private rowsOf(
    panel: DemandPanel,
    { store, product }: DemandSeries,
    place: number,
    said: Forecast['said'],
    told: Forecast['told'],
  ): ParquetRow[] {
    const count = panel.series.length * HORIZON_DAYS
    return Array.from({ length: HORIZON_DAYS }, (_, k) => {
      const cell = cellOf(place, k + 1)
      const features = this.about.features.map((_, at) => numberOrNull(told!.values[at * count + cell]!))
      const others = this.about.said.map(({ member, kind }) => numberOrNull(said.get(member)![kind]![cell]!))
      return [store, product, k + 1, told?.levels[cell] ?? null, ...features, ...others]
    })
  }

  /** The document last: without it the part is not there. `model`: null of the baseline. */
  async end(model: string | null): Promise<void> {
    const totals = new ParquetParts(TOTALS_COLUMNS as Column[])
    const rows: ParquetRow[] = []
    for (const [name, columns] of this.sums.totals()) {
      rows.push(...totalsRows(...groupIn(name), columns))
      if (rows.length >= TOTALS_AT_ONCE) totals.add(rows.splice(0))
    }
    totals.add(rows)
    await this.objects.put(`${this.folder}${SERVED_TOTALS}${file}`, totals.file())
    const { series, firsts, counts } = this
    const shifts = counts?.map((one) => shiftOf(one, counts.length)) ?? null
    const about: ServedAbout = { model, series, ...this.about, shifts, firsts }
    await this.objects.put(`${this.folder}${SERVED_ABOUT}`, new TextEncoder().encode(JSON.stringify(about)))
  }
}

const nameOf = (of: TotalsOf, group: string): string => `${of} ${group}`

function groupIn(name: string): [of: TotalsOf, group: string] {
  const end = name.indexOf(' ')
  return [name.slice(0, end) as TotalsOf, name.slice(end + 1)]
}

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

const columnsOf = ({ features, said }: Pick<ServedAbout, 'features' | 'said'>): readonly TableColumn[] => [
  ...SERVED_KEYS,
  LEVEL_COLUMN,
  ...doubles(features.map(featureColumn)),
  ...doubles(said.map(({ column }) => column)),
]

/** Deletes what was kept of days that are past, and of parts of `madeOn` that nobody has published. */
export async function sweepServed(
  objects: Pick<ObjectStore, 'list' | 'delete'>,
  { merchantId, tables }: Published,
  kept: ServedPart,
): Promise<void> {
  const published = tables[FACT_PREDICTIONS.name]?.[kept.madeOn]?.version
  const oldest = addDays(kept.madeOn, 1 - SERVED_DAYS)
  for (const name of await objects.list(servedFolder(merchantId))) {
    const part = servedPartOf(merchantId, name)
    if (part === undefined) continue
    const isOther = part.partVersion !== kept.partVersion && part.partVersion !== published
    if (part.madeOn < oldest || (part.madeOn === kept.madeOn && isOther)) await objects.delete(name)
  }
}

type ReadPorts = { readonly objects: Pick<ObjectStore, 'get'>; readonly warehouse: Pick<Warehouse, 'ask'> }
const QUESTION_MS = 20_000

/** Undefined: nothing is kept of that day: it was forecast by an earlier release, or too long ago. */
export async function readServedAbout(
  objects: Pick<ObjectStore, 'get'>,
  merchantId: string,
  part: ServedPart,
): Promise<ServedAbout | undefined> {
  const bytes = await objects.get(`${servedPartFolder(merchantId, part)}${SERVED_ABOUT}`)
  const about = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Partial<ServedAbout>)
  return about?.firsts && (about as ServedAbout)
}

/** The newest part that is published; undefined: nothing was forecast. */
export function newestPart({ tables }: Published): ServedPart | undefined {
  const [madeOn, part] =
    Object.entries(tables[FACT_PREDICTIONS.name] ?? {}).sort(([a], [b]) => (a < b ? 1 : -1))[0] ?? []
  return madeOn === undefined ? undefined : { madeOn, partVersion: part!.version }
}

/** The days of a product in a store, by horizon. @throws WarehouseQueryError */
export async function readServedRows(
  { warehouse }: Pick<ReadPorts, 'warehouse'>,
  merchantId: string,
  part: ServedPart,
  about: ServedAbout,
  sql: string,
  { product, store }: Place,
): Promise<readonly WarehouseRow[]> {
  const query = {
    sql,
    run: [
      { name: 'product_id', type: 'text' as const, value: product },
      { name: 'store_id', type: 'text' as const, value: store },
    ],
    inputs: [
      {
        table: 'served_rows',
        columns: columnsOf(about),
        folders: [`${servedPartFolder(merchantId, part)}${servedRows(panelOf(about, { product, store }))}`],
      },
    ],
  }
  return warehouse.ask(query, { rows: HORIZON_DAYS, ms: QUESTION_MS })
}

function panelOf({ firsts }: ServedAbout, { store, product }: Place): number {
  const isAfter = (first: Place) => (compareKeys(store, first.store) || compareKeys(product, first.product)) >= 0
  return Math.max(0, firsts.findLastIndex(isAfter))
}

/** Of one group, or of each: by group and horizon. @throws WarehouseQueryError */
export async function readServedTotals(
  { warehouse }: Pick<ReadPorts, 'warehouse'>,
  merchantId: string,
  part: ServedPart,
  sql: string,
  of: TotalsOf,
  group: string | null,
  most = HORIZON_DAYS,
): Promise<readonly WarehouseRow[]> {
  const query = {
    sql,
    run: [
      { name: 'total_of', type: 'text' as const, value: of },
      { name: 'group_id', type: 'text' as const, value: group },
    ],
    inputs: [
      {
        table: 'served_totals',
        columns: TOTALS_COLUMNS,
        folders: [`${servedPartFolder(merchantId, part)}${SERVED_TOTALS}`],
      },
    ],
  }
  return warehouse.ask(query, { rows: most, ms: QUESTION_MS })
}

/** As the learner explains it. */
export function servedRowOf(about: ServedAbout, row: WarehouseRow, servedBy: string): ServedRow {
  const number = (name: string): number => (row[name] === null ? Number.NaN : Number(row[name]))
  const said = new Map<string, Partial<Record<SaidKind, number>>>()
  for (const { member, kind, column } of about.said) said.set(member, { ...said.get(member), [kind]: number(column) })
  return {
    servedBy,
    level: number(LEVEL_COLUMN.name),
    features: new Map(about.features.map((name) => [name, number(featureColumn(name))])),
    said,
  }
}
