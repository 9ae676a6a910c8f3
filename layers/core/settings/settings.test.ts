import { describe, expect, it } from 'vitest'
import { settingChange } from '#core/api/settings.ts'
import { settingChanged } from '#core/events/setting-changed.ts'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { checkSetting, SETTINGS, type SettingName, settingOf } from './settings.ts'

const fields = (change: Parameters<typeof checkSetting>[0]) => {
  const outcome = checkSetting(change)
  return outcome.ok ? [] : outcome.problems.map(({ field }) => field)
}

describe('checkSetting', () => {
  it.each<[string, unknown, boolean]>([
    ['timeZone', 'Asia/Kolkata', true],
    ['timeZone', 'asia/kolkata', false],
    ['timeZone', '+05:30', false],
    ['timeZone', 5.5, false],
    ['currency', 'KWD', true],
    ['currency', 'XXX', false],
    ['lowStockWarningDays', 0, true],
    ['lowStockWarningDays', 365, true],
    ['lowStockWarningDays', 365.1, false],
    ['lowStockWarningDays', -0.1, false],
    ['lowStockWarningDays', '3', false],
    ['lowStockCriticalDays', 0.5, true],
    ['alertHysteresis', 0, true],
    ['alertHysteresis', 5, true],
    ['alertHysteresis', 5.01, false],
    ['noticeWebhookUrl', '', true],
    ['noticeWebhookUrl', 'https://hooks.example/alerts', true],
    ['noticeWebhookUrl', 'ftp://hooks.example', false],
    ['noticeWebhookUrl', 'hooks.example', false],
    ['restock.defective', true, true],
    ['restock.defective', 'yes', false],
  ])('%s %j: %j', (name, value, isGood) => {
    expect(fields({ name, value: value as string })).toEqual(isGood ? [] : ['value'])
  })

  it.each(['', 'unheardOf', 'toString', '__proto__', 'restock.unknown'])('knows no setting %j', (name) => {
    expect(fields({ name, value: 1 })).toEqual(['name'])
  })

  it.each(Object.keys(SETTINGS))('takes %s back to its default', (name) => {
    expect(checkSetting({ name })).toEqual({ ok: true, value: { name } })
  })

  it.each(Object.keys(SETTINGS) as SettingName[])('has a default of %s that it would take', (name) => {
    expect(fields({ name, value: SETTINGS[name].default })).toEqual([])
  })

  it('may differ by category and product only where that means something', () => {
    expect(fields({ name: 'lowStockWarningDays', value: 5, category: 'kurtas' })).toEqual([])
    expect(fields({ name: 'lowStockWarningDays', value: 5, productId: 'P' })).toEqual([])
    expect(fields({ name: 'currency', value: 'INR', category: 'kurtas' })).toEqual(['category'])
    expect(fields({ name: 'currency', value: 'INR', productId: 'P' })).toEqual(['productId'])
    expect(fields({ name: 'timeZone', category: 'kurtas' })).toEqual(['category'])
  })

  it('is of a category or of a product, not of both', () => {
    expect(fields({ name: 'lowStockWarningDays', value: 5, category: 'kurtas', productId: 'P' })).toEqual(['category'])
  })
})

describe('what a person may ask for', () => {
  it.each([
    ['a change', { name: 'lowStockWarningDays', value: 5 }, true],
    ['a long category', { name: 'lowStockWarningDays', category: 'x'.repeat(500) }, true],
    ['a longer one', { name: 'lowStockWarningDays', category: 'x'.repeat(501) }, false],
    ['a product with a long id', { name: 'lowStockWarningDays', productId: 'x'.repeat(201) }, false],
    ['a control character', { name: 'lowStockWarningDays', productId: 'a\u0001b' }, false],
    ['a long address', { name: 'noticeWebhookUrl', value: `https://hooks.example/${'x'.repeat(500)}` }, false],
  ])('can be read by the consumer, or is refused: %s', (_, change, isGood) => {
    expect(settingChange.safeParse(change).success).toBe(isGood)
    expect(settingChanged.data.safeParse(change).success).toBe(isGood)
  })
})

describe('settingOf', () => {
  const settings = {
    values: { lowStockWarningDays: 4 },
    categories: { kurtas: { lowStockWarningDays: 5 }, shoes: { lowStockCriticalDays: 2 } },
  }
  const product = { values: { lowStockWarningDays: 6 } }

  it.each([
    ['the product’s', 'kurtas', product, 6],
    ['its category’s', 'kurtas', { values: {} }, 5],
    ['its category’s', 'kurtas', undefined, 5],
    ['the merchant’s, where the category says nothing of it', 'shoes', undefined, 4],
    ['the merchant’s, of no category', undefined, undefined, 4],
    ['the merchant’s, of a category with the name of what every object has', 'constructor', undefined, 4],
  ])('is %s', (_, category, ofProduct, expected) => {
    expect(settingOf('lowStockWarningDays', settings, category, ofProduct)).toBe(expected)
  })

  it('is the default where nobody said anything', () => {
    expect(settingOf('lowStockWarningDays', { values: {}, categories: {} })).toBe(3)
    expect(settingOf('restock.defective', { values: { 'restock.defective': false }, categories: {} })).toBe(false)
  })
})

describe('settings', () => {
  const change = (data: object, more: Partial<Happening> = {}): Happening => ({
    type: 'setting.changed',
    at: '2026-03-02T10:00:00Z',
    storeId: '-',
    data,
    ...more,
  })

  it('are kept by merchant, category and product, in every shard', async () => {
    const engine = await fold(
      [
        change({ name: 'lowStockWarningDays', value: 4 }),
        change({ name: 'lowStockWarningDays', value: 5, category: 'kurtas' }),
        change({ name: 'lowStockCriticalDays', value: 2, category: 'kurtas' }),
        change({ name: 'lowStockWarningDays', value: 6, productId: 'P' }),
        change({ name: 'currency', value: 'USD' }, { merchantId: 'm2' }),
      ],
      { shards: 2 },
    )
    const own = {
      values: { lowStockWarningDays: 4 },
      categories: { kurtas: { lowStockWarningDays: 5, lowStockCriticalDays: 2 } },
    }
    const other = { values: { currency: 'USD' }, categories: {} }
    expect(await engine.rows('settings')).toEqual({ '0/m': own, '0/m2': other, '1/m': own, '1/m2': other })
    const product = { values: { lowStockWarningDays: 6 } }
    expect(await engine.rows('product-settings')).toEqual({ '0/m/P': product, '1/m/P': product })
  })

  it('go back to their default one by one', async () => {
    const engine = await fold([
      change({ name: 'lowStockWarningDays', value: 4 }),
      change({ name: 'currency', value: 'USD' }),
      change({ name: 'lowStockWarningDays' }),
      change({ name: 'lowStockWarningDays', category: 'never', value: 1 }),
      change({ name: 'lowStockWarningDays', category: 'never' }),
    ])
    expect(await engine.onlyRow('settings')).toEqual({ values: { currency: 'USD' }, categories: { never: {} } })
  })
})
