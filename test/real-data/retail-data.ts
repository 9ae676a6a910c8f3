import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = process.env.RETAIL_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))

/** A file of real data, or undefined where its folder is absent: that is said, once, in a line of its own. */
export function retailFile(name: string): string | undefined {
  const path = join(FOLDER, name)
  if (existsSync(path)) return path
  console.log(`Skipped: there is no ${path} (RETAIL_DATA names another folder)`)
  return undefined
}
