import type { AlertItem, AlertsAnswer } from '#core/api/alerts.ts'
import type { Mode } from '#core/api/freshness.ts'
import type { LiveFrame, LiveMessage, Topic } from '#core/api/live.ts'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import type { TransactionItem, TransactionsAnswer } from '#core/api/transactions.ts'

/** How the engine stands, as the socket says. */
export type Standing = { readonly mode?: Mode; readonly lagMs?: number }

/** The newest lines of all, as the socket goes on with them: up to now, whenever that is. */
export type NewestLines = Omit<TransactionsAnswer, 'window'>

/** What is on the screen: the newest answer to each question; undefined: not answered yet. */
export type Shown = {
  readonly metrics: MetricsAnswer | undefined
  readonly alerts: AlertsAnswer | undefined
  readonly transactions: NewestLines | undefined
  readonly standing: Standing | undefined
}

export const TRANSACTIONS_SHOWN = 50

/**
 * What is shown after a frame of the socket. A part that the frame does not change is the same object as before. A
 * part that is newer than the frame (it was asked for after the frame was made) is left alone. A snapshot answers what
 * was not answered yet, and takes the place of lists that may have missed something.
 */
export function applyFrame(shown: Shown, frame: LiveFrame): Shown {
  const { metrics, alerts, transactions, standing } = shown
  const isOlder = (answer: { readonly asOf: string } | undefined) => answer !== undefined && isNewer(answer, frame)
  return {
    metrics: metrics === undefined ? firstMetrics(frame) : newestMetrics(metrics, frame),
    alerts: isOlder(alerts)
      ? alerts
      : frame.type === 'snapshot'
        ? alertsIn(frame)
        : alerts && withAlerts(alerts, frame),
    transactions: isOlder(transactions)
      ? transactions
      : frame.type === 'snapshot'
        ? transactionsIn(frame)
        : transactions && withTransactions(transactions, frame),
    standing: newestStanding(standing, frame),
  }
}

const ofTopic = <T extends Topic>({ messages }: LiveFrame, topic: T) =>
  messages.filter((message): message is Extract<LiveMessage, { topic: T }> => message.topic === topic)

const alertsIn = (frame: LiveFrame): AlertsAnswer => ({
  asOf: frame.asOf,
  lagMs: frame.lagMs,
  window: null,
  items: ofTopic(frame, 'alert').map(({ data }) => data),
  next: null,
})

const transactionsIn = (frame: LiveFrame): NewestLines => ({
  asOf: frame.asOf,
  lagMs: frame.lagMs,
  items: ofTopic(frame, 'transaction')
    .map(({ data }) => data)
    .sort(newestFirst)
    .slice(0, TRANSACTIONS_SHOWN),
  next: null,
})

/** Of the whole merchant, as the question that the pages ask. */
const firstMetrics = (frame: LiveFrame): MetricsAnswer | undefined =>
  frame.type === 'snapshot' ? ofTopic(frame, 'kpi').find(({ data }) => data.scope.by === 'total')?.data : undefined

function newestStanding(before: Standing | undefined, { messages }: LiveFrame): Standing | undefined {
  let standing = before
  for (const message of messages)
    if (message.topic === 'mode' || message.topic === 'lag') standing = { ...standing, ...message.data }
  return standing
}

/** An answer that was made later than another, by the engine's clock. */
export const isNewer = (one: { readonly asOf: string }, other: { readonly asOf: string }): boolean =>
  Date.parse(one.asOf) > Date.parse(other.asOf)

function newestMetrics(metrics: MetricsAnswer, { messages }: LiveFrame): MetricsAnswer {
  let newest = metrics
  for (const message of messages) {
    if (message.topic !== 'kpi' || isNewer(newest, message.data)) continue
    // Frames speak of the whole merchant; a page may show one store.
    const { scope } = message.data
    if (scope.by === metrics.scope.by && scope.key === metrics.scope.key) newest = message.data
  }
  return newest
}

const HOW_FAR = { open: 0, acknowledged: 1, resolved: 2 } as const

function withAlerts(answer: AlertsAnswer, frame: LiveFrame): AlertsAnswer {
  const byId = new Map(answer.items.map((alert) => [alert.id, alert]))
  let changed = false
  for (const message of frame.messages) {
    if (message.topic !== 'alert') continue
    const { data } = message
    const known = byId.get(data.id)
    if (known !== undefined && !succeeds(data, known)) continue
    if (data.state !== 'resolved') byId.set(data.id, data)
    else if (!byId.delete(data.id)) continue
    changed = true
  }
  if (!changed) return answer
  return { ...answer, asOf: frame.asOf, lagMs: frame.lagMs, items: [...byId.values()] }
}

/** Newest wins; of the same moment, what is further on its way: a click here may be ahead of the engine's word. */
function succeeds(next: AlertItem, known: AlertItem): boolean {
  const [nextMs, knownMs] = [Date.parse(next.changedAt), Date.parse(known.changedAt)]
  return nextMs > knownMs || (nextMs === knownMs && HOW_FAR[next.state] >= HOW_FAR[known.state])
}

function withTransactions(answer: NewestLines, frame: LiveFrame): NewestLines {
  const known = new Set(answer.items.map(({ id }) => id))
  const added: TransactionItem[] = []
  for (const message of frame.messages) {
    if (message.topic !== 'transaction' || known.has(message.data.id)) continue
    known.add(message.data.id)
    added.push(message.data)
  }
  if (added.length === 0) return answer
  const items = [...added, ...answer.items].sort(newestFirst).slice(0, TRANSACTIONS_SHOWN)
  return { ...answer, asOf: frame.asOf, lagMs: frame.lagMs, items }
}

const newestFirst = (a: TransactionItem, b: TransactionItem): number =>
  Date.parse(b.occurredAt) - Date.parse(a.occurredAt)
