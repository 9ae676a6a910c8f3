/**
 * `npm run bench -- replenishment`: `models/reorders` against rules of thumb, on the simulator's demand and suppliers, 200
 * products in 12 stores for a year. Everyone orders of each supplier once a week in whole packs, sees the same sales (corrected
 * for empty shelves), prices, calendar and deliveries, and begins with the same past year and stock; each rule's own factor is
 * swept, and its best at the same stock counts. Campaigns are known from the evening on which they begin, but for the policy
 * that says otherwise. The policy's forecast is `replenishment-forecast.ts`. Nothing was chosen on these seeds: seed 101 served
 * for that. A shop in each process, two at a time.
 */
import { fileURLToPath } from 'node:url'
import type { Bench, BenchOptions } from './bench-options.ts'
import { outputOf } from './own-process.ts'
import type { ShopRun } from './replenishment-runs.ts'
import { type Compared, compareRuns, meanRuns, replenishmentTable } from './replenishment-table.ts'

const RUNS_SCRIPT = fileURLToPath(new URL('replenishment-runs.ts', import.meta.url))
const FIRST_SEED = 11
const SEEDS = 2
const AT_ONCE = 2

export const replenishmentBench: Bench = {
  about: 'orders by models/reorders against rules of thumb: stock-outs at the same stock (10 to 20 minutes)',
  options: [`--rounds N    so many shops (${SEEDS})`],
  atMostSeconds: 2 * 3600,
  run,
  table: (result) => {
    const { frontier, compared } = result as { frontier: readonly ShopRun[]; compared: readonly Compared[] }
    return replenishmentTable(frontier, compared)
  },
}

async function run({ rounds = SEEDS, say }: BenchOptions): Promise<object> {
  const seeds = Array.from({ length: rounds }, (_, place) => FIRST_SEED + place)
  const waiting = [...seeds]
  const shops = new Map<number, { readonly series: number; readonly runs: readonly ShopRun[] }>()
  const worker = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const started = performance.now()
      shops.set(seed, JSON.parse(await outputOf([RUNS_SCRIPT, String(seed)])))
      say(`shop ${seed}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const runs = seeds.map((seed) => shops.get(seed)!.runs)
  const frontier = meanRuns(runs)
  return {
    seeds,
    series: seeds.map((seed) => shops.get(seed)!.series),
    frontier,
    compared: compareRuns(frontier),
    bySeed: Object.fromEntries(seeds.map((seed, place) => [seed, compareRuns(runs[place]!)])),
  }
}
