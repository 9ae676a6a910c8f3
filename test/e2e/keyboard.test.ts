/** A merchant's morning with a keyboard and nothing else: no click, no pointer, and where the focus is can be seen. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import { RunningEngine } from './running-engine.ts'
import { openSmallShop, PASSWORD } from './small-shop.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
type AlertItem = AlertsAnswer['items'][number]
const EMAIL = 'asha@example.com'
/** No page has so many stops. */
const MOST_STOPS = 150

/** For the page, whose types this project has not: what has the focus, or what frames it, is drawn otherwise then. */
const IS_FOCUS_DRAWN = `(() => {
  const drawn = (it) => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(it)
    return [outlineStyle, outlineWidth, boxShadow, borderColor].join()
  }
  const focused = document.activeElement
  const chain = [focused, focused.nextElementSibling ?? focused, focused.parentElement, focused.parentElement.parentElement]
  for (const it of chain) it.style.transition = 'none'
  const withFocus = chain.map(drawn)
  focused.blur()
  const without = chain.map(drawn)
  focused.focus({ preventScroll: true })
  return withFocus.some((style, i) => style !== without[i])
})()`

describe.runIf(CHROMIUM !== '')('by keyboard alone', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser | undefined
  let page: Page
  const broken: string[] = []
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-keyboard-'))
    engine = await RunningEngine.start(data)
    await openSmallShop(engine)
    const { body } = await engine.post('/users', { email: EMAIL, role: 'owner' })
    const code = new URL(body.path, engine.address).searchParams.get('code')
    const joined = await engine.post('/join', { code, name: 'Asha', password: PASSWORD }, { asStranger: true })
    expect(joined.status).toBe(204)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.on('pageerror', (error) => broken.push(error.message))
    await page.goto(`${engine.address}/app/`)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const press = (keys: string) => page.keyboard.press(keys)
  const type = (text: string) => page.keyboard.type(text)
  const has = async (target: Locator) => (await target.and(page.locator(':focus')).count()) === 1
  /** Goes there from stop to stop. */
  async function reach(target: Locator, isInMenu = false): Promise<void> {
    const first = target.first()
    // Radio buttons lie hidden behind what is drawn for them.
    await first.waitFor({ state: 'attached' })
    for (let stops = 0; !(await has(first)); stops++) {
      if (stops === MOST_STOPS) throw new Error(`no stop of the tab key leads to ${target}`)
      await press('Tab')
    }
    // To look takes the focus away, and a menu closes then.
    if (!isInMenu) expect(await isFocusSeen(), `${target} shows that it has the focus`).toBe(true)
  }
  const isFocusSeen = () => page.evaluate<boolean>(IS_FOCUS_DRAWN)
  async function goTo(name: string): Promise<void> {
    await press('Control+k')
    await page.getByRole('dialog').waitFor()
    await type(name)
    await page
      .getByRole('dialog')
      .getByRole('option', { name: new RegExp(`^${name}`) })
      .waitFor()
    await press('Enter')
    await page.getByRole('heading', { name, level: 1 }).waitFor()
  }

  it('signs in', async () => {
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await reach(page.getByLabel('Address', { exact: true }))
    await type(EMAIL)
    await reach(page.getByLabel('Password', { exact: true }))
    await type(PASSWORD)
    await press('Enter')
    await page.getByRole('button', { name: 'Your account' }).waitFor()
  })

  it('lists the shortcuts, and comes back to where it was', async () => {
    await press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('types where it is seen to type, from the first key on', async () => {
    const focused = page.evaluate<string | null>(`new Promise((done) => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('[role=dialog] [role=combobox]') === null) return
        seen.disconnect()
        done(document.activeElement.getAttribute('role'))
      })
      seen.observe(document.body, { childList: true, subtree: true })
    })`)
    await press('Control+k')
    expect(await focused).toBe('combobox')
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('finds a product by name, told as a list of which one is chosen', async () => {
    await press('Control+k')
    const box = page.getByRole('combobox', { name: 'Find a page, a store, a product or an action' })
    await box.and(page.locator(':focus[aria-expanded="true"]')).waitFor()
    const list = page.getByRole('listbox', { name: 'Find' })
    expect(await box.getAttribute('aria-controls')).toBe(await list.getAttribute('id'))
    const isChosen = async (option: Locator) => {
      expect(await list.getByRole('option', { selected: true }).count()).toBe(1)
      expect(await option.getAttribute('aria-selected')).toBe('true')
      expect(await box.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
    }
    await isChosen(list.getByRole('option').first())
    await press('ArrowDown')
    await isChosen(list.getByRole('group', { name: 'Pages' }).getByRole('option').nth(1))
    await press('ArrowUp')
    await press('ArrowUp')
    await isChosen(list.getByRole('option').last())

    await type('no such thing')
    await page.getByRole('dialog').getByRole('status').getByText('Nothing is called so.').waitFor()
    await box.and(page.locator('[aria-expanded="false"]:not([aria-activedescendant])')).waitFor()
    await box.fill('')
    // No page is called so: products come later than the keys, and Enter opens what is then the first.
    await type('cotton k')
    const kurta = list.getByRole('group', { name: 'Products' }).getByRole('option', { name: /^Cotton kurta/ })
    await kurta.waitFor()
    await isChosen(kurta)
    await press('Enter')
    await page.getByRole('heading', { name: 'Cotton kurta', level: 1 }).waitFor()
    await press('Control+k')
    await box.waitFor()
    expect(await box.inputValue()).toBe('')
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('takes in a delivery, which is in the audit', async () => {
    await goTo('Inventory')
    await reach(page.getByRole('button', { name: 'Change the stock of Desk lamp in High Street' }))
    await press('Enter')
    await reach(page.getByLabel('Units received'))
    await type('24')
    await reach(page.getByLabel('Note'))
    await type('delivery 4711')
    await reach(page.getByRole('dialog').getByRole('button', { name: 'Change the stock' }))
    await press('Enter')
    await page.getByText('It is in the audit.').waitFor()
    await goTo('Audit')
    await page.getByText('delivery 4711').first().waitFor()
  })

  it('acknowledges an alert', async () => {
    const acknowledged = async () =>
      (await engine.get('/alerts')).body.items.filter(({ acknowledgedAt }: AlertItem) => acknowledgedAt !== null).length
    expect(await acknowledged()).toBe(0)
    await goTo('Alerts')
    await reach(page.getByRole('button', { name: /^Acknowledge: / }))
    await press('Enter')
    // It can be taken back for some seconds.
    await expect.poll(acknowledged, { timeout: 20_000 }).toBe(1)
  })

  it('asks for other days, which the address says', async () => {
    await goTo('Sales')
    const periods = page.getByRole('radiogroup', { name: 'Period' })
    await reach(periods.getByRole('radio', { checked: true }))
    const before = page.url()
    await press('ArrowRight')
    await expect.poll(() => page.url()).not.toBe(before)
    expect(new URL(page.url()).searchParams.get('period')).toBe(
      await periods.getByRole('radio', { checked: true }).inputValue(),
    )
  })

  it('connects a shop', async () => {
    await goTo('Integrations')
    await reach(page.getByRole('button', { name: 'Connect a marketplace' }))
    await press('Enter')
    await reach(page.getByRole('radio', { checked: true }))
    const shopify = page.getByRole('radio', { name: /^Shopify/ })
    for (let sources = 0; !(await shopify.isChecked()) && sources < 20; sources++) await press('ArrowDown')
    await reach(page.getByRole('button', { name: 'Next' }))
    await press('Enter')
    await reach(page.getByRole('textbox', { name: 'Its secret' }))
    await type('a-secret-that-the-shop-has-made-up')
    await press('Enter')
    await reach(page.getByRole('button', { name: 'Next' }))
    await press('Enter')
    await reach(page.getByRole('button', { name: 'Send a test' }))
    await press('Enter')
    await page.getByText('It works: the door answered 200.').waitFor()
    await reach(page.getByRole('button', { name: 'See its deliveries' }))
    await press('Enter')
    await page.getByRole('heading', { name: 'Our Shopify shop', level: 1 }).waitFor()
  })

  it('signs out', async () => {
    await reach(page.getByRole('button', { name: 'Your account' }))
    await press('Enter')
    await reach(page.getByRole('button', { name: 'Sign out', exact: true }), true)
    await press('Enter')
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    expect(broken).toEqual([])
  })
})
