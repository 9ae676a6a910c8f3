import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CODE_TABLE, SESSION_TABLE, TOKEN_TABLE, TOKENS_OF_MERCHANT } from '#adapters/embedded/local-identity.ts'
import { DAY_MS, MINUTE_MS } from '#core/metrics/business-time.ts'
import { cellKey, cellTable } from '#core/metrics/cells.ts'
import { isProjection } from '#core/projection.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { compareKeys, EVERY_KEY, isInRange, rowKey, under } from '#core/row-key.ts'
import { AUDIT } from '#runtime/audit.ts'
import { CREDENTIALS } from '#runtime/credentials.ts'
import { HELD_TABLE } from '#runtime/held-documents.ts'
import { IDEMPOTENT } from '#runtime/idempotent.ts'
import { IMPORT_RUNS } from '#runtime/import-runs.ts'
import { LAST_WORDS } from '#runtime/last-word.ts'
import { CONNECTION_TABLE } from '#runtime/live-connections.ts'
import { LIVE_TICKETS } from '#runtime/live-tickets.ts'
import { MERCHANTS } from '#runtime/merchants.ts'
import { NOTICE_LOG } from '#runtime/notice-log.ts'
import { DIGEST_DUES, DIGEST_ENTRIES, NOTICE_DELIVERIES, NOTICE_LANES, NOTICE_QUEUE } from '#runtime/notice-queue.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { CHECKPOINT_TABLE, OUTBOX_TABLE, SEEN_IDS_TABLE } from '#runtime/run-batch.ts'
import { SIGN_IN_ATTEMPTS } from '#runtime/sign-in-limit.ts'
import { USERS_BY_EMAIL } from '#runtime/users.ts'
import { APART, isApart, itemKeyOf, itemRangeOf, rowRefOf, ttlOf } from './table-keys.ts'

const projections = retailSteps.filter(isProjection).map(({ name }) => name)

describe('tables', () => {
  test.each([
    ...projections,
    AUDIT,
    CHECKPOINT_TABLE,
    CREDENTIALS,
    DIGEST_ENTRIES,
    IMPORT_RUNS,
    NOTICE_DELIVERIES,
    NOTICE_QUEUE,
    OUTBOX_TABLE,
    PEOPLE_TABLE,
    SEEN_IDS_TABLE,
    TOKEN_TABLE,
    USERS_BY_EMAIL,
  ])('%s grows: a partition for each first part', (table) => {
    expect(isApart(table)).toBe(true)
    expect(itemKeyOf(table, rowKey('m', 'a'))).toEqual({ pk: `${table}#m`, sk: rowKey('m', 'a') })
  })

  test.each([
    CODE_TABLE,
    CONNECTION_TABLE,
    DIGEST_DUES,
    HELD_TABLE,
    IDEMPOTENT,
    LAST_WORDS,
    LIVE_TICKETS,
    MERCHANTS,
    NOTICE_LANES,
    NOTICE_LOG,
    SESSION_TABLE,
    SIGN_IN_ATTEMPTS,
    TOKENS_OF_MERCHANT,
    'delivery-hours',
    'deliveries',
  ])('%s is listed or swept whole: one partition', (table) => {
    expect(isApart(table)).toBe(false)
    expect(itemKeyOf(table, rowKey('m', 'a')).pk).toBe(table)
    expect(itemRangeOf(table, EVERY_KEY)).toEqual({ pk: table, ...EVERY_KEY })
  })
})

describe('docs/data-model.md', () => {
  const page = readFileSync(new URL('../../../docs/data-model.md', import.meta.url), 'utf8')
  const told = [...page.matchAll(/^\| `([a-z-]+)` \| (one|first part) \|[^|]*\| *([^|]*?) *\|/gm)].map(
    ([, table, partition, ends]) => ({ table: table!, partition, ends: ends! }),
  )

  test('names every table of a projection, and none twice', () => {
    const names = told.map(({ table }) => table)
    expect(new Set(names).size).toBe(names.length)
    expect(projections.filter((name) => !names.includes(name))).toEqual([])
    expect([...APART].filter((name) => !names.includes(name))).toEqual([])
  })

  test.each(told)('$table: $partition', ({ table, partition }) => {
    expect(isApart(table) ? 'first part' : 'one').toBe(partition)
  })

  test('says of which projections rows end', () => {
    const ending = retailSteps.filter(isProjection).filter(({ expiresAt }) => expiresAt !== undefined)
    const toldToEnd = told.filter(({ table, ends }) => projections.includes(table) && ends !== '')
    expect(toldToEnd.map(({ table }) => table).toSorted()).toEqual(ending.map(({ name }) => name).toSorted())
  })
})

describe('ranges', () => {
  const table = projections[0]!

  test.each([
    ['under a first part', under('m')],
    ['under more parts', under('m', 's', 'x')],
    ['the rest of a page', { from: `${rowKey('m', 'a')}\u0000`, to: under('m').to }],
    ['up to a key', { from: under('m', 's').from, to: rowKey('m', 's', 'x') }],
  ])('%s are in one partition', (_what, range) => {
    expect(itemRangeOf(table, range)).toEqual({ pk: `${table}#m`, ...range })
  })

  test.each([
    ['every key', EVERY_KEY],
    ['all of a beginning', { from: 'm', to: 'n' }],
    ['two first parts', { from: under('m').from, to: under('n').to }],
    ['one key more', { from: under('m').from, to: `${under('m').to}\u0000` }],
  ])('%s are refused', (_what, range) => {
    expect(() => itemRangeOf(table, range)).toThrow(`${table} lies in a partition for each first part`)
  })

  test('nothing is in an empty one, or a backward one', () => {
    expect(itemRangeOf(table, { from: 'b', to: 'b' })).toBeUndefined()
    expect(itemRangeOf('rows', { from: 'b', to: 'a' })).toBeUndefined()
  })

  test('an empty beginning is the first key', () => {
    expect(itemRangeOf('rows', { from: '', to: 'a' })).toEqual({ pk: 'rows', from: '\u0000', to: 'a' })
  })
})

describe('items', () => {
  const character = fc.constantFrom('a', 'z', 'é', '中', '\u{1f600}', '\u001f', ' ')
  const long = fc
    .tuple(fc.constantFrom('中', 'a', 'é'), fc.nat(4), fc.string({ unit: character, maxLength: 12 }))
    .map(([fill, less, end]) => fill.repeat(Math.floor(976 / Buffer.byteLength(fill)) - less) + end)
  const key = fc.oneof(fc.string({ unit: character, minLength: 1, maxLength: 6 }), long)

  test('say which row they are, within the length that DynamoDB takes', () => {
    fc.assert(
      fc.property(key, fc.constantFrom('rows', 'stock'), (it, table) => {
        const place = itemKeyOf(table, it)
        expect(rowRefOf(place)).toEqual({ table, key: it })
        expect(Buffer.byteLength(place.sk)).toBeLessThanOrEqual(1024)
      }),
    )
  })

  test('are in the order of their keys, but for those of one long beginning', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        const [x, y] = [itemKeyOf('rows', a), itemKeyOf('rows', b)]
        const isOneBeginning = x.key !== undefined && y.key !== undefined && x.sk.slice(0, -40) === y.sk.slice(0, -40)
        if (!isOneBeginning) expect(Math.sign(compareKeys(x.sk, y.sk))).toBe(Math.sign(compareKeys(a, b)))
      }),
    )
  })

  test('of the keys in a range are in the range of items', () => {
    fc.assert(
      fc.property(key, key, key, (it, from, to) => {
        const range = itemRangeOf('rows', { from, to })
        if (!isInRange(it, { from, to })) return
        const { sk } = itemKeyOf('rows', it)
        expect(compareKeys(sk, range!.from)).toBeGreaterThanOrEqual(0)
        expect(compareKeys(sk, range!.to)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('the end of a row', () => {
  const at = Date.UTC(2026, 2, 2)
  test.each([
    ['a minute’s cell', cellTable('minute', 'store'), cellKey.store('m', at, 's'), { sums: {} }, at + 8 * DAY_MS],
    ['a quarter’s', cellTable('quarter', 'total'), cellKey.total('m', at, 0), { sums: {} }, at + 100 * DAY_MS],
    ['a ticket', LIVE_TICKETS, 'k', { expiresAt: at }, at],
    ['a code', CODE_TABLE, 'k', { expiresAt: at }, at],
    ['a session', SESSION_TABLE, 'k', { expiresAt: at }, at],
    ['a request’s answer', IDEMPOTENT, 'k', { at, reply: '' }, at + DAY_MS],
    ['a delivery’s body', 'delivery-bodies', 'k', { at, body: '{}' }, at + 7 * DAY_MS],
    ['a last word', LAST_WORDS, 'k', { at, version: 1, value: null }, at + MINUTE_MS],
    ['tries to sign in', SIGN_IN_ATTEMPTS, 'k', { at, failures: 1 }, at + 60 * MINUTE_MS],
    ['ids', SEEN_IDS_TABLE, 'k', { at }, at + 8 * DAY_MS],
    ['part of a second', LIVE_TICKETS, 'k', { expiresAt: at + 1 }, at + 1_000],
  ])('%s', (_what, table, key, row, endsAt) => {
    expect(ttlOf(table, key, row)).toBe(endsAt / 1000)
  })

  test.each([
    ['a day’s cell', cellTable('day', 'store'), cellKey.store('m', '2026-03-02', 's'), { sums: {} }],
    ['a checkpoint', CHECKPOINT_TABLE, '0', { sequence: '' }],
    ['a row without its time', 'claims', 'k', { status: 'pending' }],
    ['a table of nobody', 'rows', 'k', { expiresAt: at }],
  ])('%s has none', (_what, table, key, row) => {
    expect(ttlOf(table, key, row)).toBeUndefined()
  })
})
