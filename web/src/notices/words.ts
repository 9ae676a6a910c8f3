import type { AlertItem } from '#core/api/alerts.ts'
import type { NoticeLogItem } from '#core/api/notices.ts'
import { counted } from '../format/format-number.ts'

const STATUS: Readonly<Record<NoticeLogItem['status'], string>> = {
  taken: 'Arrived',
  failed: 'Failed, is tried again',
  'given-up': 'Given up',
  refused: 'Refused',
  gone: 'The receiver wants no more',
  dropped: 'Nobody may have it any more',
}
const CHANNELS: Readonly<Record<string, string>> = { email: 'E-mail', log: 'Log', webhook: 'Webhook' }
const WAYS: Readonly<Record<NoticeLogItem['way'], string>> = { delivery: '', redelivery: 'sent again', test: 'test' }
const OVER: Readonly<Record<AlertItem['kind'], string>> = {
  LOW_STOCK: 'No longer low',
  OUT_OF_STOCK: 'No longer sold out',
  OVERSOLD: 'No longer oversold',
}
const KINDS: Readonly<Record<string, string>> = {
  'low-stock': 'Low stock',
  'out-of-stock': 'Sold out',
  oversold: 'Oversold',
  'forecast-drift': 'Forecasts no longer fit',
  'run-failed': 'Run of the night stopped',
  digest: 'Digest',
  test: 'Test',
}

export const words = {
  // The bell
  bell: 'Alerts',
  bellMeans: (critical: number) =>
    critical === 0 ? 'Alerts: none critical' : `Alerts: ${counted(critical, 'critical', 'critical')}, nobody's yet`,
  history: 'What happened last',
  noHistory: 'No alert has opened yet. One opens when a product runs low, runs out or is oversold.',
  loading: 'Loading',
  notLoaded: (why: string) => `It cannot be shown: ${why}.`,
  allAlerts: 'All alerts',
  choose: 'What you are told',
  kind: (kind: AlertItem['kind'], severity: AlertItem['severity']) =>
    kind === 'OVERSOLD'
      ? 'Oversold'
      : kind === 'OUT_OF_STOCK'
        ? 'Sold out'
        : severity === 'CRITICAL'
          ? 'Critically low'
          : 'Low',
  over: (kind: AlertItem['kind']) => OVER[kind],
  many: (count: number) => `${counted(count, 'new critical alert', 'new critical alerts')}`,
  manyText: 'The worst of them come first in the list.',
  toast: (text: string, store: string) => `${store}: ${text}`,
  look: 'Look',
  dismiss: 'Dismiss this message',
  moreToasts: (count: number) => `${counted(count, 'more', 'more')}`,

  // The page
  title: 'Notices',
  about:
    'What you are told of outside of this page, by what, and when. Nobody is told anything before they ask for it.',
  what: 'What',
  whatAbout: 'of everything that there is to be told of',
  kinds: 'Tell me of',
  kindName: (kind: string) => KINDS[kind] ?? kind,
  least: 'How urgent',
  leastChoices: { WARNING: 'Warnings and what is critical', CRITICAL: 'What is critical alone' },
  stores: 'Of these stores',
  where: 'Where',
  whereAbout: 'for you alone',
  channels: { email: 'By e-mail', log: 'As a line in the engine’s log' },
  emailTo: (address: string) => `to ${address}`,
  noAddress: 'Your account has no address yet.',
  address: 'Address',
  addressHint: 'The account of this machine’s owner has none of its own.',
  emailProblem: (why: string) => `E-mail cannot be sent as things are: ${why}`,
  inBrowser: 'As messages of this browser',
  browserMeans: 'While this page is open, also behind others: critical alerts alone, none in your quiet hours.',
  browserDenied: 'The browser was told to show no messages of this page. Its settings for this page can change that.',
  browserNone: 'This browser has no messages.',
  browserOn: 'On in this browser',
  when: 'When',
  whenAbout: 'what comes in quiet hours is sent at their end',
  quiet: 'Quiet hours',
  quietFrom: 'From',
  quietTo: 'To',
  zone: 'Time zone',
  merchantZone: 'The merchant’s',
  digest: 'One message for many',
  digestChoices: { off: 'No: each alert by itself, at once', hourly: 'Each full hour', daily: 'Once a day' },
  digestHour: 'At',
  hour: (hour: number) => `${String(hour).padStart(2, '0')}:00`,
  save: 'Save',
  saved: 'Saved',
  unsaved: 'Not saved yet',
  conflict: 'They were changed elsewhere since you saw them. What is there now:',
  takeTheirs: 'Show what is there now',
  noKind: 'Choose one at least, or no way under Where.',
  noStore: 'Choose one at least, or all.',
  sameHours: 'The two must differ.',
  labels: {
    kinds: 'The kinds',
    stores: 'The stores',
    quietHours: 'The quiet hours',
    timeZone: 'The time zone',
    email: 'The address',
    channels: 'The ways',
  },
  test: 'Send a test',
  testOf: (what: string) => `Send a test: ${what}`,
  testDone: (line: NoticeLogItem) =>
    line.status === 'taken' ? 'The test arrived.' : `The test did not arrive: ${line.error ?? STATUS[line.status]}.`,
  testFailed: (why: string) => `The test was not sent: ${why}.`,

  webhooks: 'Webhooks',
  webhooksAbout: 'of the merchant: each gets every notice at once, signed',
  noWebhooks: {
    title: 'No program is told yet',
    why: 'A webhook posts each new alert to an address of yours: a chat, a pager, a program of your own.',
  },
  addWebhook: 'Add a webhook',
  url: 'Address',
  urlHint: 'https://hooks.example/alerts',
  label: 'Name',
  labelHint: 'What people call it. The address’s host if empty.',
  webhookLabels: { url: 'The address', label: 'The name' },
  add: 'Add',
  cancel: 'Cancel',
  secretTitle: 'The webhook is there',
  secretMeans:
    'Copy its secret now to where the receiver keeps its own: it is shown this once. With it the receiver proves that a message is ours (Standard Webhooks).',
  haveIt: 'I have it',
  remove: 'Remove',
  removeOf: (label: string) => `Remove ${label}`,
  removeTitle: (label: string) => `Remove “${label}”?`,
  removeMeans: 'Nothing more is posted to it. What failed and would be tried again is not.',
  disabled: 'It answered that it wants no more (410). Remove it and add it again.',
  active: 'Active',
  ofSetting: 'of the setting noticeWebhookUrl, not signed',
  mayNot: 'Webhooks are the merchant’s: an owner can see and change them.',

  log: 'What came of it',
  logAbout: 'each attempt of the last 7 days, the newest 1,000',
  whose: 'Whose',
  mine: 'My own',
  ofWebhook: (label: string) => `Webhook ${label}`,
  noLog: {
    title: 'Nothing was sent yet',
    why: 'Each attempt to reach you stands here, with what the receiver answered. A test makes the first one.',
  },
  columns: { at: 'When', subject: 'Of what', channel: 'By', status: 'What came of it', again: '' },
  statusOf: (status: NoticeLogItem['status']) => STATUS[status],
  channelOf: (channel: string, way: NoticeLogItem['way'], attempt: number) =>
    [CHANNELS[channel] ?? channel, WAYS[way] || (attempt > 1 ? `attempt ${attempt}` : '')].filter(Boolean).join(', '),
  answered: (status: number) => `answered ${status}`,
  lasted: (ms: string) => `${ms} ms`,
  nextTry: (moment: string) => `next try ${moment}`,
  again: 'Send again',
  againOf: (subject: string, moment: string) => `Send again: ${subject}, ${moment}`,
  sentAgain: (line: NoticeLogItem) =>
    line.status === 'taken'
      ? 'Sent again: it arrived.'
      : `Sent again, without luck: ${line.error ?? STATUS[line.status]}.`,
  notSentAgain: (why: string) => `It was not sent again: ${why}.`,
  older: 'Show older ones',
}
