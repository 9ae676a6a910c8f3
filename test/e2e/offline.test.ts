/** The dashboard on a device of its own: installed, opened without a network, and no trap when the engine is renewed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''

describe.runIf(CHROMIUM !== '')('the dashboard on a device', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-offline-'))
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const asOwner = async (): Promise<Page> => {
    const page = await (await browser.newContext()).newPage()
    const { body } = await engine.post('/sign-in/codes')
    await page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await page.getByRole('button', { name: 'Your account' }).waitFor()
    return page
  }
  /** Paths of everything that is kept on the device. */
  const kept = (page: Page): Promise<string[]> =>
    page.evaluate(`(async () => {
      const found = []
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
      return found
    })()`)

  it('can be installed', async () => {
    const page = await asOwner()
    const session = await page.context().newCDPSession(page)
    const { errors, data: manifest } = await session.send('Page.getAppManifest')
    expect(errors).toEqual([])
    expect(JSON.parse(manifest!)).toMatchObject({ name: 'Counterflow', start_url: '/app/', display: 'standalone' })
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // A window in private mode installs nothing, whatever it is shown.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
    for (const { src, sizes, type } of JSON.parse(manifest!).icons) {
      const icon = await fetch(engine.address + src)
      expect([src, icon.status, icon.headers.get('content-type')]).toEqual([src, 200, type])
      const header = new DataView(await icon.arrayBuffer())
      expect(`${header.getUint32(16)}x${header.getUint32(20)}`).toBe(sizes)
    }
    await page.context().close()
  })

  it('opens without an engine, says what still works, keeps no answer of the API, and goes on by itself', async () => {
    const page = await asOwner()
    const refused: string[] = []
    page.on('console', (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()))
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await page.reload()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await expect.poll(() => kept(page)).toContain('/app/')
    await expect
      .poll(() => kept(page).then((paths) => paths.some((path) => /^\/app\/assets\/index-.*\.js$/.test(path))))
      .toBe(true)
    expect((await kept(page)).filter((path) => !/^\/app\/($|assets\/|offline\.html$)/.test(path))).toEqual([])

    const port = new URL(engine.address).port
    await engine.stop()
    await page.goto(`${engine.address}/app/audit`)
    await page.getByRole('heading', { name: 'The engine does not answer' }).waitFor()
    await page.getByText('What still works').waitFor()
    engine = await RunningEngine.start(data, ['--port', port])
    await page.getByRole('heading', { name: 'Audit' }).waitFor({ timeout: 20_000 })
    expect(refused).toEqual([])
    await page.context().close()
  })

  it('says on an open page that a new version is there, and takes it with the next load', async () => {
    const page = await asOwner()
    const other = (html: string) => html.replaceAll(/index-[\w-]+\.js/g, 'index-another.js')
    await page.route(`${engine.address}/app/`, async (route) => {
      if (route.request().isNavigationRequest()) return route.continue()
      const answer = await route.fetch()
      return route.fulfill({ response: answer, body: other(await answer.text()) })
    })
    await page.reload()
    const banner = page.getByRole('status', { name: 'New version' })
    await banner.waitFor()
    await page.unroute(`${engine.address}/app/`)
    await Promise.all([page.waitForEvent('load'), banner.getByRole('button', { name: 'Load it' }).click()])
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    expect(await banner.count()).toBe(0)
    await page.context().close()
  })
})
