/** Alerts, thresholds and notices in a real browser: acknowledged by key and taken back, looked at before it is changed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const STEP_MS = 60_000

describe.runIf(CHROMIUM !== '')('the pages of alerts and notices', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  let context: BrowserContext
  const broken: string[] = []
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-alerts-'))
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' })
    const { body } = await engine.post('/sign-in/codes')
    const page = await context.newPage()
    await page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await page.getByRole('button', { name: 'Your account' }).waitFor()
    await page.close()
  }, STEP_MS)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const open = async (path: string): Promise<Page> => {
    const page = await context.newPage()
    page.on('pageerror', (error) => broken.push(error.message))
    await page.goto(`${engine.address}/app${path}`)
    return page
  }
  /** Counted, then sold: so many are left. */
  const sell = async (storeId: string, productId: string, left: number) => {
    const line = { orderId: `${storeId} ${productId}`, productId, quantity: 2, unitPriceMinor: 100, currency: 'INR' }
    const { status } = await engine.post('/collect', {
      events: [
        { type: 'stock.counted', storeId, data: { productId, level: left + 2 } },
        { type: 'sale.recorded', storeId, data: line },
      ],
    })
    expect(status).toBe(202)
    await engine.settled()
  }
  const alertsOf = async (store: string) => (await engine.get(`/alerts?store=${store}`)).body.items
  const statesOf = async (store: string) => (await alertsOf(store)).map(({ state }: { state: string }) => state)

  it(
    'an alert is there at once, is acknowledged by a key, taken back, and acknowledged for good',
    async () => {
      const page = await open('/alerts?store=keys')
      await page.getByText('Nothing needs you').waitFor()
      await sell('keys', 'lamp', 0)
      const row = page.locator('[data-alert]', { hasText: 'lamp' })
      await row.getByText('None left, sells 8 a day.').waitFor({ timeout: 2_000 })
      // The message stands in the bar, with nothing behind it.
      await page.locator('header').getByText('lamp is sold out', { exact: false }).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('e')
      await page.getByText('1 alert acknowledged.', { exact: false }).waitFor()
      expect(await row.evaluate((it) => it.contains(it.ownerDocument.activeElement))).toBe(true)
      await page.keyboard.press('u')
      await row.getByRole('button', { name: 'Acknowledge: lamp, keys' }).waitFor()
      await page.waitForTimeout(5_500)
      expect(await statesOf('keys')).toEqual(['open'])
      await row.getByRole('button', { name: 'Acknowledge: lamp, keys' }).click()
      await page.getByText('Nothing needs you').waitFor({ timeout: 8_000 })
      expect(await statesOf('keys')).toEqual(['acknowledged'])
      await page.getByRole('tab', { name: /Acknowledged/ }).click()
      await page.getByText('Acknowledged by you', { exact: false }).waitFor()
      await page.close()
    },
    STEP_MS,
  )

  it(
    'many are acknowledged at once, also when the page is left before it can be taken back no more',
    async () => {
      for (const product of ['pen', 'ink', 'pad']) await sell('many', product, -1)
      const page = await open('/alerts?store=many&kind=OVERSOLD')
      await page.getByLabel('Select all that are shown').check()
      await page.getByRole('button', { name: 'Acknowledge 3', exact: true }).click()
      await page.getByText('3 alerts acknowledged.', { exact: false }).waitFor()
      await page.getByRole('link', { name: 'Overview' }).first().click()
      await until(
        async () => (await statesOf('many')).every((state: string) => state === 'acknowledged'),
        3_000,
        'them',
      )
      const { items } = (await engine.get('/audit?limit=1')).body
      expect(items[0]).toMatchObject({ what: 'alert.acknowledged', subject: '3 alerts' })
      await page.close()
    },
    STEP_MS,
  )

  it(
    'a threshold says what it would do before it is saved',
    async () => {
      await sell('thresholds', 'chair', 100)
      const page = await open('/alerts?tab=thresholds')
      await page
        .getByRole('button', { name: /Low below/ })
        .first()
        .click()
      const field = page.getByLabel('Days of cover')
      await field.fill('366')
      await page.getByText('Write a number of days from 0 to 365.').waitFor()
      await field.fill('20')
      await page.getByText('1 alert would open').click()
      await page.getByText('100 left, sells 8 a day, 13 days of cover').waitFor()
      expect(await alertsOf('thresholds')).toEqual([])
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved.', { exact: false }).waitFor()
      await engine.settled()
      const { settings } = (await engine.get('/settings')).body
      const of = (name: string) => settings.find((one: { name: string }) => one.name === name)
      expect(of('lowStockWarningDays')).toMatchObject({ value: 20, changed: true })
      await page.getByRole('button', { name: 'Back to 3 days' }).click()
      const isDefault = async () => {
        const now = (await engine.get('/settings')).body.settings
        return now.some((it: { name: string; value: unknown }) => it.name === 'lowStockWarningDays' && it.value === 3)
      }
      await until(isDefault, 3_000, 'the default')
      await page.getByRole('combobox', { name: 'A product that differs' }).fill('chair')
      await page.getByRole('button', { name: 'Add' }).last().click()
      await field.fill('30')
      await page.getByText('1 alert would open').waitFor()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved.', { exact: false }).waitFor()
      await engine.settled()
      expect((await engine.get('/settings/products')).body.items).toMatchObject([
        { productId: 'chair', values: { lowStockWarningDays: 30 } },
      ])
      await page.close()
    },
    STEP_MS,
  )

  it(
    'what somebody is told is chosen, kept and tested; a webhook shows its secret once',
    async () => {
      const page = await open('/settings/notices')
      await page.getByRole('checkbox', { name: 'As a line in the engine’s log' }).check()
      await page.getByLabel('What is critical alone').check()
      await page.getByRole('switch', { name: 'Quiet hours', exact: true }).check()
      await page.getByLabel('From').fill('21:00')
      await page.getByText('Not saved yet').waitFor()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved', { exact: true }).waitFor()
      expect((await engine.get('/notices/choices')).body.choices).toMatchObject({
        channels: ['log'],
        leastSeverity: 'CRITICAL',
        quietHours: { from: '21:00', to: '07:00' },
      })
      await page.getByRole('button', { name: 'Send a test: As a line in the engine’s log' }).click()
      await page.getByText('The test arrived.').waitFor()
      await page.locator('#deliveries').getByText('Log, test').first().waitFor()
      await page
        .locator('#deliveries')
        .getByRole('button', { name: /Send again/ })
        .first()
        .click()
      await page.locator('#deliveries').getByText('Log, sent again').first().waitFor()

      await page.getByRole('button', { name: 'Add a webhook' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Address').fill('nowhere')
      await dialog.getByRole('button', { name: 'Add' }).click()
      await dialog.getByText('The address must be an address like', { exact: false }).waitFor()
      await dialog.getByLabel('Address').fill('http://127.0.0.1:9/alerts')
      await dialog.getByRole('button', { name: 'Add' }).click()
      const secret = (await dialog.getByText(/^whsec_/).textContent())?.trim() ?? ''
      expect(secret).toMatch(/^whsec_/)
      await dialog.getByRole('button', { name: 'I have it' }).click()
      await page.locator('#webhooks').getByText('http://127.0.0.1:9/alerts').waitFor()
      expect(await page.content()).not.toContain(secret)
      await page.close()
    },
    STEP_MS,
  )

  it(
    'the bell says what is critical and what happened last',
    async () => {
      await sell('bell', 'vase', -1)
      const page = await open('/')
      await page.getByRole('button', { name: /^Alerts: .* critical/ }).click()
      await page.getByRole('dialog').getByText('Oversold · bell').waitFor()
      await page.getByRole('link', { name: 'All alerts' }).click()
      await page.getByRole('heading', { name: 'Alerts', level: 1 }).waitFor()
      expect(broken).toEqual([])
      await page.close()
    },
    STEP_MS,
  )
})
