/** What the dashboard weighs, compressed as it is served: what comes first, and what each page adds. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const DIST = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const MANIFEST = join(DIST, '.vite/manifest.json')
const FIRST_LOAD = 250_000
const PAGE = 120_000

type Chunk = {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  /** Loaded together with it. */
  readonly imports?: readonly string[]
}

describe('what the dashboard weighs', () => {
  it('is built', () => expect(existsSync(MANIFEST), 'npm test builds it').toBe(true))
  const chunks: Readonly<Record<string, Chunk>> = existsSync(MANIFEST) ? JSON.parse(readFileSync(MANIFEST, 'utf8')) : {}

  /** The files of a chunk and of all that it imports. */
  function filesOf(name: string, seen = new Set<string>()): Set<string> {
    const { file, imports = [] } = chunks[name]!
    if (seen.has(file)) return seen
    seen.add(file)
    for (const each of imports) filesOf(each, seen)
    return seen
  }
  const bytesOf = (files: Iterable<string>) =>
    [...files]
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0)

  const entry = Object.keys(chunks).find((name) => chunks[name]!.isEntry)
  const first = entry === undefined ? new Set<string>() : filesOf(entry)
  const pages = Object.keys(chunks).filter(
    (name) => /src\/[^/]+\/[^/]+-page\.tsx$/.test(name) && chunks[name]!.isDynamicEntry,
  )

  it('is at most 250 kB of JavaScript at first', () => {
    expect(bytesOf(first)).toBeGreaterThan(50_000)
    expect(bytesOf(first)).toBeLessThanOrEqual(FIRST_LOAD)
  })

  it('has pages that come by themselves', () => expect(pages.length).toBeGreaterThan(2))

  it.each(pages)('%s adds at most 120 kB', (page) => {
    const own = [...filesOf(page)].filter((file) => !first.has(file))
    expect(bytesOf(own)).toBeLessThanOrEqual(PAGE)
  })
})
