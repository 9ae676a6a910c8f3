import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { manifest } from '#functions/manifest.ts'
import { nativeNeedsOf } from './function-needs.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** What becomes of functions/on-aws.ts: it gives the handlers their ports before they are loaded. */
const ON_AWS = join(ROOT, 'functions/on-aws.ts')
const WITH_WAREHOUSE = join(ROOT, 'functions/on-aws-with-warehouse.ts')
/** The steps' SELECTs, which the warehouse's functions have beside themselves. */
const SQL = join(ROOT, 'layers/core/lake/sql')
/** Some packages are CommonJS and ask for Node's modules by `require`, which a module has not. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module';const require = requireOf(import.meta.url);`

/**
 * Bundles functions, each whole: one file with all that it needs, the AWS SDK too, beside the files that it reads (a
 * page's style). Needs no Docker and no network.
 * @returns the folder of each function's bundle: `index.mjs`, which exports `handler`.
 */
export function bundleFunctions(runs: readonly string[], folder = join(ROOT, 'cdk/dist')): (runs: string) => string {
  rmSync(folder, { recursive: true, force: true })
  const isWithWarehouse = (each: string) => nativeNeedsOf(manifest, each).includes('duckdb')
  bundle(
    runs.filter((each) => !isWithWarehouse(each)),
    ON_AWS,
    folder,
  )
  bundle(runs.filter(isWithWarehouse), WITH_WAREHOUSE, folder)
  for (const each of runs) copyFilesBeside(join(ROOT, 'functions', each), join(folder, each))
  for (const each of runs.filter(isWithWarehouse)) copyFilesBeside(SQL, join(folder, each, 'sql'))
  return (each) => join(folder, each)
}

function bundle(runs: readonly string[], ports: string, folder: string): void {
  if (runs.length === 0) return
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(runs.map((each) => [`${each}/index`, `functions/${each}/handler.ts`])),
    inject: [ports],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Native: they come in a layer, and are loaded by `require`, since modules do not look there.
    external: ['onnxruntime-node', '@duckdb/node-bindings'],
    define: { SQL_FOLDER: '"./sql/"' },
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'utf8',
    banner: { js: REQUIRE },
    logLevel: 'warning',
  })
}

function copyFilesBeside(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) if (!/\.(ts|md)$/.test(name)) copyFileSync(join(from, name), join(to, name))
}
