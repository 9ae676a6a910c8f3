import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A small repository in a temporary folder: the project's own `copied` settings and the `files` given. */
export function fixtureTree(copied: string[], files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-gate-'))
  for (const name of copied) copyFileSync(join(root, name), join(folder, name))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Runs an installed tool's script in a fixture tree and parses the JSON that it prints. */
export function runTool(script: string, args: string[], folder: string): unknown {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  try {
    return JSON.parse(result.stdout)
  } catch {
    throw new Error(`${script} printed no JSON: ${result.stdout}${result.stderr}`)
  }
}
