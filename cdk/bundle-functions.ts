import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** What becomes of functions/on-aws.ts: it gives the handlers their ports before they are loaded. */
const ON_AWS = join(ROOT, 'functions/on-aws.ts')
/** Some packages are CommonJS and ask for Node's modules by `require`, which a module has not. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module';const require = requireOf(import.meta.url);`

/**
 * Bundles functions, each whole: one file with all that it needs, the AWS SDK too, beside the files that it reads (a
 * page's style). Needs no Docker and no network.
 * @returns the folder of each function's bundle: `index.mjs`, which exports `handler`.
 */
export function bundleFunctions(runs: readonly string[], folder = join(ROOT, 'cdk/dist')): (runs: string) => string {
  rmSync(folder, { recursive: true, force: true })
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(runs.map((each) => [`${each}/index`, `functions/${each}/handler.ts`])),
    inject: [ON_AWS],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Native: they come in a layer, and are loaded by `createRequire`, since modules do not look there.
    external: ['onnxruntime-node'],
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
  for (const each of runs) copyFilesBeside(join(ROOT, 'functions', each), join(folder, each))
  return (each) => join(folder, each)
}

function copyFilesBeside(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) if (!/\.(ts|md)$/.test(name)) copyFileSync(join(from, name), join(to, name))
}
