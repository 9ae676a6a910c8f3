/** A table of as many rows as one may have, in a real browser: the page about sales, its list of products answered by the test. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_LONG_PAGE } from '#core/api/limits.ts'
import { type ProductFigures, type ProductFiguresAnswer, productFiguresAnswer } from '#core/api/product-figures.ts'
import { stockAnswer } from '#core/api/stock.ts'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const ROWS = 100_000
const STOCKED = 6_000
/** A prime above the number of rows: multiples of others are all different by it. */
const PRIME = 100_003
/** What is in view, and what lies ready above and below it. */
const MOST_IN_PAGE = 60
const LOADED_MS = 120_000

type Product = ProductFigures & { readonly title: string; readonly category: string; readonly netMinor: number }
const products = Array.from({ length: ROWS }, (_, n): Product => {
  const netMinor = 100 * (1 + ((n * 104_729) % PRIME)) + (n % 100)
  const amounts = { grossRevenue: netMinor, discounts: 0, refundAmount: 0, cancelledAmount: 0, goodsRevenue: netMinor }
  return {
    productId: `P${String(n).padStart(6, '0')}`,
    title: `Product ${String(n).padStart(6, '0')}`,
    category: `Category ${n % 10}`,
    brand: null,
    units: 1 + ((n * 7_919) % PRIME),
    cancelledUnits: 0,
    refunds: 0,
    refundedUnits: 0,
    money: { INR: amounts },
    lastSoldOn: null,
    earlier: null,
    netMinor,
  }
})
const byNet = [...products].sort((a, b) => b.netMinor - a.netMinor)
const byUnits = [...products].sort((a, b) => b.units - a.units)

describe.runIf(CHROMIUM !== '')('a table of a hundred thousand rows', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  let page: Page
  const broken: string[] = []
  let asked = 0
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-large-table-'))
    engine = await RunningEngine.start(data)
    await engine.order({ eventType: 'ORDER_PLACED', asin: 'B0TEST', price: 999, quantity: 2, region: 'IN' })
    await engine.settled()
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-US',
      serviceWorkers: 'block',
    })
    const { body } = await engine.post('/sign-in/codes')
    await context.request.get(`${engine.address}/sign-in?code=${body.code}`)
    page = await context.newPage()
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
    const { body: answer } = await engine.get('/metrics/products')
    await page.route('**/metrics/products?*', (route) => {
      asked++
      const json: ProductFiguresAnswer = { ...answer, ...pageIn(route.request().url(), products) }
      return route.fulfill({ json: productFiguresAnswer.parse(json) })
    })
    await page.goto(`${engine.address}/app/sales?compare=none`)
    await table().waitFor()
    await foot('100,000 rows').waitFor({ timeout: LOADED_MS })
  }, 3 * LOADED_MS)
  afterAll(async () => {
    await browser?.close()
    await engine?.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const table = () => page.getByRole('table', { name: 'Products' })
  const foot = (text: string) => table().locator('tfoot').getByText(text, { exact: true })
  const rows = () => table().locator('tbody tr[data-row]')
  const title = (index: number) => table().locator(`tr[aria-rowindex="${index + 2}"] td:first-child`)
  const shows = async (index: number, { title: text }: Product) =>
    expect.poll(() => title(index).textContent(), { timeout: 10_000 }).toBe(text)
  const isBounded = async () => {
    const count = await rows().count()
    expect(count).toBeGreaterThan(5)
    expect(count).toBeLessThanOrEqual(MOST_IN_PAGE)
  }
  /** The file that the button gives, as cells. */
  async function csv(): Promise<{ head: readonly string[]; lines: readonly (readonly string[])[] }> {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV: Products' }).click()
    const text = readFileSync(await (await download).path(), 'utf8')
    const [head, ...lines] = text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    return { head: head!, lines }
  }
  const headings = async () => (await table().locator('thead th').allTextContents()).map((text) => text.trim())
  const cellsOf = ({ title: name, category, units, netMinor }: Product) =>
    [name, category, String(units), (netMinor / 100).toFixed(2)].join()

  it('comes in few questions', () => expect(asked).toBeLessThanOrEqual(1 + ROWS / MAX_LONG_PAGE))

  it('is sorted as a whole, and has few rows in the page', { timeout: LOADED_MS }, async () => {
    await shows(0, byNet[0]!)
    await shows(3, byNet[3]!)
    expect(await table().getAttribute('aria-rowcount')).toBe(String(ROWS + 1))
    await isBounded()
    const units = products.reduce((sum, product) => sum + product.units, 0)
    await foot(units.toLocaleString('en-US')).waitFor()
  })

  it('scrolls to any of them, by wheel and by key', { timeout: LOADED_MS }, async () => {
    const scroll = page.getByRole('region', { name: 'Products', exact: true }).filter({ has: table() }).last()
    await scroll.evaluate((element, share) => element.scrollTo(0, share * element.scrollHeight), 0.5)
    await expect
      .poll(async () => Number(await rows().first().getAttribute('aria-rowindex')))
      .toBeGreaterThan(ROWS * 0.49)
    const index = Number(await rows().first().getAttribute('aria-rowindex')) - 2
    expect(await rows().first().locator('td').first().textContent()).toBe(byNet[index]!.title)
    await isBounded()
    await rows().nth(12).focus()
    await page.keyboard.press('End')
    await shows(ROWS - 1, byNet[ROWS - 1]!)
    await expect.poll(() => page.locator(':focus').getAttribute('aria-rowindex')).toBe(String(ROWS + 1))
    await isBounded()
    await page.keyboard.press('Home')
    await shows(0, byNet[0]!)
  })

  it('is sorted by another column, both ways', { timeout: LOADED_MS }, async () => {
    const heading = table().getByRole('button', { name: 'Units' })
    await heading.click()
    await shows(0, byUnits[0]!)
    await shows(5, byUnits[5]!)
    await heading.click()
    await shows(0, byUnits[ROWS - 1]!)
    await isBounded()
    // As it was.
    await heading.click()
    await shows(0, byNet[0]!)
  })

  it('gives all of it as a file, in its order', { timeout: LOADED_MS }, async () => {
    const { head, lines } = await csv()
    expect(head).toEqual(await headings())
    expect(lines.length).toBe(ROWS)
    const [name, category, units, net] = ['Product', 'Category', 'Units', 'Net INR'].map((text) => head.indexOf(text))
    const said = lines.map((cells) => [cells[name!], cells[category!], cells[units!], cells[net!]].join())
    expect(said.findIndex((line, index) => line !== cellsOf(byNet[index]!))).toBe(-1)
  })

  it('is narrowed down, and gives just that as a file', { timeout: LOADED_MS }, async () => {
    const narrowed = byNet.filter(({ title: text, category }) => text.includes('0012') && category === 'Category 3')
    await page.getByRole('searchbox', { name: 'Filter rows of Products' }).fill('0012')
    await page.getByRole('button', { name: 'Only', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Category', exact: true }).click()
    await page.getByRole('menuitemcheckbox', { name: /^Category 3/ }).click()
    await page.keyboard.press('Escape')
    await foot(`${narrowed.length} of 100,000 rows`).waitFor()
    await shows(0, narrowed[0]!)
    await page.getByRole('button', { name: 'Columns', exact: true }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Discounts', exact: true }).click()
    await page.keyboard.press('Escape')
    const units = narrowed.reduce((sum, product) => sum + product.units, 0)
    await foot(units.toLocaleString('en-US')).waitFor()

    const { head, lines } = await csv()
    expect(head).toEqual(await headings())
    expect(head).not.toContain('Discounts INR')
    expect(lines.map(([name]) => name)).toEqual(narrowed.map(({ title: text }) => text))
    expect(broken).toEqual([])
  })

  it('of stock is there as far as anybody looks, and whole where that is asked for', {
    timeout: LOADED_MS,
  }, async () => {
    const { body } = await engine.get('/stock')
    const stock = products.slice(0, STOCKED).map(({ productId }) => ({ ...body.items[0], productId, alert: null }))
    await page.route('**/stock?*', (route) => {
      const url = route.request().url()
      const items = url.includes('risk=') ? [] : stock
      return route.fulfill({ json: stockAnswer.parse({ ...body, ...pageIn(url, items) }) })
    })
    await page.goto(`${engine.address}/app/inventory`)
    const stockFoot = (text: string) => page.locator('tfoot').getByText(text, { exact: true })
    await stockFoot('500 rows').waitFor()
    await page.getByRole('button', { name: 'Load all' }).click()
    await stockFoot(`${STOCKED.toLocaleString('en-US')} rows`).waitFor()
    expect(await page.getByRole('button', { name: 'Load all' }).count()).toBe(0)
    expect(broken).toEqual([])
  })
})

/** As many as were asked for, from where the page before has ended. */
function pageIn<Item>(url: string, all: readonly Item[]) {
  const { searchParams } = new URL(url)
  const start = Number(searchParams.get('next') ?? 0)
  const end = start + Number(searchParams.get('limit'))
  return { items: all.slice(start, end), next: end < all.length ? String(end) : null }
}
