/** Parts of installed packages, as a layer of Lambda holds them. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As Node names the processors that Lambda has. */
export type Processor = 'arm64' | 'x64'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Where a function looks for packages, once the layer's folder is `/opt`. */
export const PACKAGES = 'nodejs/node_modules'

/** As Node finds it, from a folder or from here: beside or above; undefined: it is not installed. */
export function findPackage(name: string, from = ROOT): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const found = join(at, 'node_modules', name)
    if (isThere(found)) return found
    if (at === dirname(at)) return undefined
  }
}

/** @throws Error where it is not installed. */
export function packageFolder(name: string, from = ROOT): string {
  const found = findPackage(name, from)
  if (found === undefined) throw new Error(`${name} is not installed: run \`npm install\` first`)
  return found
}

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).includes('package.json')
  } catch {
    return false
  }
}

/** Without what only a compiler or a debugger reads. */
export function copyPackage(from: string, layer: string, name: string, parts: readonly string[]): void {
  const to = join(layer, PACKAGES, name)
  mkdirSync(to, { recursive: true })
  for (const part of parts)
    cpSync(join(from, part), join(to, part), { recursive: true, filter: (it) => !/\.(d\.ts|map)$/.test(it) })
}
