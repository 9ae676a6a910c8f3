import { useQuery } from '@tanstack/react-query'
import { CopyLine } from '../frame/copy-line.tsx'
import { alertsQuery, metricsQuery, transactionsQuery } from '../reach/queries.ts'
import classes from './nothing-yet.module.css'
import { words } from './words.ts'

const said = words.nothingYet

const sale = {
  eventType: 'ORDER_PLACED',
  asin: 'B0TEST',
  price: 999,
  quantity: 2,
  region: 'IN',
  orderId: 'A-1000',
}

/** A fresh engine: what will be here, why not yet, and the one line that fills it. */
export function NothingYet() {
  const curl = [
    `curl -X POST ${location.origin}/integrations/amazon/webhook`,
    `-H 'content-type: application/json'`,
    `-d '${JSON.stringify(sale)}'`,
  ]
  return (
    <section className={classes.page} aria-labelledby="nothing-title">
      <h1 id="nothing-title">{said.title}</h1>
      <p>{said.why}</p>
      <CopyLine lines={curl} />
      <p className={classes.then}>{said.afterwards}</p>
    </section>
  )
}

/** Whether nothing has ever happened; undefined while the engine has not answered enough to know. */
export function useNothingYet(): boolean | undefined {
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const { data: transactions, isError: transactionsFailed } = useQuery(transactionsQuery)
  const { data: alerts, isError: alertsFailed } = useQuery(alertsQuery)
  if (metrics === undefined) return undefined
  const figures = [metrics.counts, ...Object.values(metrics.money)].flatMap((measures) => Object.values(measures))
  if (figures.some(({ value, dayEarlier, weekEarlier }) => value || dayEarlier || weekEarlier)) return false
  if (transactions === undefined || alerts === undefined) return transactionsFailed || alertsFailed ? false : undefined
  return transactions.items.length === 0 && alerts.items.length === 0
}
