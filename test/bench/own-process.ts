/** Processes and folders that a bench starts, which end with it however it ends. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const children = new Set<ChildProcess>()
const folders = new Set<string>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

/** Starts a script on the Node that runs this one, with the same flags: those that `npm start` gives (`pinned-node.mjs`). */
export function spawnNode(args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** Runs a script to its end and answers what it wrote to stdout. @throws when it fails, with what it wrote to stderr. */
export async function outputOf(args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawnNode(args, options)
  const out: string[] = []
  const errors: string[] = []
  child.stdout!.setEncoding('utf8').on('data', (chunk) => out.push(chunk))
  child.stderr!.setEncoding('utf8').on('data', (chunk) => errors.push(chunk))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code ?? signal}: ${errors.join('')}`)
  return out.join('')
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** A new folder that goes when the bench ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-bench-'))
  folders.add(folder)
  return folder
}

export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
  folders.delete(folder)
}

const KIB_PER_MIB = 1024

/**
 * Memory of a process that is its own, MiB: pages of files it has mapped (LMDB's, its code) do not count. Undefined where
 * the process is gone.
 */
export const anonRssMiB = (pid: number): number | undefined => statusMiB(pid, 'RssAnon')
/** The most memory that the process ever had, MiB, mapped files included. Undefined where it is gone. */
export const peakRssMiB = (pid: number): number | undefined => statusMiB(pid, 'VmHWM')

function statusMiB(pid: number, name: string): number | undefined {
  try {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found === null ? undefined : Number(found[1]) / KIB_PER_MIB
  } catch {
    return undefined
  }
}

/** Linux counts the time of a process in hundredths of a second. */
const TICK_SECONDS = 0.01

/** Seconds of a core that the process has taken so far, all threads together. */
export function cpuSeconds(pid: number): number {
  // After the name in brackets: utime and stime are the 14th and 15th fields of all (proc(5)).
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS
}
