/**
 * The folder that holds everything: `log/`, `state/` and `people/` (LMDB), `objects/`, `secrets.json`, `format.json`,
 * `engine.json`.
 */
import { execFileSync } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartError } from './start-error.ts'

/**
 * Raised when an older release could not read what this one writes. 1: people and tokens lay in `state/`; 2: they have
 * `people/`.
 */
export const FORMAT = 2

export type DataFolder = {
  readonly path: string
  readonly log: string
  /** What was folded, and what only runs along: connections, outbox. */
  readonly state: string
  /** Who is who: people, tokens, sign-in codes. */
  readonly people: string
  readonly objects: string
  readonly secrets: string
  /** How many shards the log has: decided when the folder is made, and never changed. */
  readonly shards: number
  /** As which release it was last written. */
  readonly format: number
}
type Format = { readonly format: number; readonly shards: number }

const SHARDS = 4

/** Makes the folder if there is none. @throws StartError when it cannot be used, with nothing changed in it. */
export function openDataFolder(path: string, shards = SHARDS): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.W_OK | constants.R_OK)
  } catch (error) {
    throw new StartError(`cannot write to ${path} (${(error as Error).message}): choose another folder with --data`)
  }
  const formatPath = join(path, 'format.json')
  if (!existsSync(formatPath)) {
    writeDurably(formatPath, JSON.stringify({ format: FORMAT, shards } satisfies Format), path)
  }
  const found = readFormat(formatPath)
  if (found.format > FORMAT) {
    throw new StartError(
      `${path} was written by a newer release (format ${found.format}, this one knows ${FORMAT}): update Counterflow, or choose another folder with --data`,
    )
  }
  return {
    path,
    log: join(path, 'log'),
    state: join(path, 'state'),
    people: join(path, 'people'),
    objects: join(path, 'objects'),
    secrets: join(path, 'secrets.json'),
    shards: found.shards,
    format: found.format,
  }
}

/** From now on the folder is as this release writes it: an older one leaves it alone. */
export function raiseFormat({ path, shards }: DataFolder): void {
  writeDurably(join(path, 'format.json'), JSON.stringify({ format: FORMAT, shards } satisfies Format), path)
}

function readFormat(path: string): Format {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Format
    if (isCount(found.format) && isCount(found.shards)) return found
  } catch {
    // told below
  }
  throw new StartError(`${path} is not readable: restore it from a backup, or choose another folder with --data`)
}

const isCount = (n: number): boolean => Number.isInteger(n) && n >= 1

/** The file is whole or not there, wherever the process or the disk ends. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { flush: true })
  renameSync(`${path}.new`, path)
}

function writeDurably(path: string, text: string, folder: string): void {
  try {
    writeWhole(path, text)
  } catch (error) {
    throw new StartError(
      `cannot write to ${folder} (${(error as Error).message}): free some space, or choose another folder with --data`,
    )
  }
}

// --- Who runs it ---------------------------------------------------------------------------------------------------

/**
 * A process and when it started, which tells it from a later one with the same number; and the folder it works on, by
 * device and inode: it is the same one when it is moved or reached by a link, and another when it is copied.
 */
export type Owner = { readonly pid: number; readonly startedAt: string; readonly folder: string }

export const ownerOf = (folder: string): Owner => ({
  pid: process.pid,
  startedAt: startOf(process.pid) ?? '',
  folder: placeOf(folder),
})

/** Whether the owner works on this folder: a copied folder bears the name of the one that it was copied from. */
export const ownsFolder = ({ pid, startedAt, folder }: Owner, path: string): boolean =>
  folder === placeOf(path) && startOf(pid) === startedAt

function placeOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true })
  return `${dev}:${ino}`
}

/** When the process started, in the system's own words; undefined when there is none of that number. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
  }
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The name, in brackets, may hold anything; the 22nd field counts from it.
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return undefined
  }
}

/** Where a running engine listens; in the folder while it does. */
export type RunningEngine = Owner & { readonly address: string }

const enginePath = (folder: string): string => join(folder, 'engine.json')

export const announce = (folder: string, address: string): void =>
  writeWhole(enginePath(folder), JSON.stringify({ ...ownerOf(folder), address } satisfies RunningEngine))

export const withdraw = (folder: string): void => rmSync(enginePath(folder), { force: true })

/** The engine that runs on this folder now, if one does. */
export function runningEngine(folder: string): RunningEngine | undefined {
  try {
    const found = JSON.parse(readFileSync(enginePath(folder), 'utf8')) as RunningEngine
    return ownsFolder(found, folder) ? found : undefined
  } catch {
    return undefined
  }
}

// --- Disk ----------------------------------------------------------------------------------------------------------

/** Doors close when less than this is free, so that what was taken can still be written. */
export const DISK_RESERVE_BYTES = 64 * 1024 * 1024

export function diskOf(folder: DataFolder): { usedBytes: number; freeBytes: number } {
  const { bavail, bsize } = statfsSync(folder.path)
  const used = [folder.log, folder.state, folder.people].reduce((sum, part) => {
    const stat = statSync(join(part, 'data.mdb'), { throwIfNoEntry: false })
    return sum + (stat === undefined ? 0 : stat.blocks * 512)
  }, 0)
  return { usedBytes: used, freeBytes: bavail * bsize }
}
