/** `npm run cost -- --events-per-day 1000000 --stores 100 --viewers 20 [--json]` */
import { parseArgs } from 'node:util'
import { monthlyCost } from './monthly-cost.ts'
import { PRICES_OF } from './prices.ts'

const usage = 'Usage: npm run cost -- --events-per-day N --stores N --viewers N [--json]'
const { values } = parseArgs({
  options: {
    'events-per-day': { type: 'string', default: '1000000' },
    stores: { type: 'string', default: '100' },
    viewers: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})
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
