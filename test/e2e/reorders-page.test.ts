/** Proposals in a real browser: the sum behind one, ordered with another quantity, on its way in the stock; put off, dismissed, and why nothing. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { exampleReorder, morningWrite, reorderWrites } from '#test/fixtures/example-reorders.ts'
import { putRows } from '#test/fixtures/put-rows.ts'
import { until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']
const SCREENSHOTS = fileURLToPath(new URL('../../.screenshots/', import.meta.url))
const PASSWORD = 'wobbly tangerine harbour 42'
const PRODUCTS = { LAMP: 'Desk lamp', CUP: 'Tea cup', MUG: 'Blue mug', KURTA: 'Cotton kurta', TEA: 'Green tea' }
const proposed = (productId: string, storeId: string, stockoutChance: number, supplierId = 'Asha Lights') =>
  exampleReorder(`r-${productId}-${storeId}`, { storeId, productId }, { stockoutChance, supplierId })

describe.runIf(CHROMIUM !== '')('the page of reorders', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-reorders-'))
    await putRows(data, [
      morningWrite(DEMO_MERCHANT),
      ...reorderWrites(DEMO_MERCHANT, [
        proposed('LAMP', 'jaipur', 0.42),
        proposed('CUP', 'jaipur', 0.2, 'Khet'),
        proposed('MUG', 'delhi', 0.1, 'Khet'),
        proposed('KURTA', 'delhi', 0.004),
      ]),
    ])
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    const store = (storeId: string, name: string) => ({ type: 'store.listed', storeId, data: { name } })
    await engine.post('/collect', {
      events: [
        ...Object.entries(PRODUCTS).map(([productId, title]) => ({
          type: 'product.listed',
          storeId: '-',
          data: { productId, title, currency: 'INR', unitCostMinor: 25_000 },
        })),
        store('jaipur', 'High Street'),
        store('delhi', 'Station'),
        { type: 'stock.counted', storeId: 'jaipur', data: { productId: 'LAMP', level: 9 } },
        { type: 'stock.counted', storeId: 'delhi', data: { productId: 'TEA', level: 9 } },
      ],
    })
    await engine.settled()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await engine?.stop()
    rmSync(data, { recursive: true, force: true })
  })

  async function openAs(role: 'owner' | 'analyst', look: { width?: number; dark?: boolean } = {}) {
    const { width = 1440, dark = false } = look
    const context = await browser.newContext({
      viewport: { width, height: width < 800 ? 844 : 900 },
      colorScheme: dark ? 'dark' : 'light',
      locale: 'en-US',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) broken.push(message.text())
    })
    if (role === 'owner') {
      const { body } = await engine.post('/sign-in/codes')
      await context.request.get(`${engine.address}/sign-in?code=${body.code}`)
    } else {
      const { body } = await engine.post('/users', { email: 'ravi@shop.example', role })
      const code = new URL(body.path, engine.address).searchParams.get('code')
      await context.request.post(`${engine.address}/join`, { data: { code, name: 'Ravi', password: PASSWORD } })
    }
    await page.goto(`${engine.address}/app/reorders`)
    await page.getByRole('heading', { level: 1, name: 'Reorders' }).waitFor()
    return { context, page, broken }
  }
  const row = (page: Page, text: string) => page.locator('tbody tr', { hasText: text })
  const openRow = async (page: Page, text: string) => {
    await row(page, text).getByText('Asha Lights').or(row(page, text).getByText('Khet')).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('The sum behind it').waitFor()
    return drawer
  }
  const axe = async (page: Page) => {
    await page.evaluate(AXE)
    return (await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
    )) as string[]
  }

  it('lists what to order on the page of a store', { timeout: 60_000 }, async () => {
    const { page, context, broken } = await openAs('owner')
    await page.goto(`${engine.address}/app/manager?store=jaipur`)
    const panel = page.getByRole('region', { name: 'To order' })
    await panel.getByRole('row', { name: /^Tea cup .* 20 %$/ }).waitFor()
    expect(await panel.locator('tbody th').allTextContents()).toEqual(['Desk lamp', 'Tea cup'])
    await page.screenshot({ path: join(SCREENSHOTS, 'manager-orders.png'), fullPage: true })
    await panel.getByRole('link', { name: 'Order, put off or dismiss' }).click()
    await page.getByRole('heading', { level: 1, name: 'Reorders' }).waitFor()
    await row(page, 'Desk lamp').waitFor()
    expect(await page.locator('tbody tr', { hasText: 'Blue mug' }).count()).toBe(0)
    expect(broken).toEqual([])
    await context.close()
  })

  it('orders with another quantity, which is on its way in the stock', { timeout: 60_000 }, async () => {
    const { page, context, broken } = await openAs('owner')
    await row(page, 'Desk lamp').waitFor()
    expect(await page.locator('tbody tr').first().textContent()).toMatch(/Desk lamp.*High Street.*Asha Lights/)
    expect(await row(page, 'Cotton kurta').textContent()).toContain('< 1 %')
    const drawer = await openRow(page, 'Desk lamp')
    await drawer.getByRole('row', { name: /From order to delivery.*from 31 orders.*4\.2 days/ }).waitFor()
    const quantity = drawer.getByLabel('Units to order')
    await quantity.fill('')
    await drawer.getByRole('button', { name: 'Order it' }).click()
    await drawer.getByText('Say how many').waitFor()
    await quantity.fill('24')
    await drawer.getByText('6,000.00 INR at cost').waitFor()
    await drawer.getByRole('button', { name: 'Order it' }).click()
    await page.getByText('Ordered 24 of Desk lamp, as reorder-r-LAMP-jaipur.').waitFor()
    await row(page, 'Desk lamp').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'See the stock' }).click()
    await row(page, 'Desk lamp').getByText('24', { exact: true }).waitFor()
    const { body } = await engine.get('/stock?store=jaipur')
    expect(body.items[0]).toMatchObject({ productId: 'LAMP', onHand: 9, inbound: 24 })
    await until(
      async () =>
        (await engine.get('/audit')).body.items.find(({ what }: { what: string }) => what === 'reorder.accepted'),
      5_000,
      'the audit’s line',
    )
    expect(broken).toEqual([])
    await context.close()
  })

  it('puts off with a day and a reason, and dismisses', { timeout: 60_000 }, async () => {
    const { page, context, broken } = await openAs('owner')
    const drawer = await openRow(page, 'Tea cup')
    await drawer.getByRole('button', { name: 'Put off' }).click()
    const dialog = page.getByRole('dialog', { name: 'Put off: Tea cup' })
    await dialog.getByRole('button', { name: 'Put it off' }).click()
    await dialog.getByText('Choose a day after today').waitFor()
    await dialog.getByLabel('Open again on').fill('2026-01-01')
    await dialog.getByLabel('Reason').fill('A fair comes before')
    await dialog.getByRole('button', { name: 'Put it off' }).click()
    await dialog.getByText('is not after today').waitFor()
    await dialog.getByLabel('Open again on').fill(new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10))
    await dialog.getByText('is not after today').waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: 'Put it off' }).click()
    await page.getByText('Tea cup is put off until').waitFor()
    await row(page, 'Tea cup').waitFor({ state: 'detached' })
    await page.getByRole('radiogroup').getByText('Put off').click()
    await row(page, 'A fair comes before').waitFor()

    await page.getByRole('radiogroup').getByText('To decide').click()
    const mug = await openRow(page, 'Blue mug')
    await mug.getByRole('button', { name: 'Dismiss' }).click()
    const dismissal = page.getByRole('dialog', { name: 'Dismiss: Blue mug' })
    await dismissal.getByLabel('Reason').fill('Sold off')
    await dismissal.getByRole('button', { name: 'Dismiss it' }).click()
    await page.getByText('Blue mug is dismissed for today.').waitFor()
    await row(page, 'Blue mug').waitFor({ state: 'detached' })
    expect(broken).toEqual([])
    await context.close()
  })

  it('shows what somebody else has done meanwhile', { timeout: 60_000 }, async () => {
    const { page, context, broken } = await openAs('owner')
    const drawer = await openRow(page, 'Cotton kurta')
    const { status } = await engine.post('/reorders/r-KURTA-delhi/snooze', {
      version: 1,
      until: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
      reason: 'Ravi asks the supplier',
    })
    expect(status).toBe(200)
    await drawer.getByRole('button', { name: 'Order it' }).click()
    await drawer.getByText('Ravi asks the supplier').waitFor()
    await drawer.getByText('It was changed meanwhile: here is how it is now.').waitFor()
    expect(
      (await engine.get('/reorders?state=accepted')).body.items.map(
        ({ productId }: { productId: string }) => productId,
      ),
    ).not.toContain('KURTA')
    expect(broken).toEqual([])
    await context.close()
  })

  it('says why nothing is proposed, and who may order', { timeout: 60_000 }, async () => {
    const { page, context, broken } = await openAs('analyst')
    await page.getByPlaceholder('Find a product').fill('green')
    await page.getByRole('option', { name: /Green tea/ }).click()
    await page.getByText('Nobody has said how many are on the shelf').first().waitFor()
    await page.goto(`${engine.address}/app/reorders?state=snoozed`)
    const drawer = await openRow(page, 'Cotton kurta')
    await drawer.getByText('Owners and managers of the store may order.').waitFor()
    expect(await drawer.getByRole('button', { name: 'Order it' }).count()).toBe(0)
    expect(broken).toEqual([])
    await context.close()
  })

  it.each([
    ['1440-light', { width: 1440 }],
    ['1440-dark', { width: 1440, dark: true }],
    ['390-light', { width: 390 }],
    ['390-dark', { width: 390, dark: true }],
  ] as const)('has nothing against WCAG with a proposal open, at %s', { timeout: 60_000 }, async (name, look) => {
    const { page, context, broken } = await openAs('owner', look)
    await page.goto(`${engine.address}/app/reorders?state=snoozed&open=r-CUP-jaipur&why=TEA`)
    await page.getByRole('dialog').getByText('The sum behind it').waitFor()
    await page.getByText('Why is nothing proposed?').waitFor()
    await page.screenshot({ path: join(SCREENSHOTS, `reorder-open-${name}.png`) })
    expect(await axe(page)).toEqual([])
    expect(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))).toBeLessThanOrEqual(0)
    expect(broken).toEqual([])
    await context.close()
  })
})
