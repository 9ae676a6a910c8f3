import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const wantedMajor = 24
// Rows and events die young: with room for a second's worth of them few are moved to where collecting is dear.
const nodeOptions = ['--max-semi-space-size=64']
const forwardedSignals = ['SIGINT', 'SIGTERM']
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }
const shells = ['sh', 'dash', 'bash', 'ash', 'busybox', 'ksh', 'zsh']
const starterCheckMs = 500

/** Path of the Node binary the project is pinned to, or undefined where it is not installed and this Node is older. */
export function pinnedNode() {
  const folder = join(root, 'node_modules', 'node')
  if (existsSync(join(folder, 'package.json'))) {
    const binary = join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.node)
    if (existsSync(binary)) return binary
  }
  return Number.parseInt(process.versions.node, 10) >= wantedMajor ? process.execPath : undefined
}

/** Prints one line a person can act on, then ends with code 1. */
export function fail(message) {
  console.error(`counterflow: ${message}`)
  process.exit(1)
}

/** Path of an installed package's command, as a script for Node: the links in node_modules/.bin are not that everywhere. */
export function packageCommand(packageName, command) {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/** The exit code a shell would report for a process that ended with this code or signal. */
export function exitCode(code, signal) {
  return signal ? 128 + (signalNumbers[signal] ?? 0) : (code ?? 1)
}

/**
 * Runs a script on the pinned Node with this terminal and ends as it ends.
 *
 * A signal to npm may reach only npm and the shell between (SIGKILL reaches npm alone), so this process watches npm
 * and sends SIGTERM to the script when npm is gone. A login shell is never watched: `nohup` and `&` go on working.
 *
 * In a terminal Ctrl-C reaches every process of the group, so the script may see SIGINT twice within milliseconds:
 * once from the terminal and once from here.
 */
export function runOnPinnedNode(script, args, env = {}) {
  const node = pinnedNode()
  if (!node) fail('Node 24 is not installed here: run `npm install` in the repository first')
  const child = spawn(node, [...nodeOptions, script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const sent = new Set()
  const send = (signal) => {
    if (sent.has(signal)) return
    sent.add(signal)
    child.kill(signal)
  }
  for (const signal of forwardedSignals) process.on(signal, send)
  const starterGone = starterWatch()
  const watch = starterGone && setInterval(() => starterGone() && send('SIGTERM'), starterCheckMs)
  child.on('error', (error) => fail(`could not run ${node}: ${error.message}`))
  child.on('exit', (code, signal) => {
    clearInterval(watch)
    if (signal && !sent.has(signal)) console.error(`counterflow: ended by ${signal}, which was not sent from here`)
    process.exit(exitCode(code, signal))
  })
}

/** A check that the npm which started this process is gone, or undefined where no npm did. */
function starterWatch() {
  if (!process.env.npm_lifecycle_event && !process.env.npm_command) return undefined
  const parent = process.ppid
  const grandparent = parentOfShell(parent)
  return () => process.ppid !== parent || (grandparent !== undefined && parentOfShell(parent) !== grandparent)
}

/** npm starts scripts through `sh -c`; most shells become the command, some stay between. Linux alone can tell. */
function parentOfShell(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(stat)
    return shells.includes(basename(name)) ? Number(parent) : undefined
  } catch {
    return undefined
  }
}
