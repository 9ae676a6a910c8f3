import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import {
  announce,
  diskOf,
  FORMAT,
  openDataFolder,
  ownerOf,
  ownsFolder,
  runningEngine,
  withdraw,
} from './data-folder.ts'
import { StartError } from './start-error.ts'

const newPath = () => join(temporaryFolder(), 'data')
const formatOf = (path: string) => JSON.parse(readFileSync(join(path, 'format.json'), 'utf8'))

/** The error that opening gives: one line that a person can act on. */
function refusalOf(path: string): string {
  try {
    openDataFolder(path)
  } catch (error) {
    expect(error).toBeInstanceOf(StartError)
    expect((error as Error).message).not.toContain('\n')
    return (error as Error).message
  }
  throw new Error(`${path} was opened`)
}

describe('opening', () => {
  test('makes a folder for its owner alone, and remembers its shards', () => {
    const path = join(newPath(), 'deep', 'er')
    expect(openDataFolder(path, 8).shards).toBe(8)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    expect(formatOf(path)).toEqual({ format: FORMAT, shards: 8 })
    expect(openDataFolder(path, 2).shards).toBe(8)
    expect(openDataFolder(path).log).toBe(join(path, 'log'))
  })

  test('takes an empty folder that is there already', () => {
    const path = newPath()
    mkdirSync(path)
    expect(openDataFolder(path).shards).toBe(4)
  })

  test('refuses what a newer release wrote, and leaves it as it is', () => {
    const path = newPath()
    mkdirSync(path)
    writeFileSync(join(path, 'format.json'), JSON.stringify({ format: FORMAT + 1, shards: 4, more: true }))
    const before = readFileSync(join(path, 'format.json'))
    expect(refusalOf(path)).toBe(
      `${path} was written by a newer release (format ${FORMAT + 1}, this one knows ${FORMAT}): update Counterflow, or choose another folder with --data`,
    )
    expect(readFileSync(join(path, 'format.json'))).toEqual(before)
    expect(readdirSync(path)).toEqual(['format.json'])
  })

  test.each(['', '{', '[]', 'null', '{"format":1}', '{"format":"1","shards":4}', '{"format":1,"shards":2.5}'])(
    'refuses a format of %j',
    (text) => {
      const path = newPath()
      mkdirSync(path)
      writeFileSync(join(path, 'format.json'), text)
      expect(refusalOf(path)).toContain('format.json is not readable: restore it from a backup')
    },
  )

  test.each([
    '{"format":0,"shards":4}',
    '{"format":1,"shards":0}',
    '{"format":1,"shards":-4}',
    '{"format":-1,"shards":4}',
  ])('refuses a format of %j, which none can have written', (text) => {
    const path = newPath()
    mkdirSync(path)
    writeFileSync(join(path, 'format.json'), text)
    expect(refusalOf(path)).toContain('format.json is not readable: restore it from a backup')
  })

  test('refuses a file, and a folder under a file', () => {
    const path = newPath()
    writeFileSync(path, 'x')
    for (const it of [path, join(path, 'below')]) {
      expect(refusalOf(it)).toContain(`cannot write to ${it}`)
      expect(refusalOf(it)).toContain('choose another folder with --data')
    }
  })

  test.skipIf(process.getuid?.() === 0)('refuses a folder that it may not write to', () => {
    const path = newPath()
    mkdirSync(path, { mode: 0o500 })
    expect(refusalOf(path)).toContain(`cannot write to ${path}`)
  })

  test('cut off in the middle, it can be done again', () => {
    const path = newPath()
    mkdirSync(path)
    // As a process that was killed, or a disk that was full, leaves it.
    const program = `
      const fs = require('node:fs')
      const write = fs.writeFileSync
      fs.writeFileSync = (file, text, options) => { write(file, text.slice(0, 5), options); process.exit(9) }
      require('node:module').syncBuiltinESMExports()
      import(${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))}).then((it) => it.openDataFolder(${JSON.stringify(path)}))
    `
    expect(spawnSync(process.execPath, ['-e', program]).status).toBe(9)
    expect(openDataFolder(path).shards).toBe(4)
  })
})

describe('an owner', () => {
  test('owns its folder while it runs, by whatever path that is reached', () => {
    const path = newPath()
    openDataFolder(path)
    const owner = ownerOf(path)
    expect(owner.pid).toBe(process.pid)
    const link = `${path}-link`
    symlinkSync(path, link)
    for (const it of [path, `${path}/`, join(path, '..', 'data'), link]) expect(ownsFolder(owner, it)).toBe(true)
    // Moved while it is open: the files are the same.
    const moved = `${path}-moved`
    renameSync(path, moved)
    expect(ownsFolder(owner, moved)).toBe(true)
  })

  test('owns no copy of it, and no other', () => {
    const path = newPath()
    openDataFolder(path)
    const copy = `${path}-copy`
    cpSync(path, copy, { recursive: true })
    const other = newPath()
    openDataFolder(other)
    for (const it of [copy, other]) expect(ownsFolder(ownerOf(path), it)).toBe(false)
  })

  test('is gone when its process is, whoever has its number now', async () => {
    const path = newPath()
    openDataFolder(path)
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
    const owner = ownerOf(path)
    const startedAt = startOf(child.pid!)
    expect(startedAt).toBeDefined()
    expect(ownsFolder({ ...owner, pid: child.pid!, startedAt: startedAt! }, path)).toBe(true)
    expect(ownsFolder({ ...owner, pid: child.pid! }, path)).toBe(false)
    expect(ownsFolder({ ...owner, startedAt: '' }, path)).toBe(false)
    child.kill('SIGKILL')
    await new Promise((done) => child.once('exit', done))
    expect(ownsFolder({ ...owner, pid: child.pid!, startedAt: startedAt! }, path)).toBe(false)
  })

  /** As the process itself says. */
  function startOf(pid: number): string | undefined {
    const program = `import(${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))}).then((it) => {
      Object.defineProperty(process, 'pid', { value: ${pid} })
      console.log(it.ownerOf(${JSON.stringify(temporaryFolder())}).startedAt)
    })`
    const said = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout.trim()
    return said === '' ? undefined : said
  }
})

describe('a running engine', () => {
  test('is found while it says where it is', () => {
    const path = newPath()
    openDataFolder(path)
    expect(runningEngine(path)).toBeUndefined()
    announce(path, 'http://127.0.0.1:4310')
    expect(runningEngine(path)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:4310' })
    withdraw(path)
    withdraw(path)
    expect(runningEngine(path)).toBeUndefined()
  })

  test('is none that was killed, or that a copied or broken file speaks of', () => {
    const path = newPath()
    openDataFolder(path)
    announce(path, 'http://127.0.0.1:4310')
    const copy = `${path}-copy`
    cpSync(path, copy, { recursive: true })
    expect(runningEngine(copy)).toBeUndefined()
    const said = JSON.parse(readFileSync(join(path, 'engine.json'), 'utf8'))
    for (const text of ['', '{', 'null', '[]', JSON.stringify({ ...said, startedAt: 'earlier' })]) {
      writeFileSync(join(path, 'engine.json'), text)
      expect(runningEngine(path)).toBeUndefined()
    }
  })
})

test('the disk is said as it is', () => {
  const folder = openDataFolder(newPath())
  expect(diskOf(folder).usedBytes).toBe(0)
  mkdirSync(folder.log)
  writeFileSync(join(folder.log, 'data.mdb'), Buffer.alloc(1 << 20, 1))
  const { usedBytes, freeBytes } = diskOf(folder)
  expect(usedBytes).toBeGreaterThanOrEqual(1 << 20)
  expect(freeBytes).toBeGreaterThan(0)
})
