import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyPackage, findPackage, type Processor, packageFolder, ROOT } from './stage-package.ts'

const bindingsOf = (processor: Processor): string => `@duckdb/node-bindings-linux-${processor}`

/**
 * The processor that DuckDB is installed for: npm installs it for the machine alone that it runs on.
 * @throws Error where it is for none that Lambda has.
 */
export function duckDbProcessor(): Processor {
  const found = (['arm64', 'x64'] as const).find((processor) => findPackage(bindingsOf(processor)) !== undefined)
  if (found !== undefined) return found
  throw new Error(
    `DuckDB is not installed for Lambda: \`npm install --no-save --os=linux --cpu=arm64 --libc=glibc ${bindingsOf('arm64')}\``,
  )
}

/**
 * What a layer of DuckDB holds, for one processor: what the JavaScript in a bundle asks for by `require`.
 * @returns the folder that becomes `/opt`.
 */
export function stageDuckDb(
  processor: Processor,
  folder = join(ROOT, 'cdk/dist-layers', `duckdb-${processor}`),
): string {
  rmSync(folder, { recursive: true, force: true })
  const common = packageFolder('@duckdb/node-bindings')
  copyPackage(common, folder, '@duckdb/node-bindings', ['package.json', 'LICENSE', 'duckdb.js'])
  copyPackage(packageFolder('detect-libc', common), folder, 'detect-libc', ['package.json', 'LICENSE', 'lib'])
  const parts = ['package.json', 'LICENSE', 'duckdb.node', 'libduckdb.so']
  copyPackage(packageFolder(bindingsOf(processor)), folder, bindingsOf(processor), parts)
  return folder
}
