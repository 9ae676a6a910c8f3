/** What the command line refuses before it asks an engine, and the exit codes that scripts rely on. */
import { expect, it } from 'vitest'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { exampleMorning } from '#test/fixtures/example-reorders.ts'
import { putRows } from '#test/fixtures/put-rows.ts'
import { engineFor, run } from './running-engine.ts'

it.each([
  [['events', 'tail', '--lines', 'many'], 2, /from 1 to 1000/],
  [['events', 'tail', '--lines', '0'], 2, /from 1 to 1000/],
  [['quarantine', 'list', '--status', 'lost'], 2, /held, replayed, discarded/],
  [['start', '--port', '65536'], 2, /from 0 to 65535/],
  ...['proxy.example', '10.0.0.0/0', '10.0.0.0/33', '1'].map(
    (proxies) => [['start', '--trust-proxy', proxies], 2, /--trust-proxy <a.*no address and no network/] as const,
  ),
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

it('a proposal is listed, shown with its sum, and ordered', async () => {
  const data = temporaryFolder()
  await putRows(data, exampleMorning(DEMO_MERCHANT))
  const command = async (...args: string[]) => {
    const { child, ended } = run(['reorders', ...args, '--data', data])
    let said = ''
    child.stdout!.on('data', (chunk) => {
      said += chunk
    })
    return { code: await ended, said }
  }
  const listed = await command('list')
  expect([listed.code, listed.said]).toEqual([0, expect.stringMatching(/0c5d8f1e77aa.*KURTA-M.*30.*7500.00 INR.*18 %/)])
  expect((await command('show', '0c5d8f1e77aa')).said).toContain('9 units: on the shelf')
  const ordered = await command('accept', '0c5d8f1e77aa', '--quantity', '24')
  expect([ordered.code, ordered.said]).toEqual([
    0,
    expect.stringContaining('Ordered 24 of KURTA-M for shop, as reorder-0c5d8f1e77aa'),
  ])
  expect((await command('list', '--state', 'accepted', '--json')).said).toContain('"quantity":24')
  expect((await command('accept', 'none')).code).toBe(1)
}, 60_000)

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
