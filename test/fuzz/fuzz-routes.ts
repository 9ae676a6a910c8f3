/**
 * `npm run fuzz`: every route of `openapi.json` is asked what nobody would ask, by Schemathesis, of an engine of its own.
 * No answer may be a 5xx, and each must be one that the description names, of the type and the schema that it says.
 *
 * Python and its packages are not ours: where they cannot be had, it says so and passes.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownerToken } from '#local/client.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { EngineProcess } from '#test/chaos/engine-process.ts'
import { sendExamples } from '#test/describe/send-examples.ts'
import { exampleMorning } from '#test/fixtures/example-reorders.ts'
import { putRows } from '#test/fixtures/put-rows.ts'

const SCHEMATHESIS = 'schemathesis==4.32.5'
/** The same questions each time. */
const SEED = 20_260_302
const CASES_PER_ROUTE = Number(process.env.FUZZ_CASES ?? 40)
/** A run that takes longer is ended, and fails. */
const LONGEST_MS = 15 * 60_000
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
]

const folder = mkdtempSync(join(tmpdir(), 'counterflow-fuzz-'))
try {
  const schemathesis = process.env.SCHEMATHESIS ?? install(join(folder, 'python'))
  if (typeof schemathesis === 'string') process.exitCode = await fuzz(schemathesis)
  else console.log(`Routes were not fuzzed: ${schemathesis.without}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Where it was installed, or what is missing for that. */
function install(into: string): string | { readonly without: string } {
  if (spawnSync('python3', ['-m', 'venv', into]).status !== 0) return { without: 'there is no python3 with venv here' }
  const pip = spawnSync(join(into, 'bin', 'pip'), ['install', '--quiet', SCHEMATHESIS], { encoding: 'utf8' })
  const found = join(into, 'bin', 'schemathesis')
  return pip.status === 0 && existsSync(found)
    ? found
    : { without: `pip could not install ${SCHEMATHESIS}: ${pip.stderr.trim().split('\n').at(-1)}` }
}

async function fuzz(schemathesis: string): Promise<number> {
  await putRows(join(folder, 'data'), exampleMorning(DEMO_MERCHANT))
  const engine = await EngineProcess.start(join(folder, 'data'))
  const asking = { address: engine.address, token: () => ownerToken(join(folder, 'data')) }
  try {
    // So that answers hold something.
    for await (const { example, status } of sendExamples(asking, () => settle(engine)))
      if (status !== example[1]) throw new Error(`${example[0]} was answered ${status}`)
    const status = await run(schemathesis, [
      'run',
      `${engine.address}/openapi.json`,
      ...['--header', `Authorization: Bearer ${engine.token}`],
      ...['--checks', CHECKS.join(',')],
      ...['--phases', 'examples,coverage,fuzzing'],
      ...['--max-examples', String(CASES_PER_ROUTE)],
      ...['--seed', String(SEED)],
      ...['--suppress-health-check', 'all'],
      ...['--warnings', 'off'],
      '--continue-on-failure',
    ])
    const stillIn = (await fetch(`${engine.address}/stock`, { headers: { authorization: `Bearer ${engine.token}` } }))
      .ok
    if (!stillIn) console.log('The token was lost on the way: what came after that was asked by nobody')
    const wrong = engine.errors.split('\n').filter((line) => line !== '' && !isNews(line))
    if (wrong.length > 0) console.log(`The engine wrote: ${wrong.join('\n')}`)
    return status === 0 && stillIn && wrong.length === 0 ? 0 : 1
  } finally {
    await engine.stop()
  }
}

/** Its exit code; null: it took too long. */
async function run(command: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(command, args, { stdio: 'inherit', cwd: folder, timeout: LONGEST_MS })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code === null) console.log(`Schemathesis did not end within ${LONGEST_MS / 60_000} minutes`)
  return code
}

async function settle(engine: EngineProcess): Promise<void> {
  for (;;) {
    const { ledger } = (await engine.get('/quality')) as { ledger: { pending: number }[] }
    if (ledger.every(({ pending }) => pending === 0)) return
    await new Promise((done) => setTimeout(done, 20))
  }
}

/** A notice that somebody wants in the log is no complaint of the engine, nor that a run which they asked for went well. */
function isNews(line: string): boolean {
  if (!line.startsWith('{')) return false
  const { message, level } = JSON.parse(line) as { readonly message?: string; readonly level?: string }
  return message === 'notice' || (message === 'run' && level !== 'error')
}
