/** `npm run cost -- --events-per-day 1000000 --stores 100 --viewers 20 [--json]`, or `-- --night [--json]`: of 1, 100 and 1,000 stores. */
import { parseArgs } from 'node:util'
import { monthlyCost } from './monthly-cost.ts'
import { athenaCost, nightlyCost } from './nightly-cost.ts'
import { PRICES_OF } from './prices.ts'

const usage = 'Usage: npm run cost -- --events-per-day N --stores N --viewers N [--json], or --night [--json]'
const { values } = parseArgs({
  options: {
    'events-per-day': { type: 'string', default: '1000000' },
    stores: { type: 'string', default: '100' },
    viewers: { type: 'string', default: '20' },
    night: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
/** Of one merchant, with a thousand products in each store. */
const NIGHTS = [1, 100, 1_000].map((stores) => ({ stores, productsOfStore: 1_000, merchants: 1 }))
if (values.night) {
  const nights = NIGHTS.map((night) => ({ ...night, lines: nightlyCost(night), ifAthena: athenaCost(night) }))
  if (values.json) console.log(JSON.stringify({ pricesOf: PRICES_OF, nights }))
  else
    for (const { stores, lines, ifAthena } of nights) {
      const sum = lines.reduce((total, { dollars }) => total + dollars, 0)
      console.log(`${stores} stores: ${sum.toFixed(4)} dollars a night; its queries by Athena ${ifAthena.toFixed(4)}`)
      for (const { service, dollars, why } of lines)
        console.log(`  ${service.padEnd(16)} ${dollars.toFixed(5)}  ${why}`)
    }
  process.exit(0)
}
const numberOf = (name: 'events-per-day' | 'stores' | 'viewers'): number => {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value >= 0) return value
  console.error(`--${name}: must be a whole number, 0 or more\n${usage}`)
  process.exit(2)
}
const trade = { eventsPerDay: numberOf('events-per-day'), stores: numberOf('stores'), viewers: numberOf('viewers') }
const lines = monthlyCost(trade)
const sum = lines.reduce((total, { dollars }) => total + dollars, 0)
if (values.json) console.log(JSON.stringify({ ...trade, pricesOf: PRICES_OF, dollarsAMonth: sum, lines }))
else {
  for (const { service, dollars, why } of lines)
    console.log(`${service.padEnd(24)} ${dollars.toFixed(2).padStart(12)}  ${why}`)
  console.log(
    `${'A month, dollars'.padEnd(24)} ${sum.toFixed(2).padStart(12)}  list prices of ${PRICES_OF}, us-east-1, no free tier`,
  )
}
