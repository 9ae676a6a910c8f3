/** Every shell block of the documents runs as written against a fresh engine; only the port is another. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EngineProcess } from '#test/chaos/engine-process.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENTS = ['docs/api.md', 'docs/events.md']

let data = ''
let engine: EngineProcess
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-documents-'))
  engine = await EngineProcess.start(data)
}, 60_000)
afterAll(async () => {
  await engine.stop()
  rmSync(data, { recursive: true, force: true })
})

const blocksIn = (document: string): string[] =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!)

it.each(DOCUMENTS)('%s', { timeout: 120_000 }, async (document) => {
  const blocks = blocksIn(document)
  expect(blocks.length).toBeGreaterThan(0)
  // One shell for all, since later blocks use what earlier ones set. An answer of 4xx or 5xx fails it.
  const script = ['set -eo pipefail', ...blocks].join('\n')
  const { port } = new URL(engine.address)
  const said = await shell(
    script
      .replaceAll('127.0.0.1:4310', `127.0.0.1:${port}`)
      .replaceAll('npx counterflow', 'node local/main.ts')
      .replaceAll('curl -sS', 'curl -sS --fail-with-body -w "\\n"'),
  )
  expect(/\{"status":"refused"/.test(said)).toBe(false)
})

function shell(script: string): Promise<string> {
  const path = `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH}`
  const options = { cwd: ROOT, env: { ...process.env, PATH: path, COUNTERFLOW_DATA: data }, maxBuffer: 1 << 26 }
  return new Promise((done, failed) => {
    execFile('bash', ['-c', script], options, (error, stdout, stderr) => {
      if (error === null) done(stdout)
      else failed(new Error(`${stderr}\n${stdout.slice(-2000)}`))
    })
  })
}
