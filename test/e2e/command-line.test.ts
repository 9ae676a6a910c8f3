/** What the command line refuses before it asks an engine, and the exit codes that scripts rely on. */
import { expect, it } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { engineFor, run } from './running-engine.ts'

it.each([
  [['events', 'tail', '--lines', 'many'], 2, /from 1 to 1000/],
  [['events', 'tail', '--lines', '0'], 2, /from 1 to 1000/],
  [['quarantine', 'list', '--status', 'lost'], 2, /held, replayed, discarded/],
  [['start', '--port', '65536'], 2, /from 0 to 65535/],
  [['simulate', '--days', '0'], 2, /--days <n>.*from 1 to 3660/],
  [['simulate', '--stores', '5000'], 2, /--stores <n>.*from 1 to 1000/],
  [['simulate', '--products', '1e3'], 2, /--products <n>.*from 1 to 50000/],
  [['simulate', '--seed', '-1'], 2, /--seed <n>.*from 0 to 4294967295/],
  [['simulate', '--until', '2999-01-01'], 2, /--until <date>.*to today/],
  [['simulate', '--rate', '2', '--events-per-day', '9'], 2, /--rate <n>.*--events-per-day <n>/],
  [['simulate', '--colour', 'red'], 2, /unknown option '--colour'/],
  [['nothing'], 2, /unknown command/],
  [['status'], 1, /there is no data in/],
] as const)('%j ends with %i', async (args, code, said) => {
  const { lines, ended } = run(args, { env: { ...process.env, COUNTERFLOW_DATA: `${temporaryFolder()}/none` } })
  expect(await ended).toBe(code)
  expect(lines.join('')).toMatch(said)
})

it('a replay that leaves its document held has failed', async () => {
  const data = temporaryFolder()
  const engine = await engineFor(data)
  await engine.order({ eventType: 'ORDER_CANCELLED', asin: 'P', orderId: 'never-sent' })
  await engine.settled()
  const { id } = (await engine.get('/quarantine')).body.items[0]
  const command = (what: string) => run(['quarantine', what, id, '--data', data]).ended
  expect(await command('replay')).toBe(1)
  expect(await command('discard')).toBe(0)
})
