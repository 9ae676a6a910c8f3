/**
 * Puts whole into the folder what the end of a run deletes: the files that are named, where they are there, and in `functions` what
 * each function and API of the emulator that has logged anything has logged. `keep-logs.ts FOLDER [FILE ...]`
 */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { logsByGroup } from './service-calls.ts'

const [folder, ...files] = process.argv.slice(2) as [string, ...string[]]
const functions = join(folder, 'functions')
mkdirSync(functions, { recursive: true })
for (const file of files.filter(existsSync)) copyFileSync(file, join(folder, basename(file)))
for (const [group, lines] of await logsByGroup())
  if (lines.length > 0)
    writeFileSync(join(functions, `${group.replace(/^\//, '').replaceAll('/', '-')}.log`), `${lines.join('\n')}\n`)
