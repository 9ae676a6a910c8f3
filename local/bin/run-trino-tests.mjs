import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installIfMissing } from './install-packages.mjs'
import { fail, packageCommand, pinnedNode, root } from './pinned-node.mjs'

const wantedJava = 17
const startMs = 120_000
const source = join(root, 'test', 'trino')
const vitestArguments = process.argv.slice(2)

const lacking = whatIsLacking()
if (lacking !== undefined) {
  console.log(`test:trino is skipped: ${lacking}. The same SELECTs run on DuckDB in npm test.`)
  process.exit(0)
}
installIfMissing()

const classpath = fetchedClasspath()
const folder = mkdtempSync(join(tmpdir(), 'counterflow-trino-'))
const log = join(folder, 'trino.log')
const port = await freePort()
const out = openSync(log, 'a')
const trino = spawn(
  'java',
  ['-Xmx1g', '-Djol.skipHotspotSAAttach=true', '-cp', classpath, join(source, 'Main.java'), folder, String(port)],
  { stdio: ['ignore', out, out] },
)
let code = 1
try {
  await untilReady()
  code = await run()
} finally {
  if (code !== 0 && existsSync(log)) console.error(readFileSync(log, 'utf8').split('\n').slice(-20).join('\n'))
  trino.kill()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(code)

function whatIsLacking() {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' })
  if (java.error) return 'there is no Java here'
  const major = Number(/version "(\d+)/.exec(java.stderr)?.[1])
  if (!(major >= wantedJava)) return `Trino needs Java ${wantedJava}, here is ${major}`
  if (spawnSync('mvn', ['-version']).error) return 'there is no Maven here to fetch Trino with'
  return undefined
}

/** Fetches Trino, once, beside the project, where git does not look. */
function fetchedClasspath() {
  const home = join(root, '.trino')
  const file = join(home, 'classpath')
  if (!existsSync(file)) {
    console.log('Fetching Trino: 270 MB, once')
    mkdirSync(home, { recursive: true })
    const unfinished = `${file}.unfinished`
    const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${unfinished}`]
    const made = spawnSync('mvn', ['-B', '-q', '-ntp', '-f', join(source, 'pom.xml'), ...goal], { stdio: 'inherit' })
    if (made.status !== 0) fail('Trino could not be fetched: is there a network?')
    renameSync(unfinished, file)
  }
  return readFileSync(file, 'utf8')
}

async function untilReady() {
  const end = Date.now() + startMs
  while (Date.now() < end) {
    if (trino.exitCode !== null) throw new Error(`Trino ended with ${trino.exitCode}`)
    if (readFileSync(log, 'utf8').includes('ready http')) return
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error(`Trino did not start within ${startMs / 1000} s`)
}

function run() {
  const env = {
    ...process.env,
    COUNTERFLOW_TRINO: `http://127.0.0.1:${port}`,
    COUNTERFLOW_TRINO_DATA: join(folder, 'data'),
  }
  const args = [
    packageCommand('vitest', 'vitest'),
    'run',
    '--project',
    'golden',
    'warehouse-on-trino',
    ...vitestArguments,
  ]
  return new Promise((done) => {
    const child = spawn(pinnedNode(), args, { cwd: root, env, stdio: 'inherit' })
    child.on('close', (exit) => done(exit ?? 1))
  })
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
