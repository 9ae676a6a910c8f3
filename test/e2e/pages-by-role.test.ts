/** Every page as every role, in a real browser: who may open it sees it and is refused nothing, who may not is told who can change that. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Right, ROLES, type Role } from '#core/access/rights.ts'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const PASSWORD = 'wobbly tangerine harbour 42'

type Page = { readonly path: string; readonly name: string; readonly hidden?: true }
type Pages = { readonly pages: readonly Page[]; readonly pagesFor: (rights: readonly Right[]) => readonly Page[] }
/** The dashboard's own list: a page that is added is walked. */
const LIST = new URL('../../web/src/pages.ts', import.meta.url).pathname

/** What stands for a part of a page's address: of the manager's store, where it belongs to one. */
const PARTS: Readonly<Record<string, string>> = { productId: 'SKU-7', storeId: 'pune' }
const addressOf = ({ path }: Page): string => `/app${path.replaceAll(/\$(\w+)/g, (_, name) => PARTS[name] ?? 'none')}`

const at = new Date().toISOString()
const EVENTS = [
  {
    type: 'store.listed',
    storeId: 'pune',
    data: { name: 'Pune', region: 'West', timeZone: 'Asia/Kolkata', currency: 'INR' },
  },
  {
    type: 'store.listed',
    storeId: 'delhi',
    data: { name: 'Delhi', region: 'North', timeZone: 'Asia/Kolkata', currency: 'INR' },
  },
  {
    type: 'product.listed',
    storeId: '-',
    data: { productId: 'SKU-7', title: 'Cotton kurta', category: 'Kurtas', basePriceMinor: 99900, currency: 'INR' },
  },
  ...['pune', 'delhi'].map((store_id) => ({
    transaction_id: `T-${store_id}`,
    product_id: 'SKU-7',
    store_id,
    amount: '999.00',
    quantity: 1,
    timestamp: at,
    payment_method: 'card',
  })),
  { type: 'stock.received', id: 'D-1', storeId: 'pune', data: { productId: 'SKU-7', quantity: 5 } },
]

/** Actions of the palette: who is offered them, and what they open. */
const ACTIONS: readonly (readonly [name: string, roles: readonly Role[], heading: string])[] = [
  ['Receive, count or adjust stock', ['owner', 'store-manager'], 'Change stock'],
  ['Show stock at risk', ['owner', 'executive', 'store-manager', 'analyst'], 'Inventory'],
  ['Acknowledge alerts', ['owner', 'executive', 'store-manager'], 'Alerts'],
  ['Decide what to order', ['owner', 'store-manager'], 'Reorders'],
  ['Import a file', ['owner', 'integrator'], 'Imports'],
  ['Connect a marketplace or shop', ['owner', 'integrator'], 'Where do orders come from?'],
  ['Replay or discard what was set aside', ['owner', 'integrator'], 'Data quality'],
  ['Have a chain run', ['owner', 'analyst'], 'Runs'],
  ['Change thresholds and currency', ['owner'], 'Settings'],
  ['Invite somebody', ['owner'], 'Invite somebody'],
  ['New token', ROLES, 'New token'],
  ['Sign out everywhere', ROLES, 'Sign out everywhere?'],
]

describe.runIf(CHROMIUM !== '')('the pages by role', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  let list: Pages
  beforeAll(async () => {
    list = (await import(/* @vite-ignore */ LIST)) as Pages
    data = mkdtempSync(join(tmpdir(), 'counterflow-roles-'))
    engine = await RunningEngine.start(data)
    expect((await engine.post('/collect', { events: EVENTS })).status).toBe(202)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  /** A browser of somebody new, and what went wrong in its pages. */
  async function browserOf(role: Role, as = '') {
    const stores = role === 'store-manager' ? { stores: ['pune'] } : {}
    const { body } = await engine.post('/users', { email: `${as}${role}@example.com`, role, ...stores })
    const code = new URL(body.path, engine.address).searchParams.get('code')
    const joined = await engine.post('/join', { code, password: PASSWORD }, { asStranger: true })
    const [name = '', ...value] = joined.headers.getSetCookie()[0]!.split(';')[0]!.split('=')
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name, value: value.join('='), url: engine.address }])
    const tab = await context.newPage()
    const wrong: string[] = []
    tab.on('pageerror', ({ message }) => wrong.push(message))
    tab.on('response', (response) => {
      if (response.status() === 403 || response.status() >= 500)
        wrong.push(`${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`)
    })
    const { rights } = (await (await context.request.get(`${engine.address}/account`)).json()) as { rights: Right[] }
    return { context, tab, wrong, rights }
  }

  const open = async (tab: Tab, page: Page) => {
    await tab.goto(engine.address + addressOf(page))
    await tab.getByRole('heading', { level: 1 }).first().waitFor()
    // What it asks when it opens is answered.
    await tab.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined)
  }

  it.each(ROLES)('are for %s as their rights say', async (role) => {
    const { context, tab, wrong, rights } = await browserOf(role)
    const own = list.pagesFor(rights)
    for (const page of list.pages) {
      const shown = own.find(({ path }) => path === page.path)
      await open(tab, page)
      const refusal = tab.getByRole('heading', { name: `You may not see ${page.name}`, exact: true })
      expect([page.name, await refusal.count()]).toEqual([page.name, shown === undefined ? 1 : 0])
      if (shown === undefined) await tab.getByText(/An owner can change that/).waitFor()
      expect([page.name, wrong]).toEqual([page.name, []])
    }
    const lines = await tab.getByRole('navigation', { name: 'Pages' }).locator('a[href^="/app/"]').allTextContents()
    // A badge may stand behind a name.
    const expected = own.filter(({ hidden }) => hidden !== true).map(({ name }) => name)
    expect(lines.length).toBe(expected.length)
    for (const name of expected)
      expect(
        lines.some((line) => line.startsWith(name)),
        name,
      ).toBe(true)
    await context.close()
  })

  it.each(ROLES)('actions are offered to %s as their rights say, and open what they name', async (role) => {
    const { context, tab, wrong } = await browserOf(role, 'acting-')
    await tab.goto(`${engine.address}/app/account`)
    await tab.getByRole('heading', { level: 1 }).first().waitFor()
    for (const [name, roles, heading] of ACTIONS) {
      await tab.keyboard.press('Control+k')
      await tab.getByRole('combobox', { name: 'Find a page, a store, a product or an action' }).fill(name)
      const option = tab.getByRole('option', { name, exact: true })
      expect([name, await option.count()]).toEqual([name, roles.includes(role) ? 1 : 0])
      if (!roles.includes(role)) {
        await tab.keyboard.press('Escape')
        continue
      }
      await option.click()
      await tab.getByRole('heading', { name: heading, exact: true }).first().waitFor()
      await tab.keyboard.press('Escape')
    }
    expect(wrong).toEqual([])
    await context.close()
  })
})
