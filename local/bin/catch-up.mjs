import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installIfMissing } from './install-packages.mjs'
import { exitCode, pinnedNode, root } from './pinned-node.mjs'

const { values } = parseArgs({ options: { env: { type: 'string', default: 'dev' } } })
installIfMissing()
const folder = mkdtempSync(join(tmpdir(), 'counterflow-catch-up-'))
const outputs = join(folder, 'outputs.json')
let code = run(join(root, 'cdk', 'bin', 'write-outputs.ts'), values.env, outputs)
if (code === 0) code = run(join(root, 'local', 'cloud', 'catch-up.ts'), outputs)
rmSync(folder, { recursive: true, force: true })
process.exit(code)

function run(...script) {
  const { status, signal } = spawnSync(pinnedNode(), script, { cwd: root, stdio: 'inherit' })
  return status === 0 ? 0 : exitCode(status, signal)
}
