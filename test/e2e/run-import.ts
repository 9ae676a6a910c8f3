import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { run } from './running-engine.ts'

/** A file of these lines in a folder of its own; in gzip where its name says so. */
export function fileOf(lines: readonly string[], name = 'table.csv'): string {
  const path = join(temporaryFolder(), name)
  const text = `${lines.join('\n')}\n`
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)
  return path
}

// biome-ignore lint/suspicious/noExplicitAny: a test knows the summary it asks for
type Ended = { readonly code: number | null; readonly summary: any; readonly printed: string; readonly said: string }

/** `counterflow import ...` on a data folder. */
export const runImport = (data: string, ...args: readonly string[]): Promise<Ended> =>
  runCommand(data, 'import', ...args)

/** `counterflow ...` on a data folder: its exit code, what it printed and what it said on its error stream. */
export async function runCommand(data: string, ...args: readonly string[]): Promise<Ended> {
  const { child, lines, ended } = run([...args, '--data', data])
  let printed = ''
  child.stdout!.on('data', (chunk) => {
    printed += chunk
  })
  const code = await ended
  return { code, summary: printed.startsWith('{') ? JSON.parse(printed) : undefined, printed, said: lines.join('') }
}

/** The same with `--json`. */
export const bring = (data: string, ...args: readonly string[]): Promise<Ended> => runImport(data, ...args, '--json')

/** What a summary says of an import that took everything. */
export const DONE = { refused: 0, refusals: [], held: 0, brokeOff: null, ignoredColumns: [] }
