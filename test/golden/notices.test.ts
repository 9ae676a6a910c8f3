/** What people choose, where merchants have notices posted, and what came of it: through the functions. */
import { describe, expect, it } from 'vitest'
import { USERS, type User, viewerOf } from '#core/access/user.ts'
import { NOTICE_KINDS } from '#core/notices/notice-kinds.ts'
import type { Notice, NoticeAnswer, Receiver, Viewer } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import { handler as deliver } from '#functions/deliver-notices/handler.ts'
import { handler as manage } from '#functions/manage-notices/handler.ts'
import { changesIn } from '#runtime/audit.ts'
import { LIST_TURNS } from '#runtime/list-turns.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { sweepNotices } from '#runtime/notice-log.ts'
import { contextWith } from '#runtime/ports.ts'
import { removeMerchant } from '#runtime/remove-merchant.ts'
import { OUTBOX_TABLE, type Telling } from '#runtime/run-batch.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemorySecrets } from '#test/fakes/memory-secrets.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'

const NOW = '2026-03-02T10:00:00.000Z'
const URL = 'https://hooks.example/alerts'

function newShop(merchantId = 'demo', state = new MemoryStateStore()) {
  const clock = new FixedClock(NOW)
  const secrets = new MemorySecrets()
  const sent: { notice: Notice; to: Receiver }[] = []
  const behaviour: { answer: NoticeAnswer; refusal: string | undefined } = {
    answer: { fate: 'taken', status: 200 },
    refusal: undefined,
  }
  const notifier = {
    refusal: () => behaviour.refusal,
    notify: async (notice: Notice, to: Receiver) => {
      sent.push({ notice, to })
      return behaviour.answer
    },
  }
  const ports = portsInTest({ clock, state, secrets, notifier })
  const owner = ownerOf(merchantId)
  return {
    ports,
    clock,
    state,
    secrets,
    sent,
    behaviour,
    owner,
    call: (
      route: string,
      body?: unknown,
      more: { viewer?: Viewer; id?: string; query?: Record<string, string> } = {},
    ) =>
      ask(manage, ports, route, {
        viewer: more.viewer ?? owner,
        params: { id: more.id ?? '', number: more.id ?? '' },
        ...(more.query && { query: more.query }),
        body,
      }),
    run: () => deliver({}, contextWith(ports, 'deliver-notices')),
    tell: (n: number, storeId = 's') => {
      const alert = {
        alertId: `a${n}`,
        productId: 'lamp',
        storeId,
        kind: 'OUT_OF_STOCK',
        severity: 'CRITICAL',
        openedAt: 0,
        changedAt: 0,
        figures: { onHand: 0, before: 1, unitsPerDay: 2 },
        becauseOf: 'e',
      }
      const row: Telling = {
        channel: 'notice',
        topic: 'alert',
        subject: `a${n}`,
        data: alert,
        id: `${n}`,
        merchantId,
        storeId,
        occurredAt: 0,
        acceptedAt: 0,
      }
      return state.commit([{ table: OUTBOX_TABLE, key: rowKey('0', String(n)), row }])
    },
    user: (id: string, user: Partial<User> = {}): Viewer => {
      const row: User = {
        id,
        merchantId,
        email: `${id}@example.in`,
        name: id,
        role: 'store-manager',
        status: 'active',
        createdAt: 0,
        version: 1,
        ...user,
      }
      state.commit([{ table: USERS, key: rowKey(merchantId, id), row }])
      return viewerOf(row)
    },
  }
}

describe('choices', () => {
  it('nothing is chosen at first, and everything that can be is named', async () => {
    const { call } = newShop()
    const { body } = await call('GET /notices/choices')
    expect(body).toMatchObject({ version: 0, choices: { channels: [] }, emailAddress: null })
    expect(body.kinds.map(({ kind }: { kind: string }) => kind)).toEqual(Object.keys(NOTICE_KINDS))
  })

  it('what is named changes, the rest stays, and one’s own are nobody else’s', async () => {
    const { call, user } = newShop()
    const asha = user('asha')
    const first = { version: 0, channels: ['email'], quietHours: { from: '22:00', to: '07:00' } }
    expect((await call('POST /notices/choices', first, { viewer: asha })).body).toMatchObject({
      version: 1,
      emailAddress: 'asha@example.in',
    })
    const second = await call('POST /notices/choices', { version: 1, digest: 'hourly' }, { viewer: asha })
    expect(second.body.choices).toMatchObject({ channels: ['email'], quietHours: first.quietHours, digest: 'hourly' })
    expect((await call('GET /notices/choices')).body.version).toBe(0)
  })

  it('a change of what was changed meanwhile is a conflict that shows it', async () => {
    const { call } = newShop()
    const [one, other] = await Promise.all([
      call('POST /notices/choices', { version: 0, channels: ['log'] }),
      call('POST /notices/choices', { version: 0, channels: ['email'] }),
    ])
    expect([one.status, other.status].sort()).toEqual([200, 409])
    const won = one.status === 200 ? one : other
    const lost = one.status === 200 ? other : one
    expect(lost.body.present).toEqual(won.body)
    expect(lost.reply.headers!['content-type']).toContain('problem+json')
    expect((await call('POST /notices/choices', { version: 7, channels: [] })).status).toBe(409)
  })

  it.each<[object, string]>([
    [{ channels: ['pigeon'] }, 'channels.0'],
    [{ kinds: ['weather'] }, 'kinds.0'],
    [{ leastSeverity: 'MILD' }, 'leastSeverity'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ quietHours: { from: '24:00', to: '07:00' } }, 'quietHours.from'],
    [{ quietHours: { from: '07:00', to: '07:00' } }, 'quietHours.to'],
    [{ digest: 'monthly' }, 'digest'],
    [{ digestHour: 24 }, 'digestHour'],
    [{ stores: ['-'] }, 'stores.0'],
    [{ email: 'no address' }, 'email'],
    [{ colour: 'red' }, 'colour'],
    [{ version: -1 }, 'version'],
  ])('%j is refused at %s', async (change, field) => {
    const { call } = newShop()
    const { status, body } = await call('POST /notices/choices', { version: 0, ...change })
    expect(status).toBe(422)
    expect(body.problems[0].field).toBe(field)
  })

  it('of stores only those that one may see; an address only where there is no account', async () => {
    const { call, user } = newShop()
    const viewer = user('asha', { stores: ['jaipur'] })
    const { status, body } = await call(
      'POST /notices/choices',
      { version: 0, stores: ['jaipur', 'delhi'], email: 'eve@example.com' },
      { viewer },
    )
    expect(status).toBe(422)
    expect(body.problems.map(({ field }: { field: string }) => field)).toEqual(['stores.1', 'email'])
    expect((await call('POST /notices/choices', { version: 0, stores: ['jaipur'] }, { viewer })).status).toBe(200)
    const ofOwner = await call('POST /notices/choices', { version: 0, email: 'asha@example.in' })
    expect(ofOwner.body.emailAddress).toBe('asha@example.in')
  })

  it('say why no e-mail can be sent as things are', async () => {
    const { call, behaviour } = newShop()
    behaviour.refusal = 'no mail server is known'
    expect((await call('GET /notices/choices')).body.emailProblem).toBe('no mail server is known')
  })
})

describe('webhooks', () => {
  it('get a secret that is shown once, and sign with it', async () => {
    const { call, tell, run, sent } = newShop()
    const { status, body: made } = await call('POST /notices/webhooks', { url: URL })
    expect([status, made.label, made.isSigned]).toEqual([201, 'hooks.example', true])
    expect(made.secret).toMatch(/^whsec_/)
    expect(JSON.stringify((await call('GET /notices/webhooks')).body)).not.toContain(made.secret)
    await tell(0)
    await run()
    expect(sent.map(({ to }) => to)).toEqual([{ channel: 'webhook', url: URL, secrets: [made.secret] }])
  })

  it('and what was chosen: who changed it is in the audit, without a secret or what an address hides', async () => {
    const { call, state, owner } = newShop()
    const { body: made } = await call('POST /notices/webhooks', { url: `${URL}?key=hidden` })
    await call('DELETE /notices/webhooks/{id}', undefined, { id: made.id })
    await call('POST /notices/choices', { version: 0, email: 'asha@example.in', channels: ['log'] })
    const { items } = await changesIn(state, 'demo', under('demo'), 10)
    expect(items.map(({ what }) => what).sort()).toEqual([
      'notice-webhook.added',
      'notice-webhook.removed',
      'notices.chosen',
    ])
    expect(new Set(items.map(({ who }) => who.id))).toEqual(new Set([owner.subject]))
    expect(JSON.stringify(items)).not.toMatch(/hidden|whsec_|asha@/)
    const chosen = items.find(({ what }) => what === 'notices.chosen')
    expect(chosen).toMatchObject({ before: { email: null }, after: { email: 'a…@example.in', channels: ['log'] } })
  })

  it('that are removed get nothing more, and their secret is gone', async () => {
    const { call, tell, run, sent, secrets, behaviour } = newShop()
    const { body: made } = await call('POST /notices/webhooks', { url: URL })
    behaviour.answer = { fate: 'later', status: 500, error: 'it answered 500' }
    await tell(0)
    await run()
    expect((await call('DELETE /notices/webhooks/{id}', undefined, { id: made.id })).status).toBe(200)
    expect(await secrets.get(`connection/${made.id}`)).toBeUndefined()
    await tell(1)
    await run()
    expect(sent.length).toBe(1)
    expect((await call('DELETE /notices/webhooks/{id}', undefined, { id: made.id })).status).toBe(404)
  })

  it('are ten at most, and of addresses that can be reached', async () => {
    const { call, behaviour } = newShop()
    for (let n = 0; n < 10; n++) expect((await call('POST /notices/webhooks', { url: `${URL}/${n}` })).status).toBe(201)
    expect((await call('POST /notices/webhooks', { url: URL })).status).toBe(409)
    for (const url of ['', 'hooks.example', 'ftp://hooks.example']) {
      const { status, body } = await call('POST /notices/webhooks', { url })
      expect([status, body.problems[0].message]).toEqual([422, expect.stringContaining('must be an address')])
    }
    behaviour.refusal = 'cannot be reached'
    const { status, body } = await call('POST /notices/webhooks', { url: URL })
    expect([status, body.problems]).toEqual([422, [{ field: 'url', message: 'cannot be reached' }]])
  })

  it.each([MemoryStateStore, MemoryDynamoStateStore])(
    'are ten at most of some that are added at once: %o',
    async (Store) => {
      const { call, secrets } = newShop('demo', new Store())
      const add = (n: number) => call('POST /notices/webhooks', { url: `${URL}/${n}` })
      for (let n = 0; n < 8; n++) expect((await add(n)).status).toBe(201)
      const answers = await Promise.all([8, 9, 10, 11].map(add))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409])
      const { items } = (await call('GET /notices/webhooks')).body
      expect(items).toHaveLength(10)
      expect(secrets.names).toEqual(items.map(({ id }: { id: string }) => `connection/${id}`).toSorted())
    },
  )

  it('of the setting of before is among them beside the ten, and goes with it', async () => {
    const { call, state } = newShop()
    const values = { noticeWebhookUrl: URL }
    await state.commit([{ table: 'settings', key: rowKey('0', 'demo'), row: { values, categories: {} } }])
    const { body } = await call('GET /notices/webhooks')
    expect(body.items).toMatchObject([{ id: 'setting', url: URL, status: 'active', isSigned: false }])
    expect((await call('DELETE /notices/webhooks/{id}', undefined, { id: 'setting' })).status).toBe(409)
    for (let n = 0; n < 10; n++) expect((await call('POST /notices/webhooks', { url: `${URL}/${n}` })).status).toBe(201)
    expect((await call('POST /notices/webhooks', { url: URL })).status).toBe(409)
  })

  it('are no business of other merchants', async () => {
    const shop = newShop()
    const { body: made } = await shop.call('POST /notices/webhooks', { url: URL })
    const viewer = ownerOf('other')
    expect((await shop.call('GET /notices/webhooks', undefined, { viewer })).body.items).toEqual([])
    expect((await shop.call('DELETE /notices/webhooks/{id}', undefined, { viewer, id: made.id })).status).toBe(404)
    expect((await shop.call('POST /notices/test', { webhook: made.id }, { viewer })).status).toBe(404)
    const query = { webhook: made.id }
    expect((await shop.call('GET /notices/deliveries', undefined, { viewer, query })).status).toBe(404)
  })
})

describe('the log', () => {
  it('is one’s own, or a webhook’s for whoever may change those', async () => {
    const { call, user, tell, run } = newShop()
    const { body: made } = await call('POST /notices/webhooks', { url: URL })
    const asha = user('asha', { stores: ['s'] })
    await call('POST /notices/choices', { version: 0, channels: ['email'] }, { viewer: asha })
    await tell(0)
    await tell(1, 'another')
    await run()
    const own = await call('GET /notices/deliveries', undefined, { viewer: asha })
    expect(own.body.items).toMatchObject([
      { number: 1, noticeId: 'a0-critical', channel: 'email', status: 'taken', attempt: 1, at: NOW, way: 'delivery' },
    ])
    const query = { webhook: made.id }
    expect((await call('GET /notices/deliveries', undefined, { query })).body.items.length).toBe(2)
    expect((await call('GET /notices/deliveries', undefined, { query, viewer: asha })).status).toBe(403)
    expect((await call('POST /notices/test', { webhook: made.id }, { viewer: asha })).status).toBe(403)
  })

  it('comes in pages, by cursor', async () => {
    const { call, tell, run } = newShop()
    const { body: made } = await call('POST /notices/webhooks', { url: URL })
    for (let n = 0; n < 25; n++) await tell(n)
    await run()
    const numbers: number[] = []
    for (let next: string | undefined; ; ) {
      const query: Record<string, string> = { webhook: made.id, limit: '10', ...(next && { next }) }
      const { body } = await call('GET /notices/deliveries', undefined, { query })
      numbers.push(...body.items.map(({ number }: { number: number }) => number))
      if (body.next === null) break
      next = body.next
    }
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, i) => 25 - i))
  })

  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '501' }, 'limit'],
    [{ limit: 'all' }, 'limit'],
    [{ next: 'x' }, 'next'],
  ])('%j is refused', async (query, field) => {
    const { status, body } = await newShop().call('GET /notices/deliveries', undefined, { query })
    expect([status, body.problems[0].field]).toEqual([422, field])
  })

  it('is kept for seven days', async () => {
    const { call, tell, run, clock, ports, state } = newShop()
    const { body: made } = await call('POST /notices/webhooks', { url: URL })
    await tell(0)
    await run()
    const items = async () =>
      (await call('GET /notices/deliveries', undefined, { query: { webhook: made.id } })).body.items
    clock.advance(7 * 86_400_000)
    await sweepNotices(ports)
    expect((await items()).length).toBe(1)
    clock.advance(1)
    expect(await items()).toEqual([])
    await sweepNotices(ports)
    expect(state.tableNames()).not.toContain('notice-log')
    expect(state.tableNames()).not.toContain('notice-deliveries')
  })
})

describe('by hand', () => {
  it('a test goes at once, whatever the hour and the choices, and says what came of it', async () => {
    const { call, sent, behaviour } = newShop()
    const test = await call('POST /notices/test', { channel: 'log' })
    expect(test.body).toMatchObject({ kind: 'test', status: 'taken', way: 'test', number: 1 })
    expect(sent[0]).toMatchObject({ notice: { id: test.body.noticeId, kind: 'test' }, to: { channel: 'log' } })
    behaviour.answer = { fate: 'later', status: 451, error: 'the mail server answered 451' }
    await call('POST /notices/choices', { version: 0, email: 'asha@example.in' })
    const refused = await call('POST /notices/test', { channel: 'email' })
    expect(refused.body).toMatchObject({ status: 'failed', error: behaviour.answer.error, nextAt: null })
    expect(JSON.stringify(refused.body)).not.toContain('asha@')
  })

  it.each([{}, { channel: 'log', webhook: 'w' }, { channel: 'webhook' }])('a test of %j is refused', async (body) => {
    expect((await newShop().call('POST /notices/test', body)).status).toBe(422)
  })

  it('a digest of several stores is sent once more to whoever may see all of them, and to nobody else', async () => {
    const { call, tell, run, sent, clock, user } = newShop()
    const stores = ['delhi', 'jaipur']
    const viewer = user('asha', { stores })
    await call('POST /notices/choices', { version: 0, channels: ['log'], digest: 'hourly' }, { viewer })
    await tell(0, 'delhi')
    await tell(1, 'jaipur')
    await run()
    clock.advance(3_600_000)
    await run()
    const again = (as: Viewer) =>
      call('POST /notices/deliveries/{number}/redeliver', undefined, { id: '1', viewer: as })
    expect((await again(viewer)).body).toMatchObject({ kind: 'digest', status: 'taken', way: 'redelivery' })
    expect(sent.map(({ notice }) => notice.kind)).toEqual(['digest', 'digest'])
    const fewer = user('asha', { stores: ['delhi'] })
    expect((await again(fewer)).body).toMatchObject({
      status: 'refused',
      error: expect.stringContaining('may not see'),
    })
    expect(sent).toHaveLength(2)
  })

  it('what waits is sent once more under its id: taken, it waits no longer; else it goes on', async () => {
    const { call, tell, run, sent, behaviour, clock } = newShop()
    const { body: made } = await call('POST /notices/webhooks', { url: URL })
    const query = { webhook: made.id }
    const again = (number: string) =>
      call('POST /notices/deliveries/{number}/redeliver', undefined, { id: number, query })
    behaviour.answer = { fate: 'later', status: 500, error: 'it answered 500' }
    await tell(0)
    await run()
    expect((await again('1')).body).toMatchObject({ number: 2, status: 'failed', way: 'redelivery' })
    behaviour.answer = { fate: 'taken', status: 200 }
    expect((await again('1')).body).toMatchObject({ number: 3, status: 'taken', nextAt: null })
    clock.advance(86_400_000)
    await run()
    expect(sent.map(({ notice }) => notice.id)).toEqual(['a0-critical', 'a0-critical', 'a0-critical'])
    for (const number of ['4', '0', 'x', '1e3']) expect((await again(number)).status).toBe(404)
  })

  it('nobody is sent again what they may not see any more', async () => {
    const { call, user, tell, run, sent } = newShop()
    const viewer = user('asha')
    await call('POST /notices/choices', { version: 0, channels: ['email'] }, { viewer })
    await tell(0)
    await run()
    user('asha', { stores: ['another'] })
    const again = await call('POST /notices/deliveries/{number}/redeliver', undefined, { id: '1', viewer })
    expect(again.body).toMatchObject({ status: 'refused', error: 'the person may not see this store any more' })
    expect(sent.length).toBe(1)
  })
})

it('a merchant that is removed leaves no webhook, secret, choice, delivery or line behind', async () => {
  const { call, ports, tell, run, state, secrets, behaviour } = newShop('asha')
  await addMerchant(ports, { id: 'asha', name: 'Asha' })
  const { body: made } = await call('POST /notices/webhooks', { url: URL })
  await call('POST /notices/choices', { version: 0, channels: ['log'], digest: 'hourly' })
  behaviour.answer = { fate: 'later', status: 500, error: 'it answered 500' }
  await tell(0)
  await run()
  await removeMerchant(ports, 'asha')
  expect(await secrets.get(`connection/${made.id}`)).toBeUndefined()
  const left = state.tableNames().filter((name) => name.startsWith('notice-') || name === LIST_TURNS)
  expect(left).toEqual(['notice-digest-dues', 'notice-log-numbers'])
})
