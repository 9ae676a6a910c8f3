import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const golden = fileURLToPath(new URL('.', import.meta.url))

/** Names of the case folders of an area, in order. */
export const caseNames = (area: string): string[] =>
  readdirSync(join(golden, area), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

/** Names of the files of one case. */
export const filesOf = (area: string, name: string): string[] => readdirSync(join(golden, area, name)).sort()

export const readText = (area: string, name: string, file: string): string =>
  readFileSync(join(golden, area, name, file), 'utf8')

// biome-ignore lint/suspicious/noExplicitAny: each area knows the shape of its own cases
export const readJson = (area: string, name: string, file: string): any => JSON.parse(readText(area, name, file))

/** The lines of an .ndjson file; blank lines and those that begin with # are for the reader. */
// biome-ignore lint/suspicious/noExplicitAny: each area knows the shape of its own cases
export const readLines = (area: string, name: string, file: string): any[] =>
  readText(area, name, file)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => JSON.parse(line))
