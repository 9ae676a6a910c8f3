import type { Outcome } from './prepare-preview.ts'
import type { Threshold, ThresholdName, ThresholdScope } from './prepare-thresholds.ts'

const one = (count: number, single: string, many: string) => (count === 1 ? single : many)
const NAMES: Readonly<Record<ThresholdName, string>> = {
  lowStockWarningDays: 'Low below',
  lowStockCriticalDays: 'Critically low below',
  alertHysteresis: 'Eases only well above',
}
const OUTCOMES: Readonly<Record<Outcome, readonly [string, string]>> = {
  opens: ['alert would open', 'alerts would open'],
  worsens: ['warning would become critical', 'warnings would become critical'],
  eases: ['critical alert would become a warning', 'critical alerts would become warnings'],
  resolves: ['alert would be over', 'alerts would be over'],
}

export const thresholdWords = {
  title: 'Thresholds',
  about: 'in days of cover: what is left, divided by what is sold a day',
  explained: 'A product’s own threshold counts before its category’s, and that before the merchant’s.',
  scope: 'Of',
  merchant: 'Everything',
  names: NAMES,
  kindOf: ({ category, productId }: ThresholdScope, about: string) =>
    category !== undefined
      ? 'category'
      : productId === undefined
        ? 'the merchant'
        : ['product', about].filter(Boolean).join(', '),
  value: (name: ThresholdName, text: string, value: number) =>
    name === 'alertHysteresis' ? `${text} %` : `${text} ${one(value, 'day', 'days')}`,
  from: (from: Threshold['from']) =>
    from === 'default' ? 'as it comes' : from === 'merchant' ? 'as everything' : 'as its category',
  change: (name: string, scope: string, value: string) => `${name}, ${scope}: ${value.trim()}. Change it`,
  hysteresisMeans:
    'How far above its threshold cover must rise before an alert eases, so that it does not come and go.',
  mayNot: 'An owner can change them.',
  newCategory: 'A category that differs',
  categoryHint: 'Its name',
  newProduct: 'A product that differs',
  productHint: 'Its name or id',
  differs: 'Add',

  editorTitle: (name: string, scope: string) => `${name}: ${scope}`,
  days: 'Days of cover',
  perCent: 'Per cent above the threshold',
  noDays: 'Write a number of days from 0 to 365.',
  noPerCent: 'Write a number from 0 to 500.',
  now: (text: string, whence: string) => `Now ${text}${whence === '' ? '' : `, ${whence}`}.`,
  save: 'Save',
  takeBack: (text: string) => `Back to ${text}`,
  cancel: 'Close',
  saved: 'Saved. An alert follows with the next movement of its product.',
  conflict: (text: string) =>
    `Somebody else changed it to ${text} since you looked. Look at it, and save again if you still want to.`,

  preview: 'What would come of it',
  previewNothing: 'Write another number, and here stands which alerts it would open, change and close.',
  previewSame: 'No alert would be another one.',
  previewFails: (why: string) => `What would come of it cannot be shown: ${why}.`,
  looking: 'Looking at the stock …',
  looked: (count: number, text: string, isPart: boolean) =>
    `${isPart ? 'Of the first' : 'Of'} ${text} ${one(count, 'place', 'places')} in stock (one product in one store).`,
  noneOfScope: 'Nothing in stock is of it: look whether it is written as it was listed.',
  goOn: 'Look at more',
  follows: 'With level and pace as they are. An alert follows with the next sale, delivery or count of its product.',
  outcome: (does: Outcome, count: number, text: string) => `${text} ${OUTCOMES[does][count === 1 ? 0 : 1]}`,
  named: (first: string, all: string) => (first === all ? '' : `The ${first} that last shortest:`),
}
