/** Kinds of stores, and how each trades at its natural rate. */
export type StoreProfile = {
  readonly name: 'flagship' | 'high street' | 'outlet' | 'online'
  /** shop: each arrival buys a basket; online: each arrival is a session that browses. */
  readonly sells: 'shop' | 'online'
  readonly arrivalsPerDay: number
  /** Of its list prices: outlets are cheaper. */
  readonly priceFactor: number
  /** Share of the chain's products that it carries, and the most of them. */
  readonly carries: number
  readonly maxProducts: number
  /** Share of orders that name a customer. */
  readonly knownShare: number
  /** Sunday first; mean 1. */
  readonly week: readonly number[]
  /** Weight of each hour of the day, midnight first; 0: closed. Mean 1. */
  readonly hours: readonly number[]
  readonly openingHours: string
  readonly sizeSqft: readonly [low: number, high: number]
  readonly channel: 'store' | 'online'
}

const meanOne = (weights: readonly number[]): number[] => {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  return weights.map((weight) => weight / mean)
}

const NIGHT = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
const SHOP_HOURS = meanOne([...NIGHT, 3, 5, 7, 7, 5.5, 5, 6, 8, 10, 11, 9, 5, 0, 0])
const OUTLET_HOURS = meanOne([...NIGHT, 5, 8, 10, 9, 8, 8, 9, 9, 8, 6, 4, 0, 0, 0])
const ONLINE_HOURS = meanOne([
  3, 2, 1, 0.7, 0.6, 0.8, 1.5, 3, 4.5, 5.5, 6, 6.5, 7, 7, 6, 5.5, 5.5, 6, 7, 8.5, 10, 11, 9.5, 6,
])
const SHOP_WEEK = meanOne([1.55, 0.75, 0.75, 0.8, 0.85, 1.05, 1.5])
const OUTLET_WEEK = meanOne([2, 0.6, 0.6, 0.65, 0.75, 1, 1.9])
const ONLINE_WEEK = meanOne([1.2, 1.05, 0.98, 0.95, 0.92, 0.9, 1])

export const STORE_PROFILES: readonly StoreProfile[] = [
  {
    name: 'flagship',
    sells: 'shop',
    arrivalsPerDay: 110,
    priceFactor: 1,
    carries: 1,
    maxProducts: 4_000,
    knownShare: 0.55,
    week: SHOP_WEEK,
    hours: SHOP_HOURS,
    openingHours: '10:00-22:00',
    sizeSqft: [18_000, 32_000],
    channel: 'store',
  },
  {
    name: 'high street',
    sells: 'shop',
    arrivalsPerDay: 50,
    priceFactor: 1,
    carries: 0.75,
    maxProducts: 1_500,
    knownShare: 0.5,
    week: SHOP_WEEK,
    hours: SHOP_HOURS,
    openingHours: '10:00-22:00',
    sizeSqft: [4_000, 9_000],
    channel: 'store',
  },
  {
    name: 'outlet',
    sells: 'shop',
    arrivalsPerDay: 65,
    priceFactor: 0.8,
    carries: 0.5,
    maxProducts: 800,
    knownShare: 0.4,
    week: OUTLET_WEEK,
    hours: OUTLET_HOURS,
    openingHours: '10:00-21:00',
    sizeSqft: [8_000, 15_000],
    channel: 'store',
  },
  {
    name: 'online',
    sells: 'online',
    arrivalsPerDay: 850,
    priceFactor: 1,
    carries: 1,
    maxProducts: 50_000,
    knownShare: 0.8,
    week: ONLINE_WEEK,
    hours: ONLINE_HOURS,
    openingHours: '00:00-24:00',
    sizeSqft: [30_000, 60_000],
    channel: 'online',
  },
]
const [FLAGSHIP, HIGH_STREET, OUTLET, ONLINE] = [0, 1, 2, 3]

/** The first four stores are one of each kind; later ones are mostly on a high street. The place in STORE_PROFILES. */
export function profileOfStore(index: number): number {
  if (index < STORE_PROFILES.length) return index
  if (index % 200 === 3) return ONLINE!
  if (index % 12 === 7) return FLAGSHIP!
  return index % 12 === 10 ? OUTLET! : HIGH_STREET!
}
