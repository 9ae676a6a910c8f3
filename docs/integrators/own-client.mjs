// A client from nothing but the API's page: it reads today's revenue, sends a sale, and sees it counted.
//   npx counterflow token create | node docs/integrators/own-client.mjs http://127.0.0.1:4310
import { text } from 'node:stream/consumers'

const STORE = 'corner-shop'
const UNITS = 2
const PRICE_MINOR = 450
const WITHIN_MS = 10_000

const address = process.argv[2] ?? 'http://127.0.0.1:4310'
const token = (await text(process.stdin)).trim()

/** The answer of a route. Throws what a refusal says: what happened, and each field that is wrong. */
async function ask(method, path, body) {
  const response = await fetch(address + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (response.ok) return answer
  const wrong = (answer.problems ?? []).map(({ field, message }) => `${field} ${message}`)
  throw new Error([answer.title, ...wrong].join('; '))
}

/** Net revenue of the store today, in cents. */
async function revenueToday() {
  const { money } = await ask('GET', `/metrics?store=${STORE}`)
  return money.EUR?.netRevenue.value ?? 0
}

const before = await revenueToday()
// The same id again would be a repeat, and change nothing.
const id = `till-1-${Date.now()}`
const sale = { orderId: id, productId: 'COFFEE', quantity: UNITS, unitPriceMinor: PRICE_MINOR, currency: 'EUR' }
const { results } = await ask('POST', '/collect', {
  events: [{ type: 'sale.recorded', id, storeId: STORE, data: sale }],
})
console.log(`sent: ${results[0].status} as ${results[0].eventIds[0]}`)

const wanted = before + UNITS * PRICE_MINOR
const endsAt = Date.now() + WITHIN_MS
let after = await revenueToday()
while (after < wanted && Date.now() < endsAt) {
  await new Promise((done) => setTimeout(done, 100))
  after = await revenueToday()
}
if (after < wanted) throw new Error(`revenue is still ${after}, not ${wanted}`)
console.log(`revenue of ${STORE} today: ${before} cents, then ${after}`)
