/** The model is what its pages say, as the command of the SDK meets it. */
import { WriteRecordsCommand } from '@aws-sdk/client-timestream-write'
import { expect, test } from 'vitest'
import { TimestreamModel } from '../../../test/fakes/timestream-model.ts'

function start() {
  const model = new TimestreamModel()
  const { send } = model.client as { readonly send: (command: WriteRecordsCommand) => Promise<object> }
  const record = (store: string, lines: number, more: { Time?: string; Version?: number; Name?: string } = {}) => {
    const { Time = '1000', Version, Name = 'lines' } = more
    return {
      Dimensions: [{ Name: 'store', Value: store }],
      Time,
      MeasureValues: [{ Name, Value: String(lines), Type: 'BIGINT' as const }],
      ...(Version !== undefined && { Version }),
    }
  }
  const write = (Records: ReturnType<typeof record>[], Version = 1) =>
    send(new WriteRecordsCommand({ DatabaseName: 'd', TableName: 't', CommonAttributes: { Version }, Records }))
  const linesOf = (store: string) => model.records.get(`${store}/1000`)?.values.lines
  return { model, record, write, linesOf }
}

test('a higher version replaces a record, a lower one is rejected unless it says the same', async () => {
  const { record, write, linesOf } = start()
  await write([record('a', 1)], 5)
  await write([record('a', 2)], 6)
  expect(linesOf('a')).toBe('2')
  await write([record('a', 2)], 3)
  await expect(write([record('a', 9)], 6)).rejects.toMatchObject({
    name: 'RejectedRecordsException',
    RejectedRecords: [{ RecordIndex: 0, ExistingVersion: 6 }],
  })
  expect(linesOf('a')).toBe('2')
  await write([record('a', 9, { Version: 7 })], 1)
  expect(linesOf('a')).toBe('9')
})

test('those of a request that are not rejected are written', async () => {
  const { model, record, write, linesOf } = start()
  model.oldestMs = 1000
  const refused = await write([record('a', 1, { Time: '999' }), record('b', 1)]).catch((error) => error)
  expect(refused.RejectedRecords).toEqual([{ RecordIndex: 0, Reason: expect.stringContaining('time range') }])
  expect([model.records.size, linesOf('b')]).toEqual([1, '1'])
})

test.each([
  ['none', 0, false],
  ['100', 100, true],
  ['101', 101, false],
])('a request of %s records is taken: %s', async (_what, count, isTaken) => {
  const { model, record, write } = start()
  const written = write(Array.from({ length: count }, (_, i) => record(String(i), 1)))
  if (isTaken) await written
  else await expect(written).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }))
  expect(model.records.size).toBe(isTaken ? count : 0)
})

test('a name with a colon is refused', async () => {
  const { record, write } = start()
  await expect(write([record('a', 1, { Name: 'gross:INR' })])).rejects.toMatchObject({ name: 'ValidationException' })
})

test.each([
  ['throttle', 'busy', 0],
  ['silent', 'socket hang up', 1],
] as const)('a request that meets %s', async (trouble, message, written) => {
  const { model, record, write } = start()
  model.troubles.push(trouble)
  await expect(write([record('a', 1)])).rejects.toThrow(message)
  expect(model.records.size).toBe(written)
  await write([record('a', 1)])
  expect([model.records.size, model.calls.write]).toEqual([1, 2])
})
