import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildDashboardIfStale } from './build-dashboard.mjs'
import { installIfMissing } from './install-packages.mjs'
import { fail, packageCommand, pinnedNode, root } from './pinned-node.mjs'
import { whichEmulator } from './which-emulator.mjs'

const usage = `Usage: npm run test:cloud [-- options] [-- options of vitest]

Deploys the app to an AWS emulator on this machine, runs test/cloud against it and destroys it, then ends the emulator.
  --endpoint URL    an emulator that runs already (LocalStack: http://localhost:4566)
  --emulator NAME   which one that is, where it does not say so itself: ministack, localstack
  --memory          says how much memory each function has had at most; on Linux, of MiniStack alone
  --keep            leaves what was deployed and the emulator running, and says where`

/** As pinned in docs/testers.md: another version of the emulator lacks other things. */
const packages = ['ministack==1.5.33', 'duckdb==2.0.0', 'boto3', 'cryptography', 'pytz']
const account = '000000000000'
const region = 'us-east-1'
const startMs = 30_000

const { values, positionals } = parseArgs({
  options: {
    endpoint: { type: 'string' },
    emulator: { type: 'string' },
    memory: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}
installIfMissing()
buildDashboardIfStale()

const folder = mkdtempSync(join(tmpdir(), 'counterflow-cloud-'))
const log = join(folder, 'emulator.log')
const emulator = values.endpoint === undefined ? await startEmulator() : undefined
const endpoint = values.endpoint ?? emulator.endpoint
const emulatorName = values.emulator ?? (await whichEmulator(endpoint))
if (emulatorName === undefined)
  fail(`nothing at ${endpoint} says that it is an emulator: start one there, or say --emulator ministack or localstack`)
const env = {
  ...process.env,
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  CDK_DEFAULT_ACCOUNT: account,
  CDK_DEFAULT_REGION: region,
}
const outputs = join(folder, 'outputs.json')
const context = ['-c', `emulator=${emulatorName}`]
/** The stage that `npm run deploy` and `npm run destroy` mean where none is named. */
const stage = 'dev'
const destroying = [
  ['destroy', [join(root, 'local', 'bin', 'run-cdk.mjs'), 'destroy', '--emulator', emulatorName]],
  ['nothing is left', [join(root, 'test', 'cloud', 'nothing-left.ts'), stage]],
]
let code = 1
try {
  const cdk = packageCommand('aws-cdk', 'cdk')
  const steps = [
    ['bootstrap', [cdk, 'bootstrap', `aws://${account}/${region}`, ...context]],
    ['deploy', [cdk, 'deploy', '--all', '--require-approval', 'never', '--outputs-file', outputs, ...context]],
    ['tests', [packageCommand('vitest', 'vitest'), 'run', '--project', 'cloud*', ...positionals]],
  ]
  code = await runSteps(values.keep ? steps : [...steps, ...destroying])
} finally {
  if (code !== 0) {
    if (existsSync(log)) console.error(troublesIn(readFileSync(log, 'utf8')))
    const kept = join(root, '.cloud-logs', new Date().toISOString().replaceAll(':', '-'))
    await run([join(root, 'test', 'cloud', 'keep-logs.ts'), kept, log, outputs], env)
    console.error(`The whole logs of the emulator and of each function are in ${kept}`)
    // An emulator of its own goes with all that is in it.
    if (values.endpoint !== undefined && !values.keep) await runSteps(destroying)
  }
  if (values.keep) console.log(`The emulator stays at ${endpoint}; its log is ${log}, the outputs ${outputs}`)
  else {
    emulator?.process.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
process.exit(code)

/** Until one fails: the code that it ended with, or 0. */
async function runSteps(steps) {
  for (const [name, args] of steps) {
    const startedAt = Date.now()
    const stopWatching = values.memory && name === 'tests' ? watchMemory() : undefined
    const exit = await run(args, { ...env, COUNTERFLOW_CLOUD: outputs, COUNTERFLOW_EMULATOR: emulatorName })
    await stopWatching?.()
    console.log(
      `${name}: ${exit === 0 ? 'done' : `failed (${exit})`} in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`,
    )
    if (exit !== 0) return exit
  }
  return 0
}

function run(args, environment) {
  return new Promise((done) => {
    const child = spawn(pinnedNode(), args, { cwd: root, env: environment, stdio: 'inherit' })
    child.on('close', (exit) => done(exit ?? 1))
  })
}

/** Answers what ends it: then it prints. */
function watchMemory() {
  const watcher = spawn(pinnedNode(), [join(root, 'test', 'cloud', 'watch-memory.ts')], { env, stdio: 'inherit' })
  const ended = new Promise((done) => watcher.on('close', done))
  return () => {
    watcher.kill('SIGTERM')
    return ended
  }
}

/** On a free port of loopback; it runs functions on the Node that this project is pinned to. */
async function startEmulator() {
  const bin = installedEmulator()
  const port = await freePort()
  const out = openSync(log, 'a')
  const child = spawn(bin, [], {
    cwd: folder,
    stdio: ['ignore', out, out],
    env: {
      ...process.env,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      NODE_PATH: join(root, 'node_modules'),
      PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
    },
  })
  const at = `http://127.0.0.1:${port}`
  const end = Date.now() + startMs
  while (Date.now() < end) {
    if (child.exitCode !== null) fail(`the emulator ended with ${child.exitCode}:\n${readFileSync(log, 'utf8')}`)
    const answer = await fetch(`${at}/_ministack/health`).catch(() => undefined)
    if (answer?.ok) return { endpoint: at, process: child }
    await new Promise((done) => setTimeout(done, 100))
  }
  child.kill()
  return fail(`the emulator did not start within ${startMs / 1000} s:\n${readFileSync(log, 'utf8')}`)
}

/** Installs it beside the project, where git does not look, if it is not there. */
function installedEmulator() {
  const home = join(root, '.emulator')
  const bin = join(home, 'bin', 'ministack')
  if (existsSync(bin)) return bin
  const made = spawnSync('python3', ['-m', 'venv', home], { stdio: 'inherit' })
  if (made.error || made.status !== 0)
    fail('the emulator needs Python 3 with venv: install it, or name an emulator that runs with --endpoint')
  const pip = spawnSync(join(home, 'bin', 'pip'), ['install', '--quiet', ...packages], { stdio: 'inherit' })
  if (pip.status !== 0) fail('the emulator could not be installed: is there a network?')
  return bin
}

/** What the emulator tells of each call and batch is left out: the failure above is to be read. */
function troublesIn(text) {
  const lines = text.split('\n').filter((line) => !/^\S+ \S+ INFO /.test(line))
  return lines.slice(-80).join('\n')
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
