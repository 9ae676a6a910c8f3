/** One budget and one room for many proposals: both go where a unit is worth most. */

/** What somebody would like to order. */
export interface Wish {
  readonly storeId: string
  readonly quantity: number
  /** The least that can be ordered, and by how much more; units. */
  readonly least: number
  readonly pack: number
  /** Units on the shelf and on the way. */
  readonly position: number
  /** Of each future, units wanted until the delivery after this one, ascending. */
  readonly protection: Float64Array
  /** Minor units of one currency; without a cost nothing can be bought of a budget. */
  readonly unitCostMinor?: number | undefined
  /** What a unit earns when it is sold, above its cost; else all units are alike. */
  readonly unitMarginMinor?: number | undefined
}

export interface SharedLimits {
  readonly budgetMinor?: number | undefined
  /** Units that may be ordered for each store, of all products. */
  readonly roomByStore?: ReadonlyMap<string, number> | undefined
}

export type Shortened = 'cost-unknown' | 'over-budget' | 'store-full'

export interface Share {
  readonly quantity: number
  /** Why it is less than was wished. */
  readonly shortened?: Shortened
}

/**
 * In the order of the wishes. Pack by pack, first those whose expected sales, in margin, are the most for their cost: the
 * fractional knapsack's rule (G. Dantzig, Discrete-Variable Extremum Problems, Operations Research 5, 1957), which is within
 * one order of the best. A pack's worth falls with each pack of its product, so later ones never come before earlier ones.
 */
export function shareLimits(wishes: readonly Wish[], { budgetMinor, roomByStore }: SharedLimits): Share[] {
  const given = wishes.map(() => 0)
  const shortened = new Map<number, Shortened>()
  let left = budgetMinor ?? Number.POSITIVE_INFINITY
  const rooms = new Map(roomByStore)
  for (const { place, units } of wishes.flatMap(packsOf).sort((a, b) => b.worth - a.worth || a.place - b.place)) {
    if (shortened.has(place)) continue
    const { storeId, unitCostMinor } = wishes[place]!
    const room = rooms.get(storeId) ?? Number.POSITIVE_INFINITY
    const cost = units * (unitCostMinor ?? 0)
    if (budgetMinor !== undefined && unitCostMinor === undefined) shortened.set(place, 'cost-unknown')
    else if (cost > left) shortened.set(place, 'over-budget')
    else if (units > room) shortened.set(place, 'store-full')
    else {
      left -= cost
      rooms.set(storeId, room - units)
      given[place]! += units
    }
  }
  return given.map((quantity, place) => ({
    quantity,
    ...(shortened.has(place) && { shortened: shortened.get(place)! }),
  }))
}

interface Pack {
  readonly place: number
  readonly units: number
  readonly worth: number
}

function packsOf(wish: Wish, place: number): Pack[] {
  const packs: Pack[] = []
  for (let from = 0; from < wish.quantity; ) {
    const units = Math.min(from === 0 ? wish.least : wish.pack, wish.quantity - from)
    packs.push({ place, units, worth: worthOf(wish, from, units) })
    from += units
  }
  return packs
}

/** Expected margin of these units over their cost; a unit is sold where more is wanted than what is there without it. */
function worthOf({ protection, position, unitCostMinor, unitMarginMinor }: Wish, from: number, units: number): number {
  let sold = 0
  for (const wanted of protection) sold += Math.min(units, Math.max(0, wanted - position - from))
  const perUnit = sold / protection.length / units
  return (perUnit * (unitMarginMinor ?? 1)) / Math.max(1, unitCostMinor ?? 1)
}
