import type { AlertItem } from '#core/api/alerts.ts'

const SEVERITIES = { CRITICAL: 'Critical', WARNING: 'Warning' } as const
const KINDS = { OVERSOLD: 'Oversold', OUT_OF_STOCK: 'Sold out', LOW_STOCK: 'Low' } as const

const sentence = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(', ')
const one = (count: number, single: string, many: string) => (count === 1 ? single : many)

export const words = {
  title: 'Alerts',
  about: 'What runs low, runs out or was oversold, and what to do about it.',
  tabs: { open: 'Open', acknowledged: 'Acknowledged', resolved: 'Over', thresholds: 'Thresholds' },
  tabList: 'Alerts by state',
  /** Beside a tab, where the engine has more than it sent. */
  orMore: '+',
  severity: (severity: AlertItem['severity']) => SEVERITIES[severity],
  kind: (kind: AlertItem['kind']) => KINDS[kind],
  you: 'you',

  filters: 'Filters',
  anySeverity: 'Any severity',
  anyKind: 'Any kind',
  everyStore: 'Every store',
  everyCategory: 'Every category',
  severityLabel: 'Severity',
  kindLabel: 'Kind',
  storeLabel: 'Store',
  categoryLabel: 'Category',
  find: 'Find a product or store',
  clear: 'Clear filters',
  ofRegion: (region: string) => `Region ${region}`,
  withCount: (label: string, count: string) => `${label} (${count})`,
  shownOf: (shown: string, all: string) => (shown === all ? `${all} alerts` : `${shown} of ${all} alerts`),
  mostUrgent: (count: string) => `The ${count} most urgent are here. Choose a store to see all of it.`,

  /** The arithmetic. `onHand` decides how it is said, `level` is its size in the reader's digits. */
  sum: (level: string, onHand: number, rate: string | null, cover: string | null) => {
    const pace = rate === null ? null : `sells ${rate} a day`
    if (onHand < 0) return sentence([`${level} more sold than is known to be there`, pace])
    if (onHand === 0) return sentence(['None left', pace])
    return sentence([`${level} left`, pace, cover === null ? null : `${cover} of cover`])
  },
  below: (days: string) => `: below ${days}`,
  eases: (days: string) => `: eases at ${days}`,
  whenItOpened: (text: string) => `When it opened or got worse: ${text}`,
  todo: (kind: AlertItem['kind'], level: string) =>
    kind === 'LOW_STOCK'
      ? 'Reorder now.'
      : kind === 'OUT_OF_STOCK'
        ? 'Reorder it, or take it off sale.'
        : `Count the shelf, or restock ${level}.`,
  days: (text: string, days: number) => `${text} ${one(days, 'day', 'days')}`,
  hours: (text: string, hours: number) => `${text} ${one(hours, 'hour', 'hours')}`,

  listLabel: 'List of alerts',
  opened: (moment: string) => `Since ${moment}`,
  over: (moment: string, length: string) => `Over ${moment}, after ${length}`,
  minutes: (text: string) => `${text} min`,
  acknowledge: 'Acknowledge',
  acknowledgeOne: (name: string, store: string) => `Acknowledge: ${name}, ${store}`,
  acknowledgeMany: (count: string) => `Acknowledge ${count}`,
  acknowledged: (by: string, moment: string) => `Acknowledged${by === '' ? '' : ` by ${by}`} ${moment}`,
  held: 'Acknowledged',
  selectAll: 'Select all that are shown',
  selectOne: (name: string, store: string) => `Select ${name}, ${store}`,
  selected: (count: string) => `${count} selected`,
  selectNone: 'Select none',
  waits: 'It waits for the connection',
  undo: 'Undo',
  undoable: (count: number, text: string, seconds: string) =>
    `${text} ${one(count, 'alert', 'alerts')} acknowledged. For ${seconds} s it can be taken back, then never.`,
  notTaken: (count: number, text: string, why: string) =>
    `${text} ${one(count, 'alert is', 'alerts are')} still open: ${why}.`,
  tryAgain: 'Try again',
  dismiss: 'Leave it',
  swipe: 'Acknowledge',
  more: (count: string) => `Show ${count} more`,
  older: 'Show older ones',

  empty: {
    open: {
      title: 'Nothing needs you',
      why: 'A product that runs low, runs out or is oversold appears here at once, with what to do.',
    },
    acknowledged: {
      title: 'Nothing is being dealt with',
      why: 'Alerts that somebody acknowledged stay here until their stock is well again.',
    },
    resolved: {
      title: 'No alert has ended yet',
      why: 'An alert is over when stock came in, or when what sells has slowed down. It is kept here for 400 days.',
    },
    filtered: { title: 'No alert is like that', why: 'Others are, without the filters.' },
  },
  keys: {
    next: 'Next alert',
    before: 'Alert before',
    select: 'Select or unselect the alert',
    acknowledge: 'Acknowledge what is selected, or the alert that has the focus',
    undo: 'Take back what was just acknowledged',
    open: 'Open the product of the alert',
    find: 'Find among the alerts',
  },
}
