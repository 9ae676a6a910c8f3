import type { AthenaClient } from '@aws-sdk/client-athena'
import { describe, expect, test } from 'vitest'
import { WarehouseQueryError } from '#core/ports.ts'
import { type AthenaFate, AthenaModel } from '#test/fakes/athena-model.ts'
import { AthenaQueries } from './athena-queries.ts'
import { checkColumns, plainValue } from './athena-rows.ts'
import { withRelations } from './athena-sql.ts'

function queriesOf(...fates: AthenaFate[]) {
  const athena = new AthenaModel(...fates)
  const patience = { attempts: 4, wait: athena.wait, random: () => 0.5 }
  const client = athena as unknown as Pick<AthenaClient, 'send'>
  const options = { client, workGroup: 'w', database: 'd', patience, now: () => athena.now }
  return { athena, queries: new AthenaQueries(options) }
}
const found = { pages: [['1', '2'], ['3']] } as const

describe('a query', () => {
  test('is begun once, waited for, and read page by page without its header', async () => {
    const { athena, queries } = queriesOf(found)
    const rows: unknown[] = []
    for await (const page of queries.pages(await queries.run('select 1', 1_000))) rows.push(...page.rows)
    expect(rows).toEqual([['1'], ['2'], ['3']])
    expect(athena.calls).toMatchObject({ StartQueryExecutionCommand: 1, GetQueryResultsCommand: 2 })
  })

  test('that is throttled is tried again, and not for ever', async () => {
    const { athena, queries } = queriesOf(found)
    athena.throttled = 3
    expect(await queries.run('select 1', 60_000)).toBe('0')
    athena.throttled = 4
    await expect(queries.run('select 1', 60_000)).rejects.toMatchObject({ name: 'TooManyRequestsException' })
  })

  test.each([
    ['by a fault of the service', { failed: 'internal error', category: 1 }],
    ['by what may pass', { failed: 'exhausted resources at this scale factor', category: 2, retryable: true }],
  ] as const)('that fails %s is begun again', async (_, fate) => {
    const { athena, queries } = queriesOf(fate, fate, found)
    expect(await queries.run('select 1', 60_000)).toBe('2')
    expect(athena.calls.StartQueryExecutionCommand).toBe(3)
    const always = queriesOf(fate, fate, fate, fate).queries.run('select 1', 60_000)
    await expect(always).rejects.toThrow(fate.failed)
    // To ask the same later is of use.
    await expect(always).rejects.not.toBeInstanceOf(WarehouseQueryError)
  })

  test.each([
    ['fails by its own fault', { failed: 'TYPE_MISMATCH', category: 2 }],
    ['is refused as it comes', { refused: 'Queries of this type are not supported' }],
    ['is cancelled by somebody', { cancelled: 'by an operator' }],
  ] as const)('that %s is not begun again', async (_, fate) => {
    const { athena, queries } = queriesOf(fate)
    await expect(queries.run('select', 60_000)).rejects.toThrow(WarehouseQueryError)
    expect(athena.calls.StartQueryExecutionCommand).toBe(1)
  })

  test('that takes ten minutes is waited for; one that takes longer is stopped', async () => {
    const { athena, queries } = queriesOf({ takesMs: 600_000 }, { takesMs: 600_001 })
    expect(await queries.run('select 1', 600_000)).toBe('0')
    expect(athena.stopped).toEqual([])
    await expect(queries.run('select 1', 600_000)).rejects.toThrow('it took longer than 600000 ms')
    expect(athena.stopped).toEqual(['1'])
  })
})

describe('what Athena is asked', () => {
  const inputs = [
    { name: 'q_0', input: { table: 't', columns: [{ name: 'day', type: 'date' as const }], folders: [] } },
  ]
  const run = [
    { name: 'merchant_id', type: 'text' as const, value: "o'hara" },
    { name: 'from_at', type: 'timestamp' as const, value: '2026-03-02T10:00:00.5Z' },
  ]
  const relations = `with "t" as (
select cast("day" as date) as "day" from q_0
),
"run" as (
select cast('o''hara' as varchar) as "merchant_id", cast('2026-03-02 10:00:00.500' as timestamp) as "from_at"
)`

  test.each([
    ['a SELECT', 'select * from t', `${relations}\nselect * from t`],
    [
      'one with relations of its own',
      '-- with t\nwith a as (select 1) select * from a',
      `-- with t\n${relations},\na as (select 1) select * from a`,
    ],
  ])('%s', (_, sql, asked) => expect(withRelations(sql, inputs, run)).toBe(asked))

  test('a SELECT of nothing is asked as it is', () => expect(withRelations('select 1', [], [])).toBe('select 1'))
})

describe('what it answers', () => {
  test.each([
    ['bigint', '-5', -5],
    ['double', '1.0E7', 1e7],
    ['boolean', 'false', false],
    ['varchar', '', ''],
    ['date', '2026-03-02', '2026-03-02'],
    ['timestamp', '2026-03-02 10:00:00.123', '2026-03-02T10:00:00.123Z'],
    ['timestamp', '2026-03-02 10:00:00', '2026-03-02T10:00:00.000Z'],
    ['bigint', undefined, null],
  ])('%s %s', (Type, text, value) => expect(plainValue({ Name: 'n', Type }, text)).toBe(value))

  test.each(['decimal', 'array', 'timestamp with time zone'])('%s is no plain type', (Type) =>
    expect(() => plainValue({ Name: 'n', Type }, '1')).toThrow(WarehouseQueryError),
  )

  test('columns are the declared ones, or it is refused', () => {
    const declared = [{ name: 'n', type: 'text' as const }]
    expect(() => checkColumns([{ Name: 'n', Type: 'varchar' }], declared)).not.toThrow()
    expect(() => checkColumns([{ Name: 'n', Type: 'bigint' }], declared)).toThrow(
      /makes n bigint; declared are n varchar/,
    )
  })
})
