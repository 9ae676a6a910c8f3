import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { until } from './engine-api.ts'
import { sendEverySource } from './every-source.ts'
import { RunningEngine } from './running-engine.ts'
import { openSmallShop } from './small-shop.ts'
import { foundIn, sendSomebody } from './somebody.ts'

test('nothing of a person and no secret is in what the engine says of its work', async () => {
  const data = mkdtempSync(join(tmpdir(), 'counterflow-somebody-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const engine = await RunningEngine.start(data)
  onTestFinished(() => engine.kill())
  let printed = ''
  engine.child.stdout!.on('data', (chunk) => {
    printed += chunk
  })
  await openSmallShop(engine)
  const { secrets: ofConnections } = await sendEverySource(engine)
  const secrets = await sendSomebody(engine)
  await engine.settled()
  await until(() => (printed + engine.said).includes('notice'), 5_000, 'the line of a notice')
  await engine.stop()
  const log = printed + engine.said
  expect(log).toContain('"message":"notice"')
  expect(
    foundIn(log, [...secrets, ...ofConnections, 'person-1@example.com', 'meera@shop.example', 'asha@example.in']),
  ).toEqual([])
  expect(foundIn(`${log} ${secrets[0]!.toUpperCase()}`, secrets)).toEqual([secrets[0]])
})

const PLANTED = `
import { RunningEngine } from '${join(import.meta.dirname, 'running-engine.ts')}'
test('ends well', async () => {
  const engine = await RunningEngine.start(process.env.PLANTED_DATA, [], {
    env: { ...process.env, NODE_OPTIONS: '--import=data:text/javascript,console.error(process.env.PLANTED_LINE)' },
  })
  await engine.post('/sign-in', { email: 'of-nobody', password: 'velvet-thimble' }, { asStranger: true })
  await engine.stop()
})`

test.each([
  ['an e-mail address', 'a notice for Meera.K@shop.example was sent', 'meera.k@shop.example'],
  ['a password that was sent', 'signed in with Velvet-Thimble', 'velvet-thimble'],
  ['nothing private', 'a notice was sent', undefined],
])('a test file whose engine says %s in its log', (_, line, found) => {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-planted-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'planted.test.ts'), PLANTED)
  const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--globals', '--testTimeout=60000', '--hookTimeout=60000', '--root', folder]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: { ...process.env, NO_COLOR: '1', PLANTED_DATA: join(folder, 'data'), PLANTED_LINE: line },
    encoding: 'utf8',
  })
  const said = stdout + stderr
  expect(said).toContain('1 passed')
  expect([status, said.includes(`"${found}"`)]).toEqual(found === undefined ? [0, false] : [1, true])
})
