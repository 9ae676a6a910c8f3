import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { buildDashboardIfStale } from './build-dashboard.mjs'
import { installIfMissing } from './install-packages.mjs'
import { exitCode, fail, pinnedNode, root } from './pinned-node.mjs'

const [command, ...args] = process.argv.slice(2)
const commands = ['synth', 'diff', 'deploy', 'destroy']
if (!commands.includes(command)) fail(`usage: npm run ${commands.join('|')} [-- --env NAME] [--emulator NAME]`)
const stage = take('--env') ?? 'dev'
const emulator = take('--emulator')

installIfMissing()
if (command === 'deploy') buildDashboardIfStale()
const forced = command === 'destroy' ? ['--force'] : []
if (command === 'destroy') {
  if (!takeForce() && !emulator) await askWhetherToDestroy()
  run([join(root, 'cdk', 'bin', 'empty-stage.ts'), stage])
}
const which = command === 'synth' ? ['--quiet'] : ['--all']
const unasked = emulator && command === 'deploy' ? ['--require-approval', 'never'] : []
const context = ['-c', `env=${stage}`, ...(emulator ? ['-c', `emulator=${emulator}`] : [])]
run([
  fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk')),
  command,
  ...which,
  ...context,
  ...unasked,
  ...forced,
  ...args,
])
if (command === 'deploy') {
  const outputs = join(mkdtempSync(join(tmpdir(), 'counterflow-deploy-')), 'outputs.json')
  run([join(root, 'cdk', 'bin', 'after-deploy.ts'), stage, join(root, 'web', 'dist'), outputs])
  run([join(root, 'local', 'cloud', 'invite-owner.ts'), outputs])
}

/** Takes `--name VALUE` or `--name=VALUE` out of the arguments; what is left is for cdk. */
function take(name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`))
  if (at < 0) return undefined
  const isOne = args[at] !== name
  const [first, next] = args.splice(at, isOne ? 1 : 2)
  const value = isOne ? first.slice(name.length + 1) : next
  if (!value) fail(`${name} wants a name after it`)
  return value
}

/** Takes cdk's own `--force` or `-f` out of the arguments: whether it was there. */
function takeForce() {
  const at = args.findIndex((arg) => arg === '--force' || arg === '-f')
  if (at >= 0) args.splice(at, 1)
  return at >= 0
}

/** Buckets are emptied before cdk could ask: it is asked here, for both. */
async function askWhetherToDestroy() {
  console.error(
    `This empties the buckets of the stage ${stage}, deletes its secrets and removes its stacks; only what a stage with \`retain\` remembers stays.\n` +
      `Nothing brings back what goes. Type ${stage} to go on:`,
  )
  let typed
  for await (const line of createInterface({ input: process.stdin })) {
    typed = line.trim()
    break
  }
  if (typed !== stage) fail('nothing was removed. Where nobody can type: `npm run destroy -- --env NAME --force`')
}

/** Runs a script on the pinned Node, which cdk finds too when it starts the app; ends here where it fails. */
function run(script) {
  const node = pinnedNode()
  if (!node || !existsSync(node)) fail('Node 24 is not installed here: run `npm install` in the repository first')
  const path = [dirname(node), process.env.PATH].join(delimiter)
  const { status, signal } = spawnSync(node, script, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  })
  if (status !== 0) process.exit(exitCode(status, signal))
}
