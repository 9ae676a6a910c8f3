/**
 * The dashboard in a real browser (Chromium: `CHROMIUM`, or /usr/bin/chromium), in three parts:
 *
 * 1. Large: on an engine with 1,000 stores and 50,000 products (`api-bench.ts` folds them), each page is opened anew
 *    `--rounds` times, and timed from the request to its first panel with figures, and to the last: medians.
 * 2. Fast: with the processor of the page slowed down four times and 500 webhooks arriving each second, the Overview is
 *    loaded `--rounds` times (largest contentful paint), and then used: pages, periods, the palette, a chart's table
 *    (interaction to next paint: the slowest, as web.dev defines it for fewer than 50 interactions).
 * 3. Steady: the Overview stays open at 500 webhooks a second for `--events` of them; once a minute garbage is collected
 *    and the heap is read.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { ownerToken } from '#local/client.ts'
import { OWNER } from '#local/owner.ts'
import { fillLarge } from './api-bench.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { EngineUnderLoad } from './engine-under-load.ts'
import { KeepAliveClient } from './keep-alive-client.ts'
import { runOpenLoop } from './open-loop.ts'
import { temporaryFolder } from './own-process.ts'
import { median, rounded } from './percentiles.ts'
import { WEBHOOK_PATH, webhookOrders } from './webhook-orders.ts'

const LARGE_EVENTS = 300_000
const RATE = 500
const SLOWER = 4
const ROUNDS = 5
const STEADY_EVENTS = 11 * 60 * RATE
const VIEWPORT = { width: 1440, height: 900 }
const PAGE_WAIT_MS = 30_000
const MINUTE_MS = 60_000
const PATHS = [
  '/',
  '/sales',
  '/refunds',
  '/stores',
  '/stores/shop-0',
  '/inventory',
  '/alerts',
  '/item/P0',
  '/transactions',
  '/integrations',
  '/quality',
  '/audit',
  '/people',
  '/settings',
  '/imports',
]

async function runDashboard({ events = STEADY_EVENTS, rounds = ROUNDS, data, say }: BenchOptions): Promise<object> {
  const folder = data ?? join(temporaryFolder(), 'data')
  if (!existsSync(join(folder, 'format.json'))) await fillLarge(folder, LARGE_EVENTS, say)
  const engine = await EngineUnderLoad.start(folder)
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    await engine.settled()
    const large = await openEachPage(browser, engine, folder, rounds, say)
    const load = new SteadyLoad(engine)
    const fast = await loadAndUse(browser, engine, folder, rounds, load, say)
    const steady = await stayOpen(browser, engine, folder, events, load, say)
    return { large, fast, steady }
  } finally {
    await browser.close()
    await engine.stop()
  }
}

/** A fresh profile of the owner's. */
async function signedIn(browser: Browser, { address }: EngineUnderLoad, folder: string): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  const token = await ownerToken(folder, { ...OWNER, subject: 'owner' })
  const response = await fetch(`${address}/sign-in/codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  const { code } = (await response.json()) as { code: string }
  const page = await context.newPage()
  await page.goto(`${address}/sign-in?code=${code}`)
  await page.locator(READY).first().waitFor({ timeout: PAGE_WAIT_MS })
  return page
}

const READY = 'section[data-state="ready"]'
const LOADING = 'section[data-state="loading"]'

async function openEachPage(
  browser: Browser,
  engine: EngineUnderLoad,
  folder: string,
  rounds: number,
  say: BenchOptions['say'],
) {
  const page = await signedIn(browser, engine, folder)
  const pages: Record<string, object> = {}
  for (const path of PATHS) {
    const first: number[] = []
    const all: number[] = []
    for (let n = 0; n < rounds; n++) {
      const startedAt = performance.now()
      await page.goto(`${engine.address}/app${path}`, { waitUntil: 'commit' })
      // Waiting by the locator itself looks twice a second alone.
      while ((await page.locator(READY).count()) === 0) await wait(10)
      first.push(performance.now() - startedAt)
      while ((await page.locator(LOADING).count()) > 0) await wait(10)
      all.push(performance.now() - startedAt)
    }
    pages[path] = {
      firstFiguresMs: Math.round(median(first)),
      worstFirstMs: Math.round(Math.max(...first)),
      allFiguresMs: Math.round(median(all)),
    }
    say(`${path}: ${first.map(Math.round).join(', ')} ms`)
  }
  await page.context().close()
  return pages
}

/** Orders at a fixed rate, for as long as something runs. */
class SteadyLoad {
  private readonly engine: EngineUnderLoad
  errors = 0

  constructor(engine: EngineUnderLoad) {
    this.engine = engine
  }

  async during(seconds: number): Promise<void> {
    const client = new KeepAliveClient(this.engine.address, this.engine.token)
    const next = webhookOrders(`dashboard-${Date.now()}`, 0)
    const send = () => client.post(WEBHOOK_PATH, next(), (status) => void (status === 202 || this.errors++))
    await runOpenLoop({ ratePerSecond: RATE, seconds, send })
    await wait(1_000)
    client.close()
  }
}

const SECONDS_A_LOAD = 8
const SECONDS_OF_USE = 30

async function loadAndUse(
  browser: Browser,
  engine: EngineUnderLoad,
  folder: string,
  rounds: number,
  load: SteadyLoad,
  say: BenchOptions['say'],
) {
  const page = await signedIn(browser, engine, folder)
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const paints: number[] = []
  const used: number[] = []
  const loading = load.during(rounds * SECONDS_A_LOAD + SECONDS_OF_USE)
  await wait(2_000)
  for (let n = 0; n < rounds; n++) {
    // As from elsewhere: the page before, which is still busy, is no part of it.
    await page.goto('about:blank')
    await page.goto(`${engine.address}/app/`)
    await wait(4_000)
    paints.push(await page.evaluate<number>(LARGEST_PAINT))
  }
  say(`largest contentful paint: ${paints.map(Math.round).join(', ')} ms`)
  await page.evaluate(WATCH_INTERACTIONS)
  await lookAround(page)
  used.push(...(await page.evaluate<number[]>(INTERACTIONS)))
  say(`interactions: ${used.join(', ')} ms`)
  await loading
  await page.context().close()
  return {
    largestContentfulPaintMs: { median: rounded(median(paints), 0), worst: Math.round(Math.max(...paints)) },
    interactionToNextPaintMs: Math.max(...used),
    interactions: used.length,
    errors: load.errors,
  }
}

// What runs in the page is text: it is no part of this program.
const LARGEST_PAINT = `new Promise((done) =>
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true }))`
/** How long each interaction took until it was painted, by its id. */
const WATCH_INTERACTIONS = `{
  globalThis.slowest = new Map()
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) slowest.set(interactionId, Math.max(slowest.get(interactionId) ?? 0, duration))
  }).observe({ type: 'event', durationThreshold: 16 })
}`
const INTERACTIONS = '[...slowest.values()]'

/** A person who looks around. */
async function lookAround(page: Page): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Pages', exact: true })
  for (const name of ['Alerts', 'Inventory', 'Sales', 'Overview']) {
    await navigation.getByRole('link', { name }).first().click()
    await wait(1_200)
  }
  for (const period of ['Yesterday', '7 days', 'Today']) {
    await page.getByText(period, { exact: true }).first().click()
    await wait(1_200)
  }
  await page.keyboard.press('Control+k')
  await wait(1_200)
  await page.keyboard.type('stores', { delay: 120 })
  await page.keyboard.press('Escape')
  await wait(500)
  await page.keyboard.press('t')
  await wait(800)
  await page.keyboard.press('?')
  await wait(800)
}

async function stayOpen(
  browser: Browser,
  engine: EngineUnderLoad,
  folder: string,
  events: number,
  load: SteadyLoad,
  say: BenchOptions['say'],
) {
  const page = await signedIn(browser, engine, folder)
  const session = await page.context().newCDPSession(page)
  const heapMiB: number[] = []
  let loaded = false
  const loading = load.during(events / RATE).then(() => {
    loaded = true
  })
  while (!loaded) {
    await wait(MINUTE_MS)
    heapMiB.push(await heapOf(session))
    say(`heap ${heapMiB.at(-1)} MiB`)
  }
  await loading
  const [first, last] = [heapMiB[0]!, heapMiB.at(-1)!]
  return { minutes: heapMiB.length, heapMiB, growthAfterFirstMinute: rounded(last / first - 1, 3), errors: load.errors }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return rounded(usedSize / 2 ** 20, 1)
}

export const dashboardBench: Bench = {
  about:
    'the dashboard in Chromium: each page with 50,000 products, LCP and INP at a quarter of the speed, heap (20 min)',
  options: [
    '--rounds N    times that each page is loaded (5)',
    '--events N    webhooks while it stays open (330,000: 11 minutes)',
    '--data DIR    a folder that an earlier run has filled',
  ],
  atMostSeconds: 3_600,
  run: runDashboard,
}
