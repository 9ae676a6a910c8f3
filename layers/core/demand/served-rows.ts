/**
 * What is kept beside the forecasts of a day, so that they can be explained: the features that the trees were told, what each
 * method said, totals of stores and of products. Objects of the merchant's models, by the day and the part of `fact_predictions` they belong to.
 */
import type { TableColumn } from '#core/ports.ts'
import { HORIZON_DAYS } from './demand-panel.ts'
import { cellOf, FORECAST_KINDS, type ForecastColumns, type ForecastKind } from './forecast-columns.ts'
import { modelsFolder } from './model-names.ts'

const SERVED = 'served/'
/** Raised when it is kept otherwise: the forecasts of the day are made again. */
export const SERVED_FORMAT = 2
/** Days for which it is kept: as long as any of the days is still to come. */
export const SERVED_DAYS = HORIZON_DAYS + 1

export type ServedPart = { readonly madeOn: string; readonly partVersion: string }

export const servedFolder = (merchantId: string): string => `${modelsFolder(merchantId)}${SERVED}`

export const servedPartFolder = (merchantId: string, { madeOn, partVersion }: ServedPart): string =>
  `${servedFolder(merchantId)}${madeOn}/${partVersion}/`

/** Undefined: it is none of these. */
export function servedPartOf(merchantId: string, name: string): ServedPart | undefined {
  const [madeOn, partVersion, ...rest] = name.slice(servedFolder(merchantId).length).split('/')
  return madeOn && partVersion && rest.length > 0 ? { madeOn, partVersion } : undefined
}

/** A row for each product, store and day, in a folder for each panel; one for each total and day; and what there is of both, in one document. */
export const servedRows = (panel: number): string => `rows/${panel}/`
export const SERVED_TOTALS = 'totals/'
export const SERVED_ABOUT = 'about.json'

/** What is kept of what a method said, under a name that SQL takes. */
const SAID_KINDS = ['median', 'mean', 'q10', 'q50', 'q90'] as const satisfies readonly ForecastKind[]
export type SaidKind = (typeof SAID_KINDS)[number]
export type SaidColumn = { readonly member: string; readonly kind: SaidKind; readonly column: string }

/** By method, as the forecast was made; trees have the kinds alone that they were trained for. */
export type MembersSaid = ReadonlyMap<string, Partial<ForecastColumns>>

export const saidColumns = (members: MembersSaid): readonly SaidColumn[] =>
  [...members].flatMap(([member, columns], place) =>
    SAID_KINDS.filter((kind) => columns[kind] !== undefined).map((kind) => ({
      member,
      kind,
      column: `said_${place}_${kind}`,
    })),
  )

/** Of features: `f_<name>`, so that none is taken for another column. */
export const featureColumn = (name: string): string => `f_${name}`

export const SERVED_KEYS: readonly TableColumn[] = [
  { name: 'store_id', type: 'text' },
  { name: 'product_id', type: 'text' },
  { name: 'horizon', type: 'bigint' },
]
export const LEVEL_COLUMN: TableColumn = { name: 'level', type: 'double' }

const double = (name: string): TableColumn => ({ name, type: 'double' })
export const doubles = (names: readonly string[]): readonly TableColumn[] => names.map(double)

/** Of which total: of a store, of a product in all stores, of all. */
export const TOTALS_OF = ['store', 'product', 'all'] as const
export type TotalsOf = (typeof TOTALS_OF)[number]

/** `group_id`: the store's or the product's; '' of all. */
export const TOTALS_COLUMNS: readonly TableColumn[] = [
  { name: 'total_of', type: 'text' },
  { name: 'group_id', type: 'text' },
  { name: 'horizon', type: 'bigint' },
  ...doubles(FORECAST_KINDS),
]

/** One row for each day of a group. */
export const totalsRows = (of: TotalsOf, group: string, columns: ForecastColumns): (string | number)[][] =>
  Array.from({ length: HORIZON_DAYS }, (_, k) => [
    of,
    group,
    k + 1,
    ...FORECAST_KINDS.map((kind) => columns[kind][cellOf(0, k + 1)]!),
  ])
