/** Inventory and a product's page in a real browser: found, changed by somebody who may, audited, taken back, heard live. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const PASSWORD = 'wobbly tangerine harbour 42'
const lamp = { productId: 'LAMP', title: 'Desk lamp', category: 'Lighting', currency: 'INR', basePriceMinor: 99_900 }

describe.runIf(CHROMIUM !== '')('the pages about stock', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-stock-'))
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    const store = (storeId: string, name: string) => ({ type: 'store.listed', storeId, data: { name } })
    const counted = (storeId: string, productId: string, level: number) => ({
      type: 'stock.counted',
      storeId,
      data: { productId, level },
    })
    await engine.post('/collect', {
      events: [
        { type: 'product.listed', storeId: '-', data: lamp },
        { type: 'product.listed', storeId: '-', data: { productId: 'CUP', title: 'Tea cup', category: 'Kitchen' } },
        store('jaipur', 'High Street'),
        store('delhi', 'Station'),
        counted('jaipur', 'LAMP', 14),
        counted('delhi', 'LAMP', 0),
        counted('delhi', 'CUP', 50),
        { type: 'price.changed', storeId: 'jaipur', data: { productId: 'LAMP', priceMinor: 89_900, currency: 'INR' } },
      ],
    })
    await until(async () => (await engine.get('/stock')).body.items.length === 3)
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  async function profile(width = 1440): Promise<{ context: BrowserContext; page: Page; broken: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: width < 800 ? 844 : 900 } })
    const page = await context.newPage()
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) broken.push(message.text())
    })
    return { context, page, broken }
  }
  const asOwner = async (width?: number) => {
    const it = await profile(width)
    const { body } = await engine.post('/sign-in/codes')
    await it.page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await it.page.getByRole('button', { name: 'Your account' }).waitFor()
    return it
  }
  const open = async (page: Page, path: string) => {
    await page.goto(`${engine.address}/app${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const row = (page: Page, text: string) => page.locator('tbody tr', { hasText: text })

  it('shows what is at risk first, hears what moves, and changes stock with a reason that is audited and taken back', async () => {
    const { page, context, broken } = await asOwner()
    await open(page, '/inventory')
    await row(page, 'Tea cup').waitFor()
    const first = page.locator('tbody tr').first()
    expect(await first.textContent()).toMatch(/Desk lamp.*Station.*Sold out/)

    // Somebody sells one: the row moves, where it is.
    await engine.post('/collect', {
      events: [
        {
          type: 'sale.recorded',
          storeId: 'jaipur',
          data: { orderId: 'S-1', productId: 'LAMP', quantity: 1, unitPriceMinor: 89_900, currency: 'INR' },
        },
      ],
    })
    await row(page, 'High Street').getByText('13', { exact: true }).waitFor({ timeout: 2_000 })

    await page.getByRole('button', { name: 'Change the stock of Desk lamp in Station' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Change the stock' }).click()
    await dialog.getByText('Give a whole number').waitFor()
    await dialog.getByLabel('Units received').fill('24')
    await dialog.getByLabel('Note').fill('delivery 4711')
    await dialog.getByText('0 → 24').waitFor()
    await dialog.getByRole('button', { name: 'Change the stock' }).click()
    await page.getByText('Desk lamp in Station: 0 → 24. It is in the audit.').waitFor()
    await row(page, 'Station').getByText('24', { exact: true }).waitFor({ timeout: 2_000 })

    const { items } = (await engine.get('/audit')).body
    expect(items[0]).toMatchObject({
      what: 'stock.received',
      subject: 'LAMP in delhi',
      before: { onHand: 0 },
      after: { onHand: 24, reason: 'delivery', note: 'delivery 4711' },
    })
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByText('Taken back: Desk lamp in Station is as before.').waitFor()
    await row(page, 'Station').first().getByText('0', { exact: true }).first().waitFor({ timeout: 2_000 })
    expect(broken).toEqual([])
    await context.close()
  })

  it('narrows by risk, keeps a view, opens a product in all stores by keyboard, and says all of it in the address', async () => {
    const { page, context, broken } = await asOwner()
    await open(page, '/inventory?risk=out')
    await row(page, 'Desk lamp').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(1)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByLabel('Name of this view').fill('Sold out')
    await page.getByRole('button', { name: 'Keep this view' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Show everything' }).click()
    await row(page, 'Tea cup').waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('link', { name: 'Sold out' }).click()
    await row(page, 'Tea cup').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('?risk=out')

    await row(page, 'Desk lamp').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Desk lamp' }).getByText('High Street').waitFor()
    await page.reload()
    await page.getByRole('dialog', { name: 'Desk lamp' }).getByRole('link', { name: 'Open the product' }).click()
    await page.getByRole('heading', { name: 'Desk lamp', level: 1 }).waitFor()
    await page.getByText('Nothing came back').waitFor()
    await page.getByText('first known at 899.00 INR').waitFor()
    expect(broken).toEqual([])
    await context.close()
  })

  it('finds a product by its words, and says what is not there', async () => {
    const { page, context, broken } = await asOwner()
    await open(page, '/item')
    await page.getByLabel('Title, id, brand, category or another name').fill('kitchen tea')
    await page.getByRole('link', { name: /Tea cup/ }).waitFor()
    await page.getByRole('link', { name: /Desk lamp/ }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /Tea cup/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Tea cup', level: 1 }).waitFor()
    await open(page, '/item')
    await page.getByLabel('Title, id, brand, category or another name').fill('desk')
    // Before anything is found for it.
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Desk lamp', level: 1 }).waitFor()
    await open(page, '/item/nobody-sells-this')
    await page.getByText('Nothing is known of nobody-sells-this').waitFor()
    expect(broken).toEqual([])
    await context.close()
  })

  it('shows a manager of one store that store alone, and lets them change it', async () => {
    const made = await engine.post('/users', { email: 'bo@shop.example', role: 'store-manager', stores: ['delhi'] })
    const code = new URL(made.body.path, engine.address).searchParams.get('code')
    await engine.post('/join', { code, password: PASSWORD }, { asStranger: true })
    const { page, context, broken } = await profile()
    await page.goto(`${engine.address}/app/inventory`)
    await page.getByLabel('Address', { exact: true }).fill('bo@shop.example')
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await row(page, 'Tea cup').waitFor()
    expect(await page.locator('tbody').first().textContent()).not.toContain('High Street')
    await page.getByRole('button', { name: 'Change the stock of Tea cup in Station' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('Store').locator('option').allTextContents()).toEqual(['Choose a store', 'Station'])
    await dialog.getByText('Counted', { exact: true }).click()
    await dialog.getByLabel('Units counted').fill('48')
    await dialog.getByRole('button', { name: 'Change the stock' }).click()
    await row(page, 'Tea cup').getByText('48', { exact: true }).waitFor()
    await open(page, '/item/LAMP')
    await page.getByText('Kept for all stores together').waitFor()
    expect(await page.locator('main').textContent()).not.toContain('High Street')
    expect(broken).toEqual([])
    await context.close()
  })

  it.each([1440, 390])(
    'has no problem of accessibility and no overflow at %i',
    async (width) => {
      const { page, context } = await asOwner(width)
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme })
        for (const path of ['/inventory', '/inventory?open=LAMP', '/item', '/item/LAMP', '/item/nobody-sells-this']) {
          await open(page, path)
          await page.waitForTimeout(500)
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0)
          expect(await problemsIn(page), `${path} ${scheme}`).toEqual([])
        }
        await open(page, '/inventory')
        await page.getByRole('button', { name: 'Change the stock of Desk lamp in Station' }).click()
        await page.getByRole('dialog').waitFor()
        expect(await problemsIn(page), `the dialog ${scheme}`).toEqual([])
      }
      await context.close()
    },
    240_000,
  )

  async function problemsIn(page: Page): Promise<string[]> {
    await page.evaluate(AXE)
    const axe = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`
    const { violations } = (await page.evaluate(axe)) as {
      violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[]
    }
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.target.join(' ')} ${nodes[0]!.failureSummary}`)
  }
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await isSo()) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('it did not come about')
}
