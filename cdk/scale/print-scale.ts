/** `npm run simulate:scale [-- --json]`: the hour of `simulate-scale.ts` at three loads, as it is and as it should be. */
import { parseArgs } from 'node:util'
import { type Load, PARTS, simulate, sizesFor, type Verdict } from './simulate-scale.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const SMALL = { shards: 1, logicalShards: 8 }
const LOADS: readonly Load[] = [
  { eventsPerDay: 10_000, stores: 3, merchants: 1, viewers: 3 },
  { eventsPerDay: 1_000_000, stores: 100, merchants: 20, viewers: 50 },
  { eventsPerDay: 100_000_000, stores: 5_000, merchants: 500, viewers: 1_000 },
]
const percent = (value: number): string => `${Math.round(value * 100)} %`
const tell = ({ sizes, used, first, worstLagSeconds, refused }: Verdict): string =>
  [
    `${sizes.shards} shard${sizes.shards === 1 ? '' : 's'}, ${sizes.logicalShards} logical:`,
    PARTS.map((part) => `${part} ${percent(used[part])}`).join(', '),
    `| first: ${first} | worst lag ${worstLagSeconds.toFixed(1)} s | refused ${refused}`,
  ].join(' ')

const results = LOADS.map((load) => ({ load, asIs: simulate(load, SMALL), sized: simulate(load, sizesFor(load)) }))
if (values.json) console.log(JSON.stringify(results))
else
  for (const { load, asIs, sized } of results) {
    console.log(
      `${load.eventsPerDay.toLocaleString('en')} events a day, ${load.stores} stores, ${load.viewers} screens`,
    )
    console.log(`  as it is deployed first: ${tell(asIs)}`)
    console.log(`  as it should be:         ${tell(sized)}`)
  }
