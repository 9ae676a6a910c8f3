import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installIfMissing } from './install-packages.mjs'
import { exitCode, packageCommand, pinnedNode, root } from './pinned-node.mjs'

const atOnce = 2
const coloured = process.stdout.isTTY && !process.env.NO_COLOR
const env = { ...process.env, ...(coloured ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) }
const rooms = ['cdk', 'functions', 'layers', 'local', 'models', 'test', 'web'].filter((it) =>
  existsSync(join(root, it)),
)

installIfMissing()

const typescript = () => packageCommand('typescript', 'tsc')
const checks = [
  // They wait more than they compute: one process, vitest's own choice on two cores, leaves half of them idle.
  { name: 'unit tests', command: [packageCommand('vitest', 'vitest'), 'run', '--project', 'unit', '--maxWorkers=2'] },
  { name: 'types', command: [typescript(), '-p', 'tsconfig.json'] },
  ...(existsSync(join(root, 'web', 'tsconfig.json'))
    ? [{ name: 'types of the dashboard', command: [typescript(), '-p', join('web', 'tsconfig.json')] }]
    : []),
  {
    name: 'dependency directions',
    command: [packageCommand('dependency-cruiser', 'depcruise'), '--output-type', 'err-long', ...rooms],
  },
  { name: 'unused code', command: [packageCommand('knip', 'knip'), '--no-config-hints'] },
  {
    name: 'format and lint',
    command: [packageCommand('@biomejs/biome', 'biome'), 'ci', `--colors=${coloured ? 'force' : 'off'}`, '.'],
  },
]

const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
    process.exit(exitCode(null, signal))
  })
}

const startedAt = Date.now()
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`
const waiting = [...checks]
const failed = []
await Promise.all(Array.from({ length: atOnce }, worker))
const sum = `${checks.length - failed.length} of ${checks.length} checks passed in ${seconds(startedAt)}`
console.log(failed.length === 0 ? sum : `${sum}; failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

async function worker() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const since = Date.now()
    const { code, output } = await run(check.command)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${check.name} (${seconds(since)})`)
    if (code !== 0) failed.push(check.name)
    if (code !== 0) console.log(output.trimEnd())
  }
}

function run(command) {
  return new Promise((resolve) => {
    const child = spawn(pinnedNode(), command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks = []
    running.add(child)
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => chunks.push(Buffer.from(error.message)))
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve({ code: exitCode(code, signal), output: Buffer.concat(chunks).toString() })
    })
  })
}
