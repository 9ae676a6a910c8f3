import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail, pinnedNode, root } from './pinned-node.mjs'

const networkErrors = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/

// Not `npm ci`: it refuses a lock file that lacks a package for another platform, and npm leaves such a package out
// of the lock where the registry has none. --no-save keeps the lock file as it is; installState compares with it.
const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']

/** 'missing', 'stale' (what is installed differs from the lock file) or 'current'. */
export function installState() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (!installed || !pinnedNode()) return 'missing'
  const locked = packagesOf(join(root, 'package-lock.json')) ?? {}
  const current = Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    if (!found) return wanted.optional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
  return current ? 'current' : 'stale'
}

/**
 * Installs the packages when they are missing or, with `renew`, differ from the lock file.
 * With `allowInstall: false` a missing install is an error; a stale one is used as it is.
 */
export function installIfMissing({ allowInstall = true, renew = true } = {}) {
  const state = installState()
  if (state === 'current' || (state === 'stale' && !(renew && allowInstall))) return
  if (!allowInstall) fail('the packages are not installed: run `npm install` in the repository first')
  if (!lockFileIsCurrent()) fail('package.json and package-lock.json do not agree: run `npm install`')
  const why = state === 'missing' ? 'this happens once' : 'package-lock.json has changed'
  console.error(`Installing the packages (${why}, about a minute) ...`)
  const startedAt = Date.now()
  // Without a network an install would retry each package for minutes; from npm's cache alone it ends at once.
  const unreachable = npm(['ping', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'], 'ignore').networkError
  const result = npm(unreachable ? [...install, '--offline', '--loglevel=silent'] : install, 2)
  const networkError = unreachable ?? result.networkError
  if (!result.ok && networkError) {
    fail(`no network for npm (${networkError}): the first install needs it, connect and run the same command again`)
  }
  if (!result.ok) fail('`npm install` failed, its own lines above say why: mend that, then run this again')
  if (!pinnedNode()) fail('npm ran no install scripts, so Node 24 is missing: run `npm rebuild node`')
  if (installState() !== 'current') fail('npm installed other versions than package-lock.json says: run `npm install`')
  console.error(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}

function npm(args, output) {
  const logs = mkdtempSync(join(tmpdir(), 'counterflow-npm-'))
  const { error, status } = spawnSync('npm', [...args, `--logs-dir=${logs}`], {
    cwd: root,
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32',
  })
  if (error) fail(`npm could not be run (${error.message}): install Node with npm, then run this again`)
  const log = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'))
  const networkError = status === 0 ? undefined : networkErrors.exec(log.join('\n'))?.[1]
  // npm's own error names its log: it stays where a person may want to read it.
  if (status === 0 || networkError) rmSync(logs, { recursive: true, force: true })
  return { ok: status === 0, networkError }
}

function lockFileIsCurrent() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const locked = packagesOf(join(root, 'package-lock.json'))?.['']
  const same = (kind) =>
    JSON.stringify(Object.entries(wanted[kind] ?? {}).sort()) ===
    JSON.stringify(Object.entries(locked?.[kind] ?? {}).sort())
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every(same)
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : undefined
}
