import { describe, expect, it } from 'vitest'
import { ONLINE_RETAIL_COLUMNS } from '#core/sources/online-retail.ts'
import { beginRun, countPart } from '#runtime/import-runs.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const viewer = ownerOf('m')
async function portsOfMerchant(state = new EngineInTest({}).store) {
  const ports = portsInTest({ state })
  await addMerchant(ports, { id: 'm', name: 'M' })
  return ports
}
type InTest = Awaited<ReturnType<typeof portsOfMerchant>>

const send = (ports: InTest, kind: string, body: object, who: object = {}) =>
  ask(handler, ports, 'POST /imports/{kind}', { viewer: { ...viewer, ...who }, params: { kind }, body })
const rowsOf = (...rows: string[][]) => rows.map((cells, i) => ({ line: i + 2, cells }))
const about = { run: 'r', part: 0, file: 'a.csv' }

const salesMapping = {
  ...{ orderId: 'R', productId: 'P', quantity: 'Q', amount: 'A', currency: { value: 'GBP' }, storeId: 'S' },
  occurredAt: { columns: ['T'] },
}
const sales = (...rows: string[][]) => ({
  ...about,
  columns: ['R', 'P', 'Q', 'A', 'S', 'T'],
  mapping: salesMapping,
  rows: rowsOf(...rows),
})
const LINE = ['1', 'lamp', '1', '5.00', 's', '2026-03-01T10:00:00Z']

describe('sales', () => {
  it('are taken once, and equal rows of one order as often as they stand there', async () => {
    const ports = await portsOfMerchant()
    const file = sales(LINE, LINE, ['2', ...LINE.slice(1)])
    expect((await send(ports, 'sales', file)).body).toEqual({ accepted: 3, repeats: 0, refused: [], titles: [] })
    expect((await send(ports, 'sales', { ...file, run: 'again' })).body).toMatchObject({ accepted: 0, repeats: 3 })
    const turned = { ...file, rows: file.rows.toReversed(), run: 'turned' }
    expect((await send(ports, 'sales', turned)).body).toMatchObject({ accepted: 0, repeats: 3 })
  })

  it('that are wrong are told by line and column, and the others are taken', async () => {
    const file = sales(LINE, ['1', 'lamp', 'two', '5.00', 's', 'never'], ['1'])
    const { status, body } = await send(await portsOfMerchant(), 'sales', file)
    expect([status, body.accepted]).toEqual([200, 1])
    expect(
      body.refused.map(({ line, problems }: { line: number; problems: { field: string }[] }) => [
        line,
        problems.map(({ field }) => field),
      ]),
    ).toEqual([
      [3, ['Q', 'T']],
      [4, ['']],
    ])
  })

  it('are of the stores that one may send for', async () => {
    const file = sales(LINE, ['2', 'lamp', '1', '5.00', 'other', '2026-03-01T10:00:00Z'])
    const { body } = await send(await portsOfMerchant(), 'sales', file, { role: 'integrator', stores: ['s'] })
    expect([body.accepted, body.refused.map(({ line }: { line: number }) => line)]).toEqual([1, [3]])
  })

  it('need a mapping that can be used', async () => {
    const ports = await portsOfMerchant()
    const { status, body } = await send(ports, 'sales', {
      ...sales(LINE),
      mapping: { ...salesMapping, quantity: 'Gone' },
    })
    expect([status, body.problems.map(({ field }: { field: string }) => field)]).toEqual([422, ['mapping.Gone']])
    expect((await ports.log.status()).shards.reduce((sum, { appended }) => sum + appended, 0)).toBe(0)
  })
})

const products = (...rows: string[][]) => ({
  ...about,
  columns: ['SKU', 'Name', 'Price'],
  mapping: { product_id: 'SKU', title: 'Name', base_price: 'Price' },
  rows: rowsOf(...rows),
})

describe('products', () => {
  it('count where they say something else than what is listed', async () => {
    const engine = new EngineInTest({})
    const ports = await portsOfMerchant(engine.store)
    const listed = { productId: 'A', title: 'Lamp', basePriceMinor: 100, currency: 'INR' }
    await engine.take({ merchantId: 'm', storeId: '-', at: 0, type: 'product.listed', data: listed })
    const file = products(['A', 'Lamp', '1.00'], ['B', 'Shade', '2.00'], ['B', 'Shade', '2.00'], ['B', 'Other', '2.00'])
    const { body } = await send(ports, 'products', file)
    expect(body).toMatchObject({ accepted: 1, repeats: 2, refused: [{ line: 5, problems: [{ field: 'SKU' }] }] })
    expect(body.refused[0].problems[0].message).toContain('line 3')
  })

  it('are nobody’s who sees some stores alone', async () => {
    const { body } = await send(await portsOfMerchant(), 'products', products(['A', 'Lamp', '1.00']), {
      role: 'integrator',
      stores: ['s'],
    })
    expect([body.accepted, body.refused.length]).toEqual([0, 1])
  })
})

describe('Online Retail', () => {
  const mapping = Object.fromEntries(ONLINE_RETAIL_COLUMNS.map((column) => [column, column]))
  const row = ['536365', '85123A', 'WHITE HEART', '6', '2010-12-01T08:26:00', '2.55', '17850', 'United Kingdom']
  const file = { ...about, columns: [...ONLINE_RETAIL_COLUMNS], mapping, rows: rowsOf(row, row) }

  it('waits until its shop is known, and counts titles', async () => {
    const engine = new EngineInTest({ shards: 4 })
    const ports = await portsOfMerchant(engine.store)
    const first = await send(ports, 'online-retail', file)
    expect([first.status, first.reply.headers!['retry-after']]).toEqual([503, '1'])
    const data = { name: 'Online Retail', timeZone: 'Europe/London', currency: 'GBP' }
    await engine.take({ merchantId: 'm', storeId: 'online-retail', at: 0, type: 'store.listed', data })
    expect((await send(ports, 'online-retail', file)).body).toEqual({
      ...{ accepted: 2, repeats: 0, refused: [] },
      titles: [{ productId: '85123A', title: 'WHITE HEART', sales: 2 }],
    })
    const titles = { columns: ['product_id', 'title'], mapping: { product_id: 'product_id', title: 'title' } }
    const titled = { ...about, ...titles, part: 1, rows: rowsOf(['85123A', 'WHITE HEART']) }
    expect((await send(ports, 'online-retail-titles', titled)).body).toMatchObject({ accepted: 1, repeats: 0 })
    expect((await send(ports, 'online-retail-titles', titled)).body).toMatchObject({ accepted: 0, repeats: 1 })
  })
})

describe('imports', () => {
  const list = async (ports: InTest, who: object = {}) =>
    (await ask(handler, ports, 'GET /imports', { viewer: { ...viewer, ...who } })).body.items

  it('are listed with what came of them, a part that is sent again counted once', async () => {
    const ports = await portsOfMerchant()
    const part = (n: number, more = {}) => ({ ...sales([String(n), ...LINE.slice(1)]), part: n, ...more })
    await send(ports, 'sales', part(0))
    await send(ports, 'sales', part(0))
    await send(ports, 'sales', part(1, { isLast: true }))
    expect(await list(ports)).toMatchObject([
      { run: 'r', kind: 'sales', file: 'a.csv', isWhole: true, lines: 2, accepted: 2, repeats: 0, refused: 0 },
    ])
    expect(await list(ports, { role: 'integrator', stores: ['s'], subject: 'somebody' })).toEqual([])
    const audit = await ports.state.query({ table: 'audit', range: { from: 'm', to: 'n' } })
    expect(audit.map(({ row }) => (row as { what: string }).what)).toEqual(['import.begun'])
  })

  it('that use the name of another one are audited, and counted with none', async () => {
    const ports = await portsOfMerchant()
    await send(ports, 'sales', sales(LINE))
    await send(ports, 'sales', { ...sales(LINE), file: 'b.csv', part: 1 })
    await send(ports, 'sales', { ...sales(LINE), part: 1 }, { subject: 'bo' })
    const stores = { columns: ['store_id', 'name'], mapping: { store_id: 'store_id', name: 'name' } }
    await send(ports, 'stores', { ...about, ...stores, part: 1, rows: rowsOf(['s', 'Shop']) })
    await send(ports, 'sales', { ...sales(LINE), part: 1 })
    const audit = await ports.state.query({ table: 'audit', range: { from: 'm', to: 'n' } })
    const told = audit.map(({ row }) => row as { what: string; by: { subject: string }; after: unknown })
    expect(told.map(({ what, by, after }) => [what, by.subject, after])).toEqual(
      expect.arrayContaining([
        ['import.begun', 'owner', { kind: 'sales', file: 'a.csv' }],
        ['import.begun', 'owner', { kind: 'sales', file: 'b.csv' }],
        ['import.begun', 'bo', { kind: 'sales', file: 'a.csv' }],
        ['import.begun', 'owner', { kind: 'stores', file: 'a.csv' }],
      ]),
    )
    expect(told).toHaveLength(4)
    expect(await list(ports)).toMatchObject([{ kind: 'sales', file: 'a.csv', lines: 2, accepted: 1, repeats: 1 }])
  })

  it('of which several parts are sent at once begin once and count each', async () => {
    const ports = await portsOfMerchant()
    const parts = [0, 1, 2, 3].map((n) => ({ ...sales([String(n), ...LINE.slice(1)]), part: n }))
    await Promise.all(parts.map((part) => send(ports, 'sales', part)))
    expect(await list(ports)).toMatchObject([{ lines: 4, accepted: 4 }])
    expect(await ports.state.query({ table: 'audit', range: { from: 'm', to: 'n' } })).toHaveLength(1)
  })

  it('of which parts come in another order count each once, and are whole when none is missing', async () => {
    const ports = await portsOfMerchant()
    const sent = async (n: number) => {
      await send(ports, 'sales', { ...sales([String(n), ...LINE.slice(1)]), part: n, isLast: n === 4 })
      return list(ports)
    }
    for (const n of [1, 3, 1, 4, 0, 3, 4]) expect(await sent(n)).toMatchObject([{ isWhole: false }])
    expect(await sent(2)).toMatchObject([{ isWhole: true, lines: 5, accepted: 5, repeats: 0 }])
    expect(await sent(3)).toMatchObject([{ isWhole: true, lines: 5, accepted: 5, repeats: 0 }])
  })

  it('whose last part is followed by another one were not whole yet', async () => {
    const ports = await portsOfMerchant()
    for (const [part, isLast, isWhole] of [
      [0, true, true],
      [1, false, false],
      [3, true, false],
      [2, false, true],
    ] as const) {
      await send(ports, 'sales', { ...sales([String(part), ...LINE.slice(1)]), part, isLast })
      expect(await list(ports)).toMatchObject([{ isWhole }])
    }
  })

  it('remember a thousand parts that came before one, and then wait for it no longer', async () => {
    const ports = await portsOfMerchant()
    const by = { merchantId: 'm', subject: 'owner' }
    const none = { accepted: 0, repeats: 0, refused: [] }
    const count = (part: number) => countPart(ports, by, 'sales', { ...sales(LINE), part }, none)
    await beginRun(ports, by, 'sales', about)
    for (let part = 2; part < 1002; part++) await count(part)
    await count(1)
    expect(await list(ports)).toMatchObject([{ lines: 1001 }])
    await count(1003)
    await count(1003)
    await count(1002)
    await count(0)
    expect(await list(ports)).toMatchObject([{ lines: 1003 }])
  })

  it('are kept, the newest fifty', async () => {
    const ports = await portsOfMerchant()
    for (let i = 0; i < 55; i++) await send(ports, 'sales', { ...sales(LINE), run: `run ${i}` })
    expect(await list(ports)).toHaveLength(50)
  })

  it('of what nobody knows are not there', async () => {
    expect((await send(await portsOfMerchant(), 'dreams', sales(LINE))).status).toBe(404)
  })
})

describe('a preview', () => {
  const look = async (body: object) =>
    (await ask(handler, await portsOfMerchant(), 'POST /imports/preview', { viewer, body })).body

  it('guesses, and shows rows as they will be understood', async () => {
    const rows = rowsOf(['A', 'Lamp', '1.00'], ['B', '', 'x'])
    expect(await look({ columns: ['SKU', 'Name', 'Price'], rows })).toMatchObject({
      kind: 'products',
      mapping: { product_id: 'SKU', title: 'Name', base_price: 'Price' },
      problems: [],
      groupColumn: 'SKU',
      rows: [
        { line: 2, problems: [], events: [{ type: 'product.listed', data: { productId: 'A', basePriceMinor: 100 } }] },
        { line: 3, problems: [{ field: 'Name' }, { field: 'Price' }], events: [] },
      ],
    })
  })

  it('says what the mapping lacks', async () => {
    const { kind, problems, rows } = await look({ kind: 'stores', columns: ['x'], rows: rowsOf(['1']) })
    expect([kind, problems.map(({ field }: { field: string }) => field), rows]).toEqual([
      'stores',
      ['store_id', 'name'],
      [],
    ])
  })

  it('knows nothing of columns that are nobody’s', async () => {
    expect(await look({ columns: ['x', 'y'], rows: [] })).toMatchObject({ kind: null, ignoredColumns: ['x', 'y'] })
  })
})
