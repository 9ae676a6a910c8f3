import { describe, expect, test } from 'vitest'
import {
  afterChanges,
  changesTo,
  currencyText,
  numberText,
  prepareKept,
  prepareThresholds,
  restockNames,
  type Setting,
  settingsIn,
} from './prepare-settings.ts'

const setting = (name: string, value: Setting['value'], more: Partial<Setting> = {}): Setting => ({
  name,
  about: '',
  value,
  default: value,
  changed: false,
  categories: {},
  ...more,
})
const seen = settingsIn({
  settings: [
    setting('currency', 'INR'),
    setting('timeZone', 'Asia/Kolkata', { changed: true }),
    setting('lowStockWarningDays', 3.5, { categories: { Lighting: 5, Kurtas: 2 } }),
    setting('lowStockCriticalDays', 1, { categories: { Lighting: 2 } }),
    setting('alertHysteresis', 0.2),
    setting('restock.other', false),
    setting('restock.defective', false, { changed: true }),
  ],
})

describe('what is sent', () => {
  test.each([
    ['nothing that is as it was', { currency: 'INR', timeZone: 'Asia/Kolkata' }, []],
    ['what was at its default, from none', { currency: 'EUR' }, [{ name: 'currency', value: 'EUR', before: null }]],
    [
      'what was decided, from that',
      { timeZone: 'UTC', 'restock-defective': true },
      [
        { name: 'timeZone', value: 'UTC', before: 'Asia/Kolkata' },
        { name: 'restock.defective', value: true, before: false },
      ],
    ],
    ['nothing that the engine has not', { other: 1 }, []],
  ])('is %s', (_what, wanted, changes) => {
    expect(changesTo(seen, wanted as Record<string, string>)).toEqual(changes)
  })
})

test('what was taken is shown as it will be', () => {
  const [currency, zone] = afterChanges([...seen.values()], [{ name: 'currency', value: 'EUR', before: null }])
  expect([currency, zone]).toMatchObject([{ value: 'EUR', changed: true }, { value: 'Asia/Kolkata' }])
})

test('thresholds are read in days and shares, and say where categories differ', () => {
  expect(prepareThresholds(seen, 'en')).toEqual([
    { name: 'Low stock, days of cover', value: '3.5 days', more: 'and 2 categories of their own' },
    { name: 'Critically low stock, days of cover', value: '1 day', more: 'and 1 category of its own' },
    { name: 'Share above the threshold at which an alert eases', value: '20 % above', more: '' },
  ])
})

test('what is kept is said in days, or for ever', () => {
  const kept = [
    { what: 'events', about: 'a', days: null },
    { what: 'refunds', about: 'b', days: 400 },
    { what: 'newer', about: 'c', days: 1_000 },
  ]
  expect(prepareKept(kept, 'en')).toEqual([
    { id: 'events', what: 'Every event as it came, in the log and then in its archive', long: 'For ever' },
    { id: 'refunds', what: 'Refunds, one by one', long: '400 days' },
    { id: 'newer', what: 'c', long: '1,000 days' },
  ])
})

test('reasons of refunds are those that the engine has', () => {
  expect(restockNames(seen)).toEqual(['restock.other', 'restock.defective'])
})

test.each([
  ['INR', 'INR – Indian Rupee'],
  ['ZWG', expect.stringMatching(/^ZWG/)],
])('a currency is known by its code and name: %s', (code, text) => {
  expect(currencyText(code, 'en')).toEqual(text)
})

test('numbers in their units', () => {
  expect(numberText(undefined, 'money', '')).toBe('')
  expect(numberText(125_050, 'money', 'INR', 'en-IN')).toBe('1,250.50 INR')
  expect(numberText(1, 'days', '')).toBe('1 day')
  expect(numberText(7, 'days', '')).toBe('7 days')
  expect(numberText(0.975, 'percent', '', 'en-US')).toBe('97.5 %')
  expect(numberText(12_000, 'units', '', 'en-US')).toBe('12,000 units')
  expect(numberText(true, 'switch', '')).toBe('On')
})
