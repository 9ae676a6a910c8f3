/** The dashboard in a real browser: sign in, an empty shop, an order, and everything moves within a second. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page, type WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineProcess } from '#test/chaos/engine-process.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const SECOND_MS = 1_000

const ORDER = { eventType: 'ORDER_PLACED', asin: 'B0TEST', price: 999, quantity: 2, region: 'IN' }

describe.runIf(CHROMIUM !== '')('the dashboard', () => {
  let data = ''
  let engine: EngineProcess
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-dashboard-'))
    engine = await EngineProcess.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  /** A page in a fresh browser profile, and everything that went wrong in it. */
  async function open(path: string, width: number, height: number): Promise<{ page: Page; wrong: string[] }> {
    const page = await browser.newPage({ viewport: { width, height } })
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
    await page.goto(engine.address + path)
    return { page, wrong }
  }
  const link = async () => {
    const { body } = await engine.post('/sign-in/codes', {})
    return `/sign-in?code=${(body as { code: string }).code}`
  }

  it('asks a stranger to sign in', { timeout: 30_000 }, async () => {
    const { page } = await open('/', 1440, 900)
    await page.getByText('npx counterflow link').waitFor()
    expect(new URL(page.url()).pathname).toBe('/app/')
    await page.close()
  })

  it('shows an order within a second of the curl, and where the next page begins', { timeout: 60_000 }, async () => {
    const { page, wrong } = await open(await link(), 1440, 900)
    await page.getByText('curl').first().waitFor()
    const posted = engine.post('/integrations/amazon/webhook', ORDER).then(() => Date.now())
    const shown = [
      page.getByRole('region', { name: 'List of open alerts' }).getByText(/B0TEST is oversold by 2/),
      page.getByRole('region', { name: 'Figures' }).getByText('1,998').first(),
      page.getByRole('cell', { name: /B0TEST/ }),
    ].map(async (it) => {
      await it.waitFor()
      return Date.now()
    })
    for (const shownAt of await Promise.all(shown)) expect(shownAt - (await posted)).toBeLessThan(SECOND_MS)
    expect(wrong).toEqual([])

    await page
      .getByRole('button', { name: /acknowledge/i })
      .first()
      .click()
    await expect.poll(async () => JSON.stringify(await engine.get('/alerts'))).toContain('"acknowledged"')
    await page.close()
  })

  it('has a socket of its own origin, and may open none elsewhere', { timeout: 60_000 }, async () => {
    const { page } = await open(await link(), 1440, 900)
    await page.getByRole('button', { name: /^Live/ }).waitFor()
    const elsewhere = await page.evaluate(`new Promise((done) => {
      document.addEventListener('securitypolicyviolation', (violation) => done(violation.effectiveDirective))
      setTimeout(() => done('none'), 2_000)
      new WebSocket('ws://' + location.hostname + ':1/ws')
    })`)
    expect(elsewhere).toBe('connect-src')
    await page.close()
  })

  it('moves the stock within a second of another one', { timeout: 60_000 }, async () => {
    const { page } = await open(await link(), 1440, 900)
    await page.goto(`${engine.address}/app/inventory`)
    const row = page.getByRole('row', { name: /B0TEST/ })
    await row.getByRole('cell', { name: '−2', exact: true }).waitFor()
    await page.getByRole('button', { name: /^Live/ }).waitFor()
    const posted = engine.post('/integrations/amazon/webhook', { ...ORDER, price: 998 }).then(() => Date.now())
    await row.getByRole('cell', { name: '−4', exact: true }).waitFor()
    expect(Date.now() - (await posted)).toBeLessThan(SECOND_MS)
    await page.close()
  })

  it('goes on after a break by what it missed, and asks for nothing again', { timeout: 60_000 }, async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const sockets: WebSocketRoute[] = []
    const said: string[] = []
    let isCut = false
    await page.routeWebSocket(/\/ws\?ticket=/, (socket) => {
      if (isCut) return void socket.close()
      sockets.push(socket)
      const server = socket.connectToServer()
      socket.onMessage((message) => {
        said.push(String(message))
        server.send(message)
      })
    })
    await page.goto(engine.address + (await link()))
    await page.getByText('1,998').first().waitFor()
    await page.getByRole('button', { name: /^Live/ }).waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))

    // Without a socket figures are asked for once they are 4 s old: this break begins when they are new.
    await page.waitForResponse(/\/metrics$/)
    isCut = true
    asked.length = 0
    await sockets[0]!.close()
    await engine.post('/integrations/amazon/webhook', { ...ORDER, asin: 'B0MISSED', price: 1 })
    isCut = false
    await page
      .getByText(/B0MISSED is oversold/)
      .first()
      .waitFor()
    await expect.poll(() => said.length).toBe(2)
    expect(JSON.parse(said[0]!)).not.toHaveProperty('resume')
    expect(JSON.parse(said[1]!).resume).toMatch(/\.\d+$/)
    expect(asked).toContain('POST /live/tickets')
    expect(asked.filter((request) => /GET \/(alerts|transactions)$/.test(request))).toEqual([])
    await page.close()
  })

  it('says how old its figures are while nothing comes for 10 s, and catches up without a reload', {
    timeout: 90_000,
  }, async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    let isCut = false
    const sockets: WebSocketRoute[] = []
    await page.routeWebSocket(/\/ws\?ticket=/, (socket) => {
      if (isCut) return void socket.close()
      sockets.push(socket)
      socket.connectToServer()
    })
    await page.goto(engine.address + (await link()))
    await page.getByRole('button', { name: /^Live/ }).waitFor()
    await page.route(/\/(metrics|alerts|transactions|live\/tickets)/, (route) =>
      isCut ? route.abort() : route.fallback(),
    )
    await page.evaluate('window.isTheSame = true')

    isCut = true
    const cutAt = Date.now()
    for (const socket of sockets) await socket.close()
    await engine.post('/integrations/amazon/webhook', { ...ORDER, asin: 'B0BREAK', price: 1 })
    await page.getByRole('button', { name: /^(Reconnecting|Not live|Offline)/ }).waitFor()
    await page
      .getByText(/^\d+ s old$/)
      .first()
      .waitFor()
    await page.waitForTimeout(10 * SECOND_MS - (Date.now() - cutAt))
    expect(await page.getByText(/B0BREAK/).count()).toBe(0)
    isCut = false

    await page
      .getByText(/B0BREAK is oversold/)
      .first()
      .waitFor()
    await page.getByRole('cell', { name: /B0BREAK/ }).waitFor()
    await page.getByRole('button', { name: /^Live/ }).waitFor()
    await expect.poll(() => page.getByText(/^\d+ s old$/).count()).toBe(0)
    expect(await page.evaluate('window.isTheSame')).toBe(true)
    await page.close()
  })

  it.each(['/', '/inventory', '/account'])(
    'asks for nothing once somebody has left %s',
    { timeout: 60_000 },
    async (path) => {
      const { page, wrong } = await open(await link(), 1440, 900)
      await page.goto(`${engine.address}/app${path}`)
      await page.getByRole('button', { name: /^Live/ }).waitFor()
      await page.getByRole('button', { name: /^Your account/ }).click()
      let hasLeft = false
      const asked: string[] = []
      page.on('response', (response) => {
        if (response.url().endsWith('/sign-out')) hasLeft = true
      })
      page.on('request', (request) => {
        const { pathname } = new URL(request.url())
        if (hasLeft && !pathname.startsWith('/app/')) asked.push(pathname)
      })
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
      await page.waitForURL(`${engine.address}/app/`)
      // Figures are asked for every 4 s where there is no socket.
      await page.waitForTimeout(5 * SECOND_MS)
      expect(hasLeft).toBe(true)
      expect(asked).toEqual([])
      expect(wrong).toEqual([])
      await page.close()
    },
  )

  it('has every page of the navigation in view, on a low screen the one that is open', {
    timeout: 30_000,
  }, async () => {
    const { page } = await open(await link(), 1440, 900)
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
    const list = page.getByRole('navigation', { name: 'Pages' }).locator('> ul')
    const inView = async (index: number) => {
      const [all, one] = [(await list.boundingBox())!, (await links.nth(index).boundingBox())!]
      return one.y >= all.y && one.y + one.height <= all.y + all.height
    }
    await links.last().waitFor()
    const count = await links.count()
    expect(count).toBeGreaterThan(15)
    for (let index = 0; index < count; index++) expect(await inView(index)).toBe(true)
    await page.setViewportSize({ width: 1440, height: 500 })
    expect(await inView(count - 1)).toBe(false)
    await links.last().click()
    await page.getByRole('heading', { level: 1, name: 'Users and access' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Users and access' }).waitFor()
    expect(await inView(count - 1)).toBe(true)
    await page.close()
  })

  it.each([
    [1440, 900],
    [390, 844],
  ])('fits %i x %i without scrolling sideways', { timeout: 30_000 }, async (width, height) => {
    const { page, wrong } = await open(await link(), width, height)
    await page.getByText('1,998').first().waitFor()
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(overflow).toBeLessThanOrEqual(0)
    expect(wrong).toEqual([])
    await page.close()
  })
})
