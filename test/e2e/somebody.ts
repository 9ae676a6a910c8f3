/** Somebody buys, everywhere and in every way that goes well or wrong; what is personal in it must be in no log. */
import { createHmac } from 'node:crypto'
import { readJson } from '../golden/golden-cases.ts'
import type { EngineApi } from './engine-api.ts'

const SOMEBODY = {
  firstName: 'Ishwarya',
  lastName: 'Venkataraghavan',
  email: 'ishwarya.v@customers.example',
  phone: '+919876501234',
  street: '17 Lotus Tank Lane',
  note: 'please ring my neighbour Ponnuswamy',
}
const COLLEAGUE = { email: 'colleague.of.ishwarya@shop.example', password: 'velvet thimble orchard 93' }
const SECRET = 'shpss_a-secret-that-nobody-may-read'
const FORGED = 'forged-proof-of-a-stranger'

/** Answers all that is personal or secret in what was sent and answered. */
export async function sendSomebody(engine: EngineApi): Promise<string[]> {
  const secrets = [...Object.values(SOMEBODY), ...Object.values(COLLEAGUE), SECRET, FORGED, engine.token]
  const { body: way } = await engine.post('/integrations', { source: 'shopify', secret: SECRET })
  const address = { ...nameOf(), address1: SOMEBODY.street, phone: SOMEBODY.phone }
  const person = {
    email: SOMEBODY.email,
    phone: SOMEBODY.phone,
    note: SOMEBODY.note,
    customer: { id: 445566, ...nameOf(), email: SOMEBODY.email, phone: SOMEBODY.phone, default_address: address },
    billing_address: address,
    shipping_address: address,
  }
  const order = { ...readJson('deliveries/shopify', 'orders-create', 'body.json'), id: 998877, ...person }
  const { headers } = readJson('deliveries/shopify', 'orders-create', 'request.json')
  let said = ''
  const deliver = async (body: string, proof: string | undefined = undefined) => {
    const signature = proof ?? createHmac('sha256', SECRET).update(body).digest('base64')
    const { status, text } = await engine.post(way.path, undefined, {
      bytes: Buffer.from(body),
      headers: { ...headers, 'x-shopify-webhook-id': 'somebody', 'x-shopify-hmac-sha256': signature },
      asStranger: true,
    })
    said += status === 422 ? text : ''
    return status
  }
  const statuses = [
    await deliver(JSON.stringify(order)),
    await deliver(JSON.stringify({ ...order, line_items: [{ sku: SOMEBODY.email }] })),
    await deliver(JSON.stringify(order), FORGED),
    await deliver(`{"email":"${SOMEBODY.email}",`),
  ]
  const sale = { type: 'sale.recorded', storeId: 'north' }
  const line = { orderId: 'somebody-1', productId: 'MUG', quantity: 1, unitPriceMinor: 5, currency: 'INR' }
  const collected = await engine.post('/collect', {
    events: [
      { ...sale, id: 'somebody-1', data: { ...line, customer: SOMEBODY.email } },
      { ...sale, id: 'somebody-2', data: { ...line, quantity: SOMEBODY.phone, customer: SOMEBODY.lastName } },
      // It cannot be applied, and is held: nobody knows its order, and it states no price.
      {
        type: 'sale.refunded',
        storeId: 'north',
        id: 'somebody-3',
        data: { refundId: 'r', orderId: SOMEBODY.note, productId: 'MUG', reason: 'other' },
      },
    ],
  })
  statuses.push(collected.status)
  await engine.get(`/transactions?customer=${encodeURIComponent(SOMEBODY.email)}`)
  const { body: invited } = await engine.post('/users', { email: COLLEAGUE.email, role: 'analyst' })
  const code = new URL(invited.path, engine.address).searchParams.get('code')!
  const joining = { code, name: SOMEBODY.lastName, password: COLLEAGUE.password }
  const joined = await engine.post('/join', joining, { asStranger: true })
  statuses.push(joined.status)
  const wrong = { email: COLLEAGUE.email, password: `${COLLEAGUE.password}!` }
  statuses.push((await engine.post('/sign-in', wrong, { asStranger: true })).status)
  statuses.push((await engine.post('/notices/test', { channel: 'log' })).status)
  const { body: token } = await engine.post('/tokens', { label: 'of somebody' })
  statuses.push((await engine.ask('GET', `/stock?token=${token.token}`, { asStranger: true })).status)
  const { body: ticket } = await engine.post('/live/tickets')
  const cookies = joined.headers.getSetCookie().map((cookie) => /=([^;]+)/.exec(cookie)![1]!)
  secrets.push(code, token.token, ticket.ticket, ...cookies)
  if (String(statuses) !== '202,422,401,422,202,204,401,200,401')
    throw new Error(`somebody was answered ${statuses}: ${said}`)
  return secrets
}

const nameOf = () => ({ first_name: SOMEBODY.firstName, last_name: SOMEBODY.lastName })

/** Those of the secrets that a log has. */
export const foundIn = (log: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => log.toLowerCase().includes(secret.toLowerCase()))
