import { KeepAliveClient } from './keep-alive-client.ts'
import { runOpenLoop } from './open-loop.ts'
import { WEBHOOK_PATH, webhookOrders } from './webhook-orders.ts'
const [base, token, seconds, rate] = process.argv.slice(2)
const client = new KeepAliveClient(base!, token!)
const next = webhookOrders(`prof-${Date.now()}`, 0)
let errors = 0
await runOpenLoop({ ratePerSecond: Number(rate), seconds: Number(seconds), send: () => client.post(WEBHOOK_PATH, next(), (s) => void (s === 202 || errors++)) })
console.log('errors', errors)
client.close()
