/**
 * Every page of `web/src/pages.ts`, as the owner and as a manager of one store, at 1440 and 390 px, light and dark: it
 * loads, breaks nothing, fits, has nothing against WCAG 2.2 A and AA that axe finds, and says what the API says.
 * Screenshots go to `.screenshots/`, for a person to look at.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mayDo } from '#core/access/may-do.ts'
import type { Right, ROLES } from '#core/access/rights.ts'
import { exampleReorder, morningWrite, reorderWrites } from '#test/fixtures/example-reorders.ts'
import { putRows } from '#test/fixtures/put-rows.ts'
import { moneyFigure, moneyText } from '../../web/src/format/format-money.ts'
import { until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'
import { MANAGER, openSmallShop, PASSWORD } from './small-shop.ts'

type DashboardPage = {
  readonly path: string
  readonly needs: Right
  readonly without?: Right
  readonly scoped?: string
}
// Not by its name: the dashboard has types of its own, of the browser.
const PAGES = '../../web/src/pages.ts'
const { pages } = (await import(/* @vite-ignore */ PAGES)) as { pages: readonly DashboardPage[] }

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const SCREENSHOTS = fileURLToPath(new URL('../../.screenshots/', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']
const LOOKS = [
  { name: '1440-light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: '1440-dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { name: '390-light', viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true },
  { name: '390-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
] as const
const BROKEN = 'section[data-state="failed"], section[data-state="refused"]'
const LOADED_MS = 15_000
/** A night, on a machine that does other things too. */
const RUN_MS = 120_000

const PROPOSALS = ['LAMP', 'KURTA', 'MUG'].map((productId, n) =>
  exampleReorder(
    `r-${productId}`,
    { storeId: n === 2 ? 'south' : MANAGER.store, productId },
    { stockoutChance: 0.3 - n / 10 },
  ),
)

/** What the address of a page with figures may say besides. */
const SCOPES = [
  '?period=yesterday',
  '?period=28d&compare=week',
  '?store=north',
  '?region=North&period=7d',
  '?category=Lighting',
  '?store=north&category=Lighting',
]

// biome-ignore lint/suspicious/noExplicitAny: a test knows the answers it asks for
type Body = any
const money = (minor: number) => moneyFigure(minor, 'INR', 'en-US').text
const sumOf = (items: readonly Body[], name: string) => items.reduce((sum: number, it: Body) => sum + it[name], 0)
/** What each page says of what the API answers. */
const SAID: readonly (readonly [page: string, question: string, texts: (body: Body) => readonly string[]])[] = [
  ['/', '/metrics', ({ money: { INR }, counts }) => [money(INR.netRevenue.value), String(counts.orders.value)]],
  ['/sales', '/metrics', ({ money: { INR }, counts }) => [money(INR.grossRevenue.value), String(counts.units.value)]],
  ['/refunds', '/metrics', ({ money: { INR } }) => [money(INR.refundAmount.value)]],
  [
    '/stores',
    '/metrics/series?measure=netRevenue&by=store&window=span',
    ({ series }) => series.map(({ values }: Body) => moneyText(values[0], 'INR', 'en-US')),
  ],
  ['/inventory', '/stock?store=north', ({ items }) => items.map(({ onHand }: Body) => String(onHand))],
  ['/reorders', '/reorders', ({ items }) => items.flatMap(({ title, storeName }: Body) => [title, storeName])],
  ['/item/LAMP', '/item/LAMP', ({ onHand, listing }) => [String(onHand), listing.title]],
  ['/alerts', '/alerts', ({ items }) => [`Open${items.length}`]],
  ['/transactions', '/transactions', ({ items }) => [items[0].orderId, items[1].orderId]],
  ['/quality', '/quality', ({ ledger }) => [String(sumOf(ledger, 'accepted')), String(sumOf(ledger, 'applied'))]],
  ['/lineage', '/lineage?table=fact_predictions', ({ items }) => items.map(({ day }: Body) => `Forecasts, ${day}`)],
  ['/runs', '/runs', ({ items }) => [`Night`, ...items.map(({ attempt }: Body) => String(attempt))]],
  ['/integrations', '/integrations', ({ items }) => items.map(({ label }: Body) => label)],
  ['/audit', '/audit', ({ items }) => [items[0].who.name]],
  ['/people', '/users', ({ items }) => items.flatMap(({ email }: Body) => email ?? [])],
  ['/settings', '/settings', ({ settings }) => [settings.find(({ name }: Body) => name === 'timeZone').value]],
]

type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

describe.runIf(CHROMIUM !== '')('every page', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-pages-'))
    engine = await RunningEngine.start(data)
    await openSmallShop(engine)
    await engine.settled()
    const { body: run } = await engine.post('/runs', { chain: 'nightly' })
    const ended = async (id: string) => (await engine.get(`/runs/${id}`)).body.endedAt
    await until(() => ended(run.id), RUN_MS, 'the night to end')
    const { body: morning } = await engine.post('/runs', { chain: 'forecasts' })
    await until(() => ended(morning.id), RUN_MS, 'the forecasts to be made')
    // So small a shop needs nothing: these stand in for a larger one's.
    await engine.stop()
    await putRows(data, [morningWrite('demo'), ...reorderWrites('demo', PROPOSALS)])
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 3 * RUN_MS)
  afterAll(async () => {
    await browser?.close()
    await engine?.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const enter = {
    owner: async (context: BrowserContext) => {
      const { body } = await engine.post('/sign-in/codes')
      await context.request.get(`${engine.address}/sign-in?code=${body.code}`)
    },
    'store-manager': async (context: BrowserContext) => {
      await context.request.post(`${engine.address}/sign-in`, { data: { email: MANAGER.email, password: PASSWORD } })
    },
  } as const

  const seenBy = (role: (typeof ROLES)[number]) =>
    pages.filter(
      ({ needs, without }) =>
        mayDo(
          { merchantId: 'demo', subject: 's', role, ...(role === 'store-manager' && { stores: [MANAGER.store] }) },
          needs,
        ) &&
        (without === undefined || !mayDo({ merchantId: 'demo', subject: 's', role }, without)),
    )

  /** An address of the page, with something of the shop for what it leaves open. */
  async function addressOf(path: string): Promise<string> {
    const { body } = await engine.get(path.startsWith('/runs/') ? '/runs?limit=1' : '/transactions?limit=1&store=north')
    return path
      .replace('$productId', 'LAMP')
      .replace('$storeId', MANAGER.store)
      .replace(/\$\w+/, () => encodeURIComponent(body.items[0].id))
  }

  async function loaded(page: Page): Promise<void> {
    await page.locator('main h1, main h2').first().waitFor({ timeout: LOADED_MS })
    const waits = page.locator('main :is([aria-label="Loading"], section[data-state="loading"])')
    for (const end = Date.now() + LOADED_MS; (await waits.count()) > 0; await page.waitForTimeout(50))
      if (Date.now() > end) throw new Error(`${page.url()} is still loading after ${LOADED_MS} ms`)
    // Fonts, and pictures that are drawn when their code has come.
    await page.waitForTimeout(300)
  }

  for (const role of ['owner', 'store-manager'] as const)
    describe(`as ${role}`, () => {
      it.each(LOOKS)('at $name', { timeout: 240_000 }, async ({ name, ...look }) => {
        const context = await browser.newContext({ ...look, baseURL: engine.address, reducedMotion: 'reduce' })
        await enter[role](context)
        const page = await context.newPage()
        const broken: string[] = []
        page.on('pageerror', (error) => broken.push(`${page.url()}: ${error.message}`))
        page.on('console', (message) => {
          if (message.type() === 'error') broken.push(`${page.url()}: ${message.text()}`)
        })
        page.on('response', (response) => {
          if (response.status() >= 400)
            broken.push(`${page.url()}: ${response.url()} was answered ${response.status()}`)
        })
        for (const { path, scoped } of seenBy(role)) {
          const address = await addressOf(path)
          await page.goto(`/app${address}`)
          await loaded(page)
          const file = `${role}-${name}${path.replaceAll(/[^a-zA-Z]+/g, '-')}`
          await page.screenshot({ path: join(SCREENSHOTS, `${file}.png`), fullPage: true })
          const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          if (Number(over) > 0) broken.push(`${path} is ${over} px wider than the screen`)
          for (const panel of await page.locator(BROKEN).all())
            broken.push(`${path}: ${(await panel.textContent())!.slice(0, 200)}`)
          await page.evaluate(AXE)
          const violations = (await page.evaluate(
            `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations)`,
          )) as Violation[]
          for (const { id, nodes } of violations)
            broken.push(`${path}: ${id}: ${nodes[0]!.html.slice(0, 160)} ${nodes[0]!.failureSummary.slice(0, 240)}`)
          if (!scoped || name !== '1440-light') continue
          for (const search of SCOPES) {
            await page.goto(`/app${address}${search}`)
            await loaded(page)
            for (const panel of await page.locator(BROKEN).all())
              broken.push(`${path}${search}: ${(await panel.textContent())!.slice(0, 200)}`)
          }
        }
        await context.close()
        expect(broken).toEqual([])
      })
    })

  it.each(SAID)('%s says what %s answers', { timeout: 60_000 }, async (path, question, textsOf) => {
    const context = await browser.newContext({ viewport: LOOKS[0].viewport, baseURL: engine.address, locale: 'en-US' })
    await enter.owner(context)
    const page = await context.newPage()
    await page.goto(`/app${path}`)
    await loaded(page)
    const { body } = await engine.get(question)
    const texts = textsOf(body)
    expect(texts.length).toBeGreaterThan(0)
    const said = await page.locator('main').evaluate((main) => main.textContent)
    for (const text of texts) expect(said).toContain(text)
    await context.close()
  })

  it('of one category in one store rows are of both, and sums say what they are of', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ viewport: LOOKS[0].viewport, baseURL: engine.address, locale: 'en-US' })
    await enter.owner(context)
    const page = await context.newPage()
    const note = page.getByText('Figures are of all categories')
    const { from } = (await engine.get('/metrics')).body.window
    const rowsOf = async (part: string): Promise<number> =>
      (await engine.get(`/transactions?from=${from}&${part}`)).body.items.length
    const both = await rowsOf('store=north&category=Lighting')
    expect(both).toBeGreaterThan(0)
    expect(both).toBeLessThan(await rowsOf('store=north'))

    await page.goto('/app/transactions?store=north')
    await page.getByRole('combobox', { name: 'Category' }).click()
    await page.getByRole('option', { name: 'Lighting' }).click()
    await page.waitForURL('**/transactions?*category=Lighting*')
    await expect.poll(() => page.locator('tr[data-row]').count()).toBe(both)
    expect(await note.count()).toBe(0)

    await page.goto('/app/sales?store=north&category=Lighting')
    await note.waitFor()
    const { body } = await engine.get('/metrics?store=north')
    await page.locator('main').getByText(money(body.money.INR.grossRevenue.value)).first().waitFor()
    await context.close()
  })
})
