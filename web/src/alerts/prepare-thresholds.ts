import type { ProductSettingsAnswer, SettingsAnswer } from '#core/api/settings.ts'

export const COVER_SETTINGS = ['lowStockWarningDays', 'lowStockCriticalDays'] as const
export type ThresholdName = (typeof COVER_SETTINGS)[number] | 'alertHysteresis'

/** Of what something is decided; neither: of the whole merchant. */
export type ThresholdScope = { readonly category?: string; readonly productId?: string }
export type Threshold = {
  readonly name: ThresholdName
  /** What counts. */
  readonly value: number
  /** What is decided for just this; null: nothing, it is taken from `from`. */
  readonly own: number | null
  /** What counts without it. */
  readonly otherwise: number
  readonly from: 'default' | 'merchant' | 'category'
}
export type ThresholdRow = {
  readonly key: string
  readonly scope: ThresholdScope
  /** '': the whole merchant. */
  readonly name: string
  /** Beside the name: a product's category, or its id. */
  readonly about: string
  readonly thresholds: readonly Threshold[]
}

type Settings = SettingsAnswer['settings']

/** What is decided of the merchant, then of categories, then of products, each by name. */
export function prepareThresholds(settings: Settings, products: ProductSettingsAnswer['items']): ThresholdRow[] {
  const categories = new Set(
    COVER_SETTINGS.flatMap((name) => Object.keys(settings.find((one) => one.name === name)?.categories ?? {})),
  )
  return [
    rowOf(settings, {}, '', ''),
    ...[...categories].sort(compare).map((category) => rowOf(settings, { category }, category, '')),
    ...products
      .filter(({ values }) => COVER_SETTINGS.some((name) => values[name] !== undefined))
      .map(({ productId, title, category, values }) =>
        rowOf(settings, { productId }, title ?? productId, category ?? '', { category, values }),
      )
      .sort((a, b) => compare(a.name, b.name)),
  ]
}

const compare = (a: string, b: string): number => a.localeCompare(b)

type OfProduct = { readonly category: string | null; readonly values: Readonly<Record<string, unknown>> }

export function rowOf(
  settings: Settings,
  scope: ThresholdScope,
  name: string,
  about: string,
  ofProduct: OfProduct = { category: null, values: {} },
): ThresholdRow {
  const isMerchant = scope.category === undefined && scope.productId === undefined
  const names: readonly ThresholdName[] = isMerchant ? [...COVER_SETTINGS, 'alertHysteresis'] : COVER_SETTINGS
  return {
    key: `${scope.category ?? ''}\n${scope.productId ?? ''}`,
    scope,
    name,
    about,
    thresholds: names.flatMap((setting) => thresholdOf(settings, setting, scope, ofProduct) ?? []),
  }
}

function thresholdOf(
  settings: Settings,
  name: ThresholdName,
  { category, productId }: ThresholdScope,
  ofProduct: OfProduct,
): Threshold | undefined {
  const setting = settings.find((one) => one.name === name)
  if (setting === undefined) return undefined
  const { value, changed, categories } = setting
  if (category === undefined && productId === undefined) {
    const own = changed ? Number(value) : null
    return { name, value: Number(value), own, otherwise: Number(setting.default), from: 'default' }
  }
  const listed = productId === undefined ? undefined : categories[ofProduct.category ?? '']
  const own = productId === undefined ? categories[category!] : ofProduct.values[name]
  const otherwise = Number(listed ?? value)
  return {
    name,
    value: own === undefined ? otherwise : Number(own),
    own: own === undefined ? null : Number(own),
    otherwise,
    from: listed === undefined ? 'merchant' : 'category',
  }
}

/** Hysteresis is a share, and is shown in per cent. */
export const shownValue = ({ name }: Pick<Threshold, 'name'>, value: number): number =>
  name === 'alertHysteresis' ? rounded(value * 100) : value
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

const MOST_DAYS = 365
const MOST_PER_CENT = 500

/** What somebody wrote as the engine takes it; undefined: it is no such number. */
export function valueIn(text: string, name: ThresholdName): number | undefined {
  const written = text.trim().replace(',', '.')
  const value = Number(written)
  const most = name === 'alertHysteresis' ? MOST_PER_CENT : MOST_DAYS
  if (written === '' || !Number.isFinite(value) || value < 0 || value > most) return undefined
  return name === 'alertHysteresis' ? rounded(value / 100) : value
}
