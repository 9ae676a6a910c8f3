import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
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
if (command === 'destroy') run([join(root, 'cdk', 'bin', 'empty-buckets.ts'), stage])
const which = command === 'synth' ? ['--quiet'] : ['--all']
const unasked = emulator && command === 'deploy' ? ['--require-approval', 'never'] : []
const forced = emulator && command === 'destroy' ? ['--force'] : []
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

/** Takes `--name VALUE` out of the arguments; what is left is for cdk. */
function take(name) {
  const at = args.indexOf(name)
  if (at < 0) return undefined
  const [, value] = args.splice(at, 2)
  if (!value) fail(`${name} wants a name after it`)
  return value
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
