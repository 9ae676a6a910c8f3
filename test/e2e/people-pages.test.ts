/** The dashboard's pages for people, in a real browser: invited, let in, seeing no more than the role allows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const PASSWORD = 'wobbly tangerine harbour 42'
const OTHER_PASSWORD = 'copper lantern meadow 77'
const STEP_MS = 30_000

describe.runIf(CHROMIUM !== '')('the pages for people', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-people-'))
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  /** A fresh browser profile, and what broke in its pages. A refusal that the page explains breaks nothing. */
  async function profile(): Promise<{ context: BrowserContext; page: Page; broken: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) broken.push(message.text())
    })
    return { context, page, broken }
  }
  const asOwner = async () => {
    const it = await profile()
    const { body } = await engine.post('/sign-in/codes')
    await it.page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await it.page.getByRole('button', { name: 'Your account' }).waitFor()
    return it
  }
  /** Pages, without the parts of the one that is shown. */
  const navigation = (page: Page) =>
    page.getByRole('navigation', { name: 'Pages' }).locator('a[href^="/app/"]').allTextContents()
  const signIn = async (page: Page, email: string, password: string) => {
    // The account's own page has an address too, until it is gone.
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await page.getByLabel('Address', { exact: true }).fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  /** Somebody who was invited and chose `PASSWORD`. */
  const joined = async (email: string, role: string) => {
    const { body } = await engine.post('/users', { email, role })
    const code = new URL(body.path, engine.address).searchParams.get('code')
    await engine.post('/join', { code, password: PASSWORD }, { asStranger: true })
    return body.id as string
  }
  /** The code of so many steps ago, at a time at which it does not grow a step older on its way. */
  const codeOf = async (secret: string, stepsAgo = 0) => {
    const leftMs = STEP_MS - (Date.now() % STEP_MS)
    if (leftMs < 5_000) await new Promise((done) => setTimeout(done, leftMs))
    const timestamp = Date.now() - stepsAgo * STEP_MS
    return new TOTP({ secret: Secret.fromBase32(secret.trim()) }).generate({ timestamp })
  }

  it('invites somebody, who joins elsewhere, sees what the role allows, leaves, and comes back by password', async () => {
    const { page: owner, context, broken } = await asOwner()
    expect(await navigation(owner)).toEqual(expect.arrayContaining(['Overview', 'Users and access', 'Audit']))
    await owner.keyboard.press('g')
    await owner.keyboard.press('p')
    await owner.getByRole('heading', { name: 'Users and access', level: 1 }).waitFor()
    expect(owner.url()).toBe(`${engine.address}/app/people`)

    await owner.getByRole('button', { name: 'Invite' }).click()
    await owner.getByRole('button', { name: 'Make the invitation' }).click()
    await owner.getByText('The address is missing').waitFor()
    expect(await owner.evaluate('document.activeElement.name')).toBe('email')
    await owner.getByLabel('Address').fill('jo@example.com')
    await owner.getByRole('radio', { name: /^Integrator/ }).check()
    await owner.getByRole('button', { name: 'Make the invitation' }).click()
    const link = (await owner.getByText(`${engine.address}/app/join?code=`).textContent())!.trim()
    await owner.keyboard.press('Escape')
    await owner.getByRole('row', { name: /jo@example.com Integrator All stores Invited/ }).waitFor()

    const guest = await profile()
    const asked: string[] = []
    guest.page.on('request', (request) => asked.push(request.url()))
    await guest.page.goto(link)
    await guest.page.getByRole('heading', { name: /^Join / }).waitFor()
    await guest.page.getByText('jo@example.com').waitFor()
    expect(guest.page.url()).toBe(`${engine.address}/app/join`)
    await guest.page.getByLabel('Password', { exact: true }).fill('password12')
    await guest.page.getByRole('button', { name: /^Join / }).click()
    await guest.page.getByText(/The password is .*: take several words/).waitFor()
    await guest.page.getByLabel('Your name').fill('Jo')
    await guest.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await guest.page.getByRole('button', { name: /^Join / }).click()
    await guest.page.getByRole('heading', { name: 'Welcome, Jo' }).waitFor()
    expect(await navigation(guest.page)).toContain('Home')
    expect(await navigation(guest.page)).not.toContain('Overview')
    // The code went to the page that it names and to the question what it is for, and nowhere else.
    const code = new URL(link).searchParams.get('code')!
    const withCode = asked.filter((url) => url.includes(code)).map((url) => new URL(url).pathname)
    expect(new Set(withCode)).toEqual(new Set(['/app/join', '/join']))
    expect(asked.filter((url) => /\/(metrics|alerts|transactions)/.test(url))).toEqual([])

    await guest.page.goto(`${engine.address}/app/people`)
    await guest.page.getByRole('heading', { name: 'You may not see Users and access' }).waitFor()
    await guest.page.getByRole('button', { name: 'Your account' }).click()
    await guest.page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await guest.page.getByRole('heading', { name: 'Sign in' }).waitFor()

    await guest.page.goto(link)
    await guest.page.getByRole('heading', { name: 'This link does not let anybody in' }).waitFor()
    await guest.page.getByRole('link', { name: 'Sign in.' }).click()
    await signIn(guest.page, 'jo@example.com', 'not the password')
    await guest.page.getByText('The address or the password is wrong').waitFor()
    expect(await guest.page.evaluate('document.activeElement.name')).toBe('password')
    await signIn(guest.page, 'jo@example.com', PASSWORD)
    await guest.page.getByRole('heading', { name: 'Welcome, Jo' }).waitFor()

    // Their role changes while their page is open; the next page they open knows it.
    await owner.getByRole('row', { name: /Jo jo@example.com Integrator All stores Active/ }).waitFor()
    await owner.getByRole('button', { name: 'Change the role or stores of Jo' }).click()
    const { items } = (await engine.get('/users')).body
    const jo = items.find(({ name }: { name: string }) => name === 'Jo')
    // Another owner is faster.
    await engine.ask('PATCH', `/users/${jo.id}`, { body: { role: 'executive', version: jo.version } })
    await owner.getByRole('radio', { name: /^Analyst/ }).check()
    await owner.getByRole('button', { name: 'Save' }).click()
    await owner.getByText('Somebody else was faster: Jo is now Executive').waitFor()
    await owner.getByRole('button', { name: 'Go on from there' }).click()
    expect(await owner.getByRole('radio', { name: /^Executive/ }).isChecked()).toBe(true)
    await owner.getByRole('radio', { name: /^Analyst/ }).check()
    await owner.getByRole('button', { name: 'Save' }).click()
    await owner.getByRole('row', { name: /jo@example.com Analyst/ }).waitFor()
    await guest.page.goto(`${engine.address}/app/`)
    await expect.poll(() => navigation(guest.page)).toEqual(expect.arrayContaining(['Overview', 'Audit']))
    expect(await navigation(guest.page)).not.toContain('Users and access')

    await owner.goto(`${engine.address}/app/people`)
    await owner.getByRole('button', { name: 'Let go: Jo' }).click()
    await owner.getByRole('dialog').getByRole('button', { name: 'Let Jo go' }).click()
    await owner.getByRole('row', { name: /jo@example.com/ }).waitFor({ state: 'detached' })
    await guest.page.getByRole('heading', { name: 'Sign in' }).waitFor()

    await owner.getByRole('link', { name: 'Audit' }).click()
    await owner.getByRole('heading', { name: 'Audit' }).waitFor()
    const changes = async () =>
      (await owner.getByRole('listitem').filter({ hasText: /jo/i }).allTextContents()).join('\n')
    await expect
      .poll(changes, { timeout: 10_000 })
      .toMatch(
        /let go Jo.*changed the role or stores of Jo.*Executive→becameAnalyst.*changed the role or stores of Jo.*Integrator→becameExecutive.*invited jo@example.com/s,
      )
    expect([broken, guest.broken]).toEqual([[], []])
    await Promise.all([context.close(), guest.context.close()])
  })

  it('asks for the code of an authenticator app once one is set up, and not any more when it is taken off', async () => {
    await joined('asha@example.com', 'executive')
    const { page, context, broken } = await profile()
    await page.goto(`${engine.address}/app/account`)
    await signIn(page, 'asha@example.com', PASSWORD)
    await page.getByRole('button', { name: 'Set up' }).click()
    await page.getByRole('img', { name: /as a picture to scan/ }).waitFor()
    const secret = (await page.locator('code').textContent())!
    await page.getByLabel('Code').fill('000000')
    await page.getByRole('button', { name: 'Turn on' }).click()
    await page.getByText('The code is not the one that the app shows now').waitFor()
    // A code of the step before counts, and leaves the present one for the sign-in.
    await page.getByLabel('Code').fill(await codeOf(secret, 1))
    await page.getByRole('button', { name: 'Turn on' }).click()
    await page.getByText('On: signing in').waitFor()

    await page.getByRole('button', { name: 'Sign out here' }).click()
    await signIn(page, 'asha@example.com', PASSWORD)
    await page.getByLabel('Code').waitFor()
    expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0)
    expect(await page.evaluate('document.activeElement.name')).toBe('code')
    await page.getByLabel('Code').fill('000 000')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The code is not the one that the app shows now').waitFor()
    await page.getByLabel('Code').fill(await codeOf(secret))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Your account' }).click()
    await page.getByRole('link', { name: 'Account' }).click()
    await page.getByRole('button', { name: 'Turn off' }).click()
    await page.getByRole('button', { name: 'Turn it off' }).click()
    await page.getByText('The present password is missing').waitFor()
    await page.getByLabel('Present password').last().fill(OTHER_PASSWORD)
    await page.getByRole('button', { name: 'Turn it off' }).click()
    await page.getByText('The present password is another one').waitFor()
    await page.getByLabel('Present password').last().fill(PASSWORD)
    await page.getByRole('button', { name: 'Turn it off' }).click()
    await page.getByRole('button', { name: 'Set up' }).waitFor()
    expect(broken).toEqual([])
    await context.close()
  })

  it('keeps an account: another name, another password, other sessions ended, a token shown once', async () => {
    const id = await joined('ravi@example.com', 'analyst')
    const [here, there] = [await profile(), await profile()]
    for (const { page } of [here, there]) {
      await page.goto(`${engine.address}/app/account`)
      await signIn(page, 'ravi@example.com', PASSWORD)
      await page.getByRole('heading', { name: 'ravi', level: 1 }).waitFor()
    }
    const { page } = here
    // Somebody else is faster.
    await engine.ask('PATCH', `/users/${id}`, { body: { name: 'Ravi S', version: 1 } })
    await page.getByLabel('Name', { exact: true }).fill('Ravi Subramanian')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('It is now “Ravi S”').waitFor()
    await page.getByRole('button', { name: 'Show what is there now' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Ravi Subramanian')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Ravi Subramanian', level: 1 }).waitFor()

    await page.getByLabel('Present password').fill('another one altogether')
    await page.getByLabel('New password').fill(OTHER_PASSWORD)
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByText('The present password is another one').waitFor()
    await page.getByLabel('Present password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByText('every other session has ended').waitFor()
    await there.page.goto(`${engine.address}/app/`)
    await there.page.getByRole('heading', { name: 'Sign in' }).waitFor()

    await page.getByRole('button', { name: 'New token' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Reports')
    await page.getByRole('button', { name: 'Make the token' }).click()
    await page.getByText('Choose what it may do').waitFor()
    // What this role may not do, it cannot give.
    expect(await page.getByRole('checkbox', { name: /users:manage/ }).count()).toBe(0)
    await page.getByRole('checkbox', { name: /audit:read/ }).check()
    await page.getByRole('button', { name: 'Make the token' }).click()
    await page.getByRole('dialog', { name: 'The token is made' }).waitFor()
    const token = (await page.getByRole('dialog').locator('code').textContent())!.trim()
    const bearer = { asStranger: true, headers: { authorization: `Bearer ${token}` } }
    expect((await engine.ask('GET', '/audit', bearer)).status).toBe(200)
    expect((await engine.ask('GET', '/metrics', bearer)).status).toBe(403)
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('button', { name: 'Revoke Reports' }).click()
    await page.getByRole('button', { name: 'Revoke it' }).click()
    await page.getByText('None yet. A token').waitFor()
    expect((await engine.ask('GET', '/audit', bearer)).status).toBe(401)

    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(here.broken).toEqual([])
    await Promise.all([here.context.close(), there.context.close()])
  })

  it('says how long to wait after too many tries', async () => {
    const { page, context } = await profile()
    await page.goto(`${engine.address}/app/`)
    for (let tries = 0; tries < 12; tries++) {
      await signIn(page, 'nobody@example.com', `guess ${tries}`)
      await page.getByText(/is wrong|Too many tries/).waitFor()
      await expect.poll(() => page.getByRole('button', { name: 'Signing in…' }).count()).toBe(0)
      if ((await page.getByText('Too many tries').count()) > 0) break
    }
    await page.getByText(/Too many tries. Wait \d+ s, then try again/).waitFor()
    // It goes on by itself when the time is over.
    await expect.poll(() => page.getByRole('button', { name: 'Sign in' }).isEnabled(), { timeout: 30_000 }).toBe(true)
    await context.close()
  })

  it.each([
    [1440, 900],
    [390, 844],
    [320, 640],
  ])('fits %i x %i without scrolling sideways', async (width, height) => {
    const { page, context } = await asOwner()
    await page.setViewportSize({ width, height })
    for (const path of ['people', 'audit', 'account']) {
      await page.goto(`${engine.address}/app/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count()).toBe(0)
      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect(await page.evaluate(overflow), path).toBeLessThanOrEqual(0)
    }
    await context.close()
  })
})
