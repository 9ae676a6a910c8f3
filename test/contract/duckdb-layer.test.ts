import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundleFunctions } from '../../cdk/bundle-functions.ts'
import { duckDbProcessor, stageDuckDb } from '../../cdk/stage-duckdb.ts'

/** Of the 250 MB that a function may have with all its layers. */
const MAX_BYTES = 100_000_000

const folder = mkdtempSync(join(tmpdir(), 'duckdb-layer-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.skipIf(process.platform !== 'linux')('the layer is small enough, and a function finds DuckDB in it', () => {
  const opt = stageDuckDb(duckDbProcessor(), join(folder, 'opt'))
  const files = readdirSync(opt, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
  const bytes = files.reduce((sum, it) => sum + statSync(join(it.parentPath, it.name)).size, 0)
  console.log(`the layer has ${(bytes / 1e6).toFixed(1)} MB`)
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES)
  // As on Lambda: a module outside of this repository, and NODE_PATH as the runtime of Node sets it.
  const env = { PATH: '/usr/bin:/bin', NODE_PATH: join(opt, 'nodejs/node_modules') }
  const code = `import { createRequire } from 'node:module'
    const require = createRequire('${folder}/index.mjs')
    console.log(require.resolve('@duckdb/node-bindings'), require('@duckdb/node-bindings').library_version())`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
    env,
  })
  expect([status, stderr.toString()]).toEqual([0, ''])
  expect(stdout.toString()).toMatch(new RegExp(`^${opt}/nodejs/node_modules/@duckdb/node-bindings/duckdb.js v\\d`))
})

test('the function of the steps has every SELECT beside itself', () => {
  const bundle = bundleFunctions(['run-step'], join(folder, 'bundles'))('run-step')
  const selects = readdirSync(join(import.meta.dirname, '../../layers/core/lake/sql'))
  expect(readdirSync(join(bundle, 'sql')).toSorted()).toEqual(selects.toSorted())
})
