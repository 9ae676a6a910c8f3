import { describe, expect, test } from 'vitest'
import { USERS, type User } from '#core/access/user.ts'
import type { NoticeChoices } from '#core/notices/choices.ts'
import { personKey, type RecipientKey, webhookKey } from '#core/notices/decide-deliveries.ts'
import type { Notice, NoticeAnswer, Notifier, Receiver } from '#core/ports.ts'
import { ascendingNumber, EVERY_KEY, rowKey } from '#core/row-key.ts'
import { drainOutbox } from '#runtime/drain-outbox.ts'
import { NOTICE_CHOICES } from '#runtime/notice-choices.ts'
import { linesOf, sweepNotices } from '#runtime/notice-log.ts'
import { NOTICE_DELIVERIES, NOTICE_LANES, NOTICE_QUEUE } from '#runtime/notice-queue.ts'
import { NOTICE_WEBHOOKS, type NoticeWebhook } from '#runtime/notice-webhooks.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { OUTBOX_TABLE, type Telling } from '#runtime/run-batch.ts'
import { sendDue } from '#runtime/send-notices.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = Date.parse('2026-03-02T10:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Sent = { readonly id: string; readonly to: string; readonly notice: Notice; readonly at: number }
const addressOf = (to: Receiver): string =>
  to.channel === 'webhook' ? to.url : to.channel === 'email' ? to.address : to.name

type Alerting = {
  readonly shard?: number
  readonly productId?: string
  readonly storeId?: string
  readonly severity?: 'WARNING' | 'CRITICAL'
  readonly alertId?: string
}

/** A merchant `m` with whatever a test gives them, and receivers that do as it says. */
class Shop {
  readonly clock = new FixedClock(AT)
  readonly sent: Sent[] = []
  readonly ports: Ports
  /** By address, what it answers; a receiver that is not named takes everything. */
  readonly answers = new Map<string, () => NoticeAnswer | Promise<NoticeAnswer>>()
  readonly state: MemoryStateStore
  private told = 0

  constructor(state = new MemoryStateStore()) {
    this.state = state
    const notifier: Notifier = {
      refusal: () => undefined,
      notify: async (notice, to) => {
        this.sent.push({ id: notice.id, to: addressOf(to), notice, at: this.clock.now() })
        return this.answers.get(addressOf(to))?.() ?? { fate: 'taken', status: 200 }
      },
    }
    this.ports = portsInTest({ state, clock: this.clock, notifier })
  }

  /** A notice in a shard's outbox. */
  async tell(n: number, alerting: Alerting = {}): Promise<void> {
    const { shard = 0, productId = 'lamp', storeId = 's', severity = 'CRITICAL', alertId = `a${n}` } = alerting
    const data = {
      alertId,
      productId,
      storeId,
      kind: severity === 'CRITICAL' ? 'OUT_OF_STOCK' : 'LOW_STOCK',
      severity,
      openedAt: AT,
      changedAt: AT,
      figures: { onHand: severity === 'CRITICAL' ? 0 : 4, before: 5, unitsPerDay: 2 },
      becauseOf: `e${n}`,
    }
    const place = { merchantId: 'm', storeId, occurredAt: AT, acceptedAt: AT }
    const row: Telling = { channel: 'notice', topic: 'alert', subject: alertId, data, id: `${shard}-${n}`, ...place }
    await this.state.commit([{ table: OUTBOX_TABLE, key: rowKey(String(shard), ascendingNumber(this.told++)), row }])
  }

  async webhook(id: string, url = `https://${id}.example`): Promise<void> {
    const row: NoticeWebhook = { id, merchantId: 'm', url, label: id, status: 'active', createdAt: AT }
    await this.state.commit([
      { table: NOTICE_WEBHOOKS, key: rowKey('m', id), row },
      { table: 'merchants', key: 'm', row: { id: 'm', name: 'M', status: 'active', createdAt: 0 } },
    ])
  }

  async person(id: string, choices: Partial<NoticeChoices> = {}, user: Partial<User> = {}): Promise<void> {
    const row: User = {
      id,
      merchantId: 'm',
      email: `${id}@example.in`,
      name: id,
      role: 'owner',
      status: 'active',
      createdAt: 0,
      version: 1,
      ...user,
    }
    await this.state.commit([
      { table: USERS, key: rowKey('m', id), row },
      { table: NOTICE_CHOICES, key: rowKey('m', id), row: { channels: ['email'], ...choices, version: 1 } },
      { table: 'merchants', key: 'm', row: { id: 'm', name: 'M', status: 'active', createdAt: 0 } },
    ])
  }

  run(): Promise<void> {
    return handler({}, contextWith(this.ports, 'deliver-notices'))
  }

  /** Runs at this time of the day. */
  async runAt(at: string | number): Promise<void> {
    this.clock.set(at)
    await this.run()
  }

  idsTo = (to: string): string[] => this.sent.filter((it) => it.to === to).map(({ id }) => id)

  async lines(to: RecipientKey) {
    return (await linesOf(this.ports, { merchantId: 'm', to }, undefined, 100)).lines.toReversed()
  }

  async rows(table: string): Promise<object[]> {
    return (await this.state.query({ table, range: EVERY_KEY })).map(({ row }) => row)
  }
}

const away = (): NoticeAnswer => ({ fate: 'later', status: 503, error: 'it answered 503' })
const never = () => new Promise<NoticeAnswer>(() => {})

describe('notices', () => {
  test('go to each webhook and person once, in words, and out of the outbox', async () => {
    const shop = new Shop()
    await shop.webhook('w1')
    await shop.webhook('w2')
    await shop.person('asha')
    await shop.state.commit([
      { table: 'product-listings', key: rowKey('0', 'm', 'lamp'), row: { productId: 'lamp', title: 'Lamp' } },
    ])
    for (let n = 0; n < 250; n++) await shop.tell(n)
    await shop.tell(250, { shard: 3, productId: 'cup' })
    await shop.run()
    const ids = Array.from({ length: 251 }, (_, n) => `a${n}-critical`).sort()
    for (const to of ['https://w1.example', 'https://w2.example', 'asha@example.in'])
      expect(shop.idsTo(to).sort()).toEqual(ids)
    expect(shop.sent.find(({ id }) => id === 'a0-critical')!.notice).toMatchObject({
      merchantId: 'm',
      storeId: 's',
      kind: 'out-of-stock',
      severity: 'CRITICAL',
      subject: 'critical: Lamp',
      text: 'Lamp is sold out, about 2 sold a day. Reorder it, or take it off sale.',
      data: { id: 'a0', kind: 'OUT_OF_STOCK', productId: 'lamp' },
    })
    expect(shop.sent.find(({ id }) => id === 'a250-critical')!.notice.subject).toBe('critical: cup')
    for (const table of [OUTBOX_TABLE, NOTICE_QUEUE, NOTICE_LANES]) expect(await shop.rows(table)).toEqual([])
    await shop.run()
    expect(shop.sent.length).toBe(3 * 251)
  })

  test('nobody who chose nothing is told anything, and nothing is kept', async () => {
    const shop = new Shop()
    await shop.person('asha', { channels: [] })
    await shop.tell(0)
    await shop.run()
    expect([shop.sent, await shop.rows(OUTBOX_TABLE), await shop.rows(NOTICE_DELIVERIES)]).toEqual([[], [], []])
  })

  test('one for an alert and level, however often it gets there', async () => {
    const shop = new Shop()
    await shop.webhook('w')
    await shop.tell(0, { alertId: 'a', severity: 'WARNING' })
    await shop.tell(1, { alertId: 'a' })
    await shop.run()
    await shop.tell(2, { alertId: 'a' })
    await shop.tell(3, { alertId: 'a', severity: 'WARNING' })
    await shop.run()
    expect(shop.idsTo('https://w.example').sort()).toEqual(['a-critical', 'a-warning'])
  })

  test('nor is it told again when its deliveries are long forgotten', async () => {
    const shop = new Shop()
    await shop.webhook('w')
    await shop.tell(0, { alertId: 'a' })
    await shop.run()
    shop.clock.advance(30 * 24 * HOUR)
    await sweepNotices(shop.ports)
    expect(await shop.rows(NOTICE_DELIVERIES)).toEqual([])
    await shop.tell(1, { alertId: 'a' })
    await shop.run()
    expect(shop.idsTo('https://w.example')).toEqual(['a-critical'])
  })

  test('the setting of before still delivers, until its receiver is gone or it is changed', async () => {
    const shop = new Shop()
    const set = async (url: string) => {
      const settings = { values: { noticeWebhookUrl: url }, categories: {} }
      await shop.state.commit([{ table: 'settings', key: rowKey('0', 'm'), row: settings }])
      const merchant = { id: 'm', name: 'M', status: 'active', createdAt: 0 }
      await shop.state.commit([{ table: 'merchants', key: 'm', row: merchant }])
    }
    await set('https://old.example')
    await shop.tell(0)
    await shop.run()
    shop.answers.set('https://old.example', () => ({ fate: 'gone', status: 410, error: 'gone' }))
    await shop.tell(1)
    await shop.run()
    await shop.tell(2)
    await shop.run()
    expect(shop.idsTo('https://old.example')).toEqual(['a0-critical', 'a1-critical'])
    await set('https://new.example')
    await shop.tell(3)
    await shop.run()
    expect(shop.idsTo('https://new.example')).toEqual(['a3-critical'])
  })
})

describe('a receiver that is away', () => {
  test('gets the same notice again and again for 75 hours, and then no more: the log says so', async () => {
    const shop = new Shop()
    await shop.webhook('w')
    shop.answers.set('https://w.example', away)
    await shop.tell(0)
    for (let minute = 0; minute <= 90 * 60; minute++) await shop.runAt(AT + minute * MINUTE)
    const hours = shop.sent.map(({ at }) => (at - AT) / HOUR)
    expect(hours.length).toBe(10)
    expect(hours.at(-1)).toBeGreaterThanOrEqual(75)
    expect(hours.at(-1)).toBeLessThanOrEqual(84)
    expect(new Set(shop.sent.map(({ id }) => id))).toEqual(new Set(['a0-critical']))
    const lines = await shop.lines(webhookKey('w'))
    expect(lines.map(({ attempt, status }) => [attempt, status])).toEqual([
      ...Array.from({ length: 9 }, (_, i) => [i + 1, 'failed']),
      [10, 'given-up'],
    ])
    expect(lines[0]).toMatchObject({ receiverStatus: 503, error: 'it answered 503', way: 'delivery' })
    expect(await shop.rows(NOTICE_QUEUE)).toEqual([])
  })

  test('and comes back gets what it missed, under its ids', async () => {
    const shop = new Shop()
    await shop.webhook('w')
    shop.answers.set('https://w.example', away)
    for (let n = 0; n < 5; n++) await shop.tell(n)
    await shop.run()
    shop.answers.delete('https://w.example')
    await shop.runAt(AT + 4_999)
    expect(shop.sent.length).toBe(5)
    await shop.runAt(AT + 5_500)
    expect(shop.sent.length).toBe(10)
    expect(new Set(shop.sent.map(({ id }) => id)).size).toBe(5)
    expect((await shop.lines(webhookKey('w'))).slice(5).every(({ status }) => status === 'taken')).toBe(true)
  })

  test('holds up nobody else, even where it never answers', async () => {
    const shop = new Shop()
    await shop.webhook('bad')
    await shop.webhook('good')
    shop.answers.set('https://bad.example', never)
    for (let n = 0; n < 100; n++) await shop.tell(n)
    void shop.run()
    await expect.poll(() => shop.idsTo('https://good.example').length).toBe(100)
    // The first run still waits for the bad one; the next ones take the good one further.
    for (let n = 100; n < 110; n++) {
      await shop.tell(n)
      await shop.run()
      expect(shop.idsTo('https://good.example').length).toBe(n + 1)
    }
    // Nor does it get more at once than a few.
    expect(shop.idsTo('https://bad.example').length).toBe(8)
  })

  test('says 410: it is told nothing more, whatever waits', async () => {
    const shop = new Shop()
    await shop.webhook('w')
    shop.answers.set('https://w.example', away)
    await shop.tell(0)
    await shop.run()
    shop.answers.set('https://w.example', () => ({ fate: 'gone', status: 410, error: 'it answered 410' }))
    await shop.tell(1)
    await shop.run()
    shop.answers.delete('https://w.example')
    await shop.tell(2)
    await shop.runAt(AT + HOUR)
    expect(shop.idsTo('https://w.example')).toEqual(['a0-critical', 'a1-critical'])
    const lines = await shop.lines(webhookKey('w'))
    expect(lines.map(({ noticeId, status }) => [noticeId, status])).toEqual([
      ['a0-critical', 'failed'],
      ['a1-critical', 'gone'],
      ['a0-critical', 'dropped'],
    ])
    expect(await shop.rows(NOTICE_WEBHOOKS)).toMatchObject([{ id: 'w', status: 'disabled', disabledAt: AT }])
  })

  test('a defect of ours counts as an attempt, is told, and holds up nobody', async () => {
    const shop = new Shop()
    await shop.webhook('w')
    await shop.webhook('good')
    shop.answers.set('https://w.example', () => {
      throw new TypeError('a defect')
    })
    await shop.tell(0)
    await expect(shop.run()).rejects.toThrow('a defect')
    expect(shop.idsTo('https://good.example')).toEqual(['a0-critical'])
    await shop.run()
    expect(shop.idsTo('https://w.example')).toEqual(['a0-critical'])
    expect(await shop.lines(webhookKey('w'))).toMatchObject([{ status: 'failed', attempt: 1 }])
  })
})

describe('cut off in the middle', () => {
  /** As a kill would: every commit from the `n`th on is lost. */
  function failingFrom(shop: Shop, n: number): void {
    const commit = shop.state.commit.bind(shop.state)
    let count = 0
    shop.state.commit = (writes, conditions) => {
      if (count++ >= n) throw new Error('the disk is gone')
      return commit(writes, conditions)
    }
  }

  test('between any two steps: nothing is lost, and what goes again has the id that it had', async () => {
    for (let n = 0; n < 12; n++) {
      const state = new MemoryStateStore()
      const shop = new Shop(state)
      await shop.webhook('w')
      await shop.person('asha')
      await shop.person('bela', { digest: 'hourly' })
      for (let i = 0; i < 3; i++) await shop.tell(i)
      failingFrom(shop, n)
      await shop.run().catch(({ message }) => expect(message).toContain('the disk is gone'))
      // The next process, with the rows that are there.
      Reflect.deleteProperty(state, 'commit')
      const after = new Shop(state)
      await after.run()
      await after.runAt(AT + HOUR)
      const sent = [...shop.sent, ...after.sent]
      for (const to of ['https://w.example', 'asha@example.in'])
        expect(new Set(sent.filter((it) => it.to === to).map(({ id }) => id))).toEqual(
          new Set(['a0-critical', 'a1-critical', 'a2-critical']),
        )
      const digests = sent.filter(({ to }) => to === 'bela@example.in')
      expect(digests.map(({ id }) => id)).toEqual([`digest-bela-email-${AT + HOUR}`])
      expect(digests[0]!.notice.subject).toBe('3 notices, 3 critical, of 1 store')
      expect(await after.rows(NOTICE_QUEUE)).toEqual([])
    }
  })

  test('between two parts of one notice: who has it already does not get it again', async () => {
    const state = new MemoryDynamoStateStore()
    const shop = new Shop(state)
    for (let n = 0; n < 60; n++) await shop.person(`p${n}`)
    await shop.tell(0)
    failingFrom(shop, 1)
    await expect(shop.run()).rejects.toThrow('the disk is gone')
    Reflect.deleteProperty(state, 'commit')
    const before = (await shop.rows(NOTICE_DELIVERIES)).length
    expect(before).toBeGreaterThan(0)
    // They are sent before the rest of the notice comes.
    await sendDue(shop.ports, AT)
    expect(shop.sent.length).toBe(before)
    await shop.run()
    expect(shop.sent.length).toBe(60)
  })

  test('while a digest is put together: it has one id, and holds everything', async () => {
    for (let n = 0; n < 4; n++) {
      const state = new MemoryStateStore()
      const shop = new Shop(state)
      await shop.person('bela', { digest: 'hourly' })
      for (let i = 0; i < 3; i++) await shop.tell(i)
      await shop.run()
      shop.clock.set(AT + HOUR)
      failingFrom(shop, n)
      await shop.run().catch(({ message }) => expect(message).toContain('the disk is gone'))
      Reflect.deleteProperty(state, 'commit')
      const after = new Shop(state)
      await after.runAt(AT + HOUR + 1_000)
      await after.runAt(AT + 2 * HOUR)
      const sent = [...shop.sent, ...after.sent]
      expect(new Set(sent.map(({ id }) => id))).toEqual(new Set([`digest-bela-email-${AT + HOUR}`]))
      expect(new Set(sent.map(({ notice }) => notice.text)).size).toBe(1)
    }
  })
})

describe('people', () => {
  test('are told what they may see when it is sent, not when it was decided', async () => {
    const shop = new Shop()
    await shop.person('asha', { quietHours: { from: '09:00', to: '11:00' } })
    await shop.person('bela', { quietHours: { from: '09:00', to: '11:00' } })
    await shop.person('chitra', { quietHours: { from: '09:00', to: '11:00' } })
    await shop.tell(0)
    await shop.run()
    expect(shop.sent).toEqual([])
    await shop.person('asha', {}, { stores: ['another'] })
    await shop.person('bela', {}, { status: 'removed' })
    await shop.runAt('2026-03-02T10:59:59.999Z')
    expect(shop.sent).toEqual([])
    await shop.runAt('2026-03-02T11:00:00Z')
    expect(shop.sent.map(({ to }) => to)).toEqual(['chitra@example.in'])
    expect(await shop.lines(personKey('asha'))).toMatchObject([{ status: 'dropped', attempt: 0 }])
    expect(await shop.lines(personKey('bela'))).toMatchObject([{ status: 'dropped', attempt: 0 }])
  })

  test('are left in peace by what is tried again, too', async () => {
    const shop = new Shop()
    await shop.person('asha', { quietHours: { from: '10:03', to: '12:00' } })
    shop.answers.set('asha@example.in', away)
    await shop.tell(0)
    await shop.run()
    await shop.runAt(AT + 6_000)
    await shop.runAt(AT + 6 * MINUTE)
    expect(shop.sent.length).toBe(2)
    await shop.runAt('2026-03-02T12:00:00Z')
    expect(shop.sent.length).toBe(3)
  })

  test('get a digest of what they may still see, by store, once', async () => {
    const shop = new Shop()
    await shop.person('asha', { digest: 'daily', digestHour: 18, channels: ['email', 'log'] })
    await shop.tell(0, { storeId: 'delhi' })
    await shop.tell(1, { storeId: 'jaipur', severity: 'WARNING' })
    await shop.tell(2, { storeId: 'mumbai' })
    await shop.run()
    await shop.runAt('2026-03-02T12:00:00Z')
    await shop.tell(3, { storeId: 'jaipur' })
    await shop.run()
    await shop.person(
      'asha',
      { digest: 'daily', digestHour: 18, channels: ['email', 'log'] },
      { stores: ['delhi', 'jaipur'] },
    )
    for (const at of ['17:59:59.999', '18:00:00', '18:00:01', '23:00:00']) await shop.runAt(`2026-03-02T${at}Z`)
    expect(shop.sent.map(({ to }) => to).sort()).toEqual(['asha', 'asha@example.in'])
    const { notice, at } = shop.sent[0]!
    expect(new Date(at).toISOString()).toBe('2026-03-02T18:00:00.000Z')
    expect(notice.subject).toBe('3 notices, 2 critical, of 2 stores')
    expect(notice.text).not.toContain('mumbai')
  })

  test('get no digest that waited for them, once they may not see all of it', async () => {
    const shop = new Shop()
    await shop.person('asha', { digest: 'hourly' })
    await shop.tell(0, { storeId: 'delhi' })
    await shop.tell(1, { storeId: 'jaipur' })
    await shop.run()
    shop.answers.set('asha@example.in', away)
    await shop.runAt(AT + HOUR)
    expect(shop.sent).toHaveLength(1)
    await shop.person('asha', { digest: 'hourly' }, { stores: ['delhi'] })
    await shop.runAt(AT + 2 * HOUR)
    expect(shop.sent).toHaveLength(1)
    expect((await shop.lines(personKey('asha'))).map(({ status }) => status)).toEqual(['failed', 'dropped'])
  })

  test('without an address are told so in their log, once', async () => {
    const shop = new Shop()
    await shop.state.commit([
      { table: NOTICE_CHOICES, key: rowKey('m', 'owner'), row: { channels: ['email', 'log'], version: 1 } },
      { table: 'merchants', key: 'm', row: { id: 'm', name: 'M', status: 'active', createdAt: 0 } },
    ])
    await shop.tell(0)
    await shop.run()
    await shop.runAt(AT + HOUR)
    expect(shop.sent.map(({ to }) => to)).toEqual(['owner'])
    const lines = await shop.lines(personKey('owner'))
    expect(lines.map(({ channel, status }) => `${channel} ${status}`).sort()).toEqual(['email dropped', 'log taken'])
  })
})

describe('many', () => {
  test('recipients of a notice, in a store whose transactions are small', async () => {
    const state = new MemoryDynamoStateStore()
    const shop = new Shop(state)
    for (let n = 0; n < 60; n++) await shop.person(`p${n}`)
    for (let n = 0; n < 10; n++) await shop.person(`d${n}`, { digest: 'hourly' })
    for (let n = 0; n < 130; n++) await shop.tell(n)
    await shop.run()
    expect(shop.sent.length).toBe(60 * 130)
    await shop.runAt(AT + HOUR)
    const digests = shop.sent.slice(60 * 130)
    // What does not fit into one goes in two.
    expect(digests.map(({ id }) => id).filter((id) => id.startsWith('digest-d0-'))).toEqual([
      `digest-d0-email-${AT + HOUR}`,
      `digest-d0-email-${AT + HOUR}-1`,
    ])
    expect(state.largestCommit).toBeLessThanOrEqual(100)
    for (const table of [OUTBOX_TABLE, NOTICE_QUEUE, NOTICE_LANES]) expect(await shop.rows(table)).toEqual([])
  })

  test('10,000 leave the outbox in pages, and let others in meanwhile', async () => {
    const shop = new Shop()
    await shop.person('asha', { channels: ['log'] })
    for (let n = 0; n < 10_000; n++) await shop.tell(n, { shard: n % 4 })
    const before = shop.state.calls.commit
    expect(await lettingOthersIn(() => drainOutbox(shop.ports, AT))).toBe(10_000)
    expect(shop.state.calls.commit - before).toBe(100)
    expect((await shop.rows(NOTICE_QUEUE)).length).toBe(10_000)
    expect(await shop.rows(OUTBOX_TABLE)).toEqual([])
  })

  test('lines of the log, which wait for nobody, let others in between', async () => {
    const shop = new Shop()
    for (let n = 0; n < 20; n++) await shop.person(`p${n}`, { channels: ['log'] })
    for (let n = 0; n < 250; n++) await shop.tell(n)
    await drainOutbox(shop.ports, AT)
    await lettingOthersIn(() => sendDue(shop.ports, AT))
    expect(shop.sent.length).toBe(5_000)
  })

  /** Others get a turn every few milliseconds of its work: by the processor's time, since the machine has other work too. */
  async function lettingOthersIn<Done>(work: () => Promise<Done>): Promise<Done> {
    let turns = 0
    let isOver = false
    const others = (async () => {
      for (; !isOver; turns++) await new Promise((done) => setImmediate(done))
    })()
    const before = process.threadCpuUsage()
    const done = await work()
    const { user, system } = process.threadCpuUsage(before)
    isOver = true
    await others
    const workedMs = (user + system) / 1_000
    expect(turns).toBeGreaterThan(Math.max(2, workedMs / 50))
    return done
  }

  test('two processes that send at once lose no line of the log, and number none twice', async () => {
    const state = new MemoryDynamoStateStore()
    const shop = new Shop(state)
    await shop.webhook('w')
    for (let n = 0; n < 30; n++) await shop.tell(n)
    await drainOutbox(shop.ports, AT)
    // Another process: what this one keeps in memory by its store, it has not.
    const elsewhere = { ...shop.ports, state: Object.create(state) as MemoryDynamoStateStore }
    await Promise.all([sendDue(shop.ports, AT), sendDue(elsewhere, AT)])
    const { lines } = await linesOf(shop.ports, { merchantId: 'm', to: webhookKey('w') }, undefined, 300)
    expect(shop.sent.length).toBeGreaterThanOrEqual(30)
    expect(lines.map(({ number }) => number)).toEqual(shop.sent.map((_, i) => shop.sent.length - i))
    expect(lines.map(({ noticeId }) => noticeId).sort()).toEqual(shop.sent.map(({ id }) => id).sort())
    expect(await shop.rows(NOTICE_QUEUE)).toEqual([])
  })

  test('attempts leave a log and deliveries that are bounded, in pages without a gap', async () => {
    const shop = new Shop()
    await shop.webhook('w')
    for (let n = 0; n < 2_300; n++) await shop.tell(n)
    await shop.run()
    const place = { merchantId: 'm', to: webhookKey('w') }
    const numbers: number[] = []
    for (let before: number | undefined; ; ) {
      const { lines, next } = await linesOf(shop.ports, place, before, 300)
      numbers.push(...lines.map(({ number }) => number))
      if (next === null) break
      before = next
    }
    expect(numbers).toEqual(Array.from({ length: 1_000 }, (_, i) => 2_300 - i))
    expect((await shop.rows(NOTICE_DELIVERIES)).length).toBe(1_000)
  })
})
