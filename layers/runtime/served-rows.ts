/** Keeps and reads what stands beside a day's forecasts: what the trees were told, what each method said, totals of stores. */
import type { DemandForecast, ServedRow } from '#core/demand/demand-learner.ts'
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { cellOf, type ForecastColumns } from '#core/demand/forecast-columns.ts'
import {
  doubles,
  featureColumn,
  LEVEL_COLUMN,
  type SaidColumn,
  type SaidKind,
  SERVED_ABOUT,
  SERVED_DAYS,
  SERVED_KEYS,
  SERVED_ROWS,
  SERVED_TOTALS,
  type ServedPart,
  saidColumns,
  servedFolder,
  servedPartFolder,
  servedPartOf,
  TOTALS_COLUMNS,
  totalsRows,
} from '#core/demand/served-rows.ts'
import type { FeatureShift } from '#core/demand/stability.ts'
import type { Published } from '#core/lake/published.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, TableColumn, Warehouse, WarehouseRow } from '#core/ports.ts'
import { type Column, ParquetParts, type ParquetRow, parquetFile } from './parquet.ts'
import type { PanelRead } from './read-demand-panel.ts'

/** What there is of a day. */
export type ServedAbout = {
  /** null: no model, but the baseline. */
  readonly model: string | null
  readonly series: number
  /** Products of stores that sold of late and are in no forecast; absent: an earlier release forecast it. */
  readonly leftOut?: number
  readonly features: readonly string[]
  readonly said: readonly SaidColumn[]
  /** null: no model, or one of which nobody kept how its features were spread. */
  readonly shifts: readonly FeatureShift[] | null
}

type Forecast = Pick<DemandForecast, 'said' | 'told' | 'shifts'>
type Totals = { readonly stores: ReadonlyMap<string, ForecastColumns>; readonly all: ForecastColumns | undefined }

const SERIES_AT_ONCE = 200
const file = 'part-0.parquet'

/** The document last: without it the part is not there. */
export async function keepServed(
  objects: Pick<ObjectStore, 'put'>,
  merchantId: string,
  part: ServedPart,
  model: string | null,
  { panel, leftOut }: Pick<PanelRead, 'panel' | 'leftOut'>,
  { said, told, shifts }: Forecast,
  totals: Totals,
): Promise<void> {
  const folder = servedPartFolder(merchantId, part)
  const about: ServedAbout = {
    model,
    series: panel.series.length,
    leftOut,
    features: told?.features ?? [],
    said: saidColumns(said),
    shifts: shifts ?? null,
  }
  const rows = new ParquetParts(columnsOf(about) as Column[])
  for (let from = 0; from < panel.series.length; from += SERIES_AT_ONCE)
    rows.add(panel.series.slice(from, from + SERIES_AT_ONCE).flatMap((one, at) => rowsOf(one, from + at)))
  await objects.put(`${folder}${SERVED_ROWS}${file}`, rows.file())
  const summed = [...totals.stores].flatMap(([store, columns]) => totalsRows(store, columns))
  const all = totals.all === undefined ? [] : totalsRows(null, totals.all)
  await objects.put(`${folder}${SERVED_TOTALS}${file}`, parquetFile(TOTALS_COLUMNS as Column[], [...summed, ...all]))
  await objects.put(`${folder}${SERVED_ABOUT}`, new TextEncoder().encode(JSON.stringify(about)))

  function rowsOf({ store, product }: DemandPanel['series'][number], place: number): ParquetRow[] {
    const count = panel.series.length * HORIZON_DAYS
    return Array.from({ length: HORIZON_DAYS }, (_, k) => {
      const cell = cellOf(place, k + 1)
      const features = about.features.map((_, at) => numberOrNull(told!.values[at * count + cell]!))
      const others = about.said.map(({ member, kind }) => numberOrNull(said.get(member)![kind]![cell]!))
      return [store, product, k + 1, told?.levels[cell] ?? null, ...features, ...others]
    })
  }
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
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as ServedAbout)
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
  { product, store }: { readonly product: string; readonly store: string },
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
        folders: [`${servedPartFolder(merchantId, part)}${SERVED_ROWS}`],
      },
    ],
  }
  return warehouse.ask(query, { rows: HORIZON_DAYS, ms: QUESTION_MS })
}

/** Of a store, or of all: by horizon. @throws WarehouseQueryError */
export async function readServedTotals(
  { warehouse }: Pick<ReadPorts, 'warehouse'>,
  merchantId: string,
  part: ServedPart,
  sql: string,
  store: string | null,
): Promise<readonly WarehouseRow[]> {
  const query = {
    sql,
    run: [{ name: 'store_id', type: 'text' as const, value: store }],
    inputs: [
      {
        table: 'served_totals',
        columns: TOTALS_COLUMNS,
        folders: [`${servedPartFolder(merchantId, part)}${SERVED_TOTALS}`],
      },
    ],
  }
  return warehouse.ask(query, { rows: HORIZON_DAYS, ms: QUESTION_MS })
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
