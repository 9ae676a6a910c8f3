import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fail, packageCommand, pinnedNode, root } from './pinned-node.mjs'

const builtFrom = join(root, 'web', 'dist', '.built-from')
// All of core: what web may import (events, metrics, api) imports the rest of it.
const sources = ['web', join('layers', 'core'), 'package-lock.json']

/** Builds web/ into web/dist when a source has changed since the last build; does nothing while web/ has no page. */
export function buildDashboardIfStale() {
  if (!existsSync(join(root, 'web', 'index.html'))) return
  const wanted = hashOfSources()
  if (existsSync(builtFrom) && readFileSync(builtFrom, 'utf8') === wanted) return
  console.error('Building the dashboard (once after each change of its sources) ...')
  const startedAt = Date.now()
  const vite = packageCommand('vite', 'vite')
  const result = spawnSync(pinnedNode(), [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (result.status !== 0) fail('the dashboard could not be built: the lines above say why')
  writeFileSync(builtFrom, wanted)
  console.error(`Dashboard built in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesUnder(join(root, source)))) {
    hash.update(relative(root, file).split(sep).join('/')).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(path) {
  const skipped = ['dist', 'node_modules']
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !skipped.includes(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(join(path, entry.name)))
}
