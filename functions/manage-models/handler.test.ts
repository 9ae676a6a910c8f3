import { expect, test } from 'vitest'
import { type ChampionRow, NO_CHAMPION } from '#core/demand/champion.ts'
import { CHAMPIONS_TABLE } from '#runtime/demand-models.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const row: ChampionRow = {
  ...NO_CHAMPION,
  turn: 2,
  champion: { version: '2026-03-08', since: 0 },
  earlier: ['2026-02-22', '2026-03-01'],
}

test('of two who go back from what both saw, one is told what serves now', async () => {
  const ports = portsInTest()
  await ports.state.commit([{ table: CHAMPIONS_TABLE, key: 'm', row }])
  const send = (route: string, headers = {}) => ask(handler, ports, route, { viewer: ownerOf('m'), headers })
  const { body: seen } = await send('GET /models/demand')
  const back = () => send('POST /models/demand/rollback', { 'if-match': `"${seen.version}"` })
  const [first, second] = [await back(), await back()]
  expect([first.status, first.body.serving.version, first.body.version]).toEqual([200, '2026-03-01', 3])
  expect([second.status, second.body.present]).toEqual([409, { serving: first.body.serving, version: 3 }])
  expect((await send('GET /models/demand')).body).toMatchObject({ serving: first.body.serving, version: 3 })
})

test('who lets a version serve on what is not there any more is told what serves now', async () => {
  const ports = portsInTest()
  await ports.state.commit([{ table: CHAMPIONS_TABLE, key: 'm', row }])
  const asked = { viewer: ownerOf('m'), body: { version: '2026-03-01' }, headers: { 'if-match': '"1"' } }
  const { status, body } = await ask(handler, ports, 'POST /models/demand/promote', asked)
  expect([status, body.present]).toMatchObject([409, { version: 2, serving: { version: '2026-03-08' } }])
})

test.each([
  ['POST /models/demand/rollback', {}, '2026-03-01'],
  ['POST /models/demand/promote', { version: null }, null],
])('of two at once who ask for %s one is told what serves now', async (route, body, version) => {
  const ports = portsInTest()
  await ports.state.commit([{ table: CHAMPIONS_TABLE, key: 'm', row }])
  const decide = () => ask(handler, ports, route, { viewer: ownerOf('m'), body })
  const both = await Promise.all([decide(), decide()])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(both.find(({ status }) => status === 409)!.body.present).toMatchObject({ serving: { version } })
})
