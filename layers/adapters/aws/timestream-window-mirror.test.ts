import { describe, expect, test } from 'vitest'
import type { MirroredWindow } from '#core/ports.ts'
import { TimestreamModel } from '#test/fakes/timestream-model.ts'
import { TimestreamWindowMirror } from './timestream-window-mirror.ts'

const AT = Date.parse('2026-03-02T10:00:00Z')
const NAMES = { databaseName: 'shop', tableName: 'windows' }

const windowOf = (id: string, lines: number, atMs = AT): MirroredWindow => ({
  merchantId: 'm',
  by: 'store',
  id,
  atMs,
  sums: { lines, 'gross:INR': lines * 100, 'refunds/no-reason': 1 },
})

function mirrored() {
  const model = new TimestreamModel()
  return { model, mirror: new TimestreamWindowMirror({ client: model.client, ...NAMES }) }
}

describe('a window', () => {
  test('is a record of whole numbers, by merchant, kind and id, under names that need no quotes', async () => {
    const { model, mirror } = mirrored()
    expect(await mirror.write([windowOf('s1', 2)], 7)).toEqual({ refused: 0 })
    expect([...model.records]).toEqual([
      [`m/store/s1/${AT}`, { version: 7, values: { lines: '2', gross_INR: '200', refunds_no_reason: '1' } }],
    ])
  })

  test('that is written again is what it was, and corrected by a newer version alone', async () => {
    const { model, mirror } = mirrored()
    await mirror.write([windowOf('s1', 2)], 7)
    await mirror.write([windowOf('s1', 2)], 7)
    await mirror.write([windowOf('s1', 3)], 9)
    expect(await mirror.write([windowOf('s1', 2), windowOf('s2', 1)], 8)).toEqual({ refused: 0 })
    expect([...model.records.values()].map(({ version, values }) => [version, values.lines])).toEqual([
      [9, '3'],
      [8, '1'],
    ])
  })

  test('that is too old for the table is counted, and the others of its request are written', async () => {
    const { model, mirror } = mirrored()
    model.oldestMs = AT
    expect(await mirror.write([windowOf('s1', 2, AT - 1), windowOf('s2', 1)], 7)).toEqual({ refused: 1 })
    expect(model.records.size).toBe(1)
  })
})

test.each([
  [0, 0],
  [1, 1],
  [100, 1],
  [101, 2],
])('%i windows are %i requests', async (count, requests) => {
  const { model, mirror } = mirrored()
  await mirror.write(
    Array.from({ length: count }, (_, i) => windowOf(`s${i}`, 1)),
    7,
  )
  expect([model.records.size, model.calls.write]).toEqual([count, requests])
})

test.each(['throttle', 'silent'] as const)('%s: it rejects, and the same once more is whole', async (trouble) => {
  const { model, mirror } = mirrored()
  model.troubles.push(trouble)
  await expect(mirror.write([windowOf('s1', 2)], 7)).rejects.toThrow()
  await mirror.write([windowOf('s1', 2)], 8)
  expect(model.records.get(`m/store/s1/${AT}`)).toMatchObject({ version: 8 })
})
