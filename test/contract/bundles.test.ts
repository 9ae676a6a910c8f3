import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { manifest } from '#functions/manifest.ts'
import { bundleFunctions } from '../../cdk/bundle-functions.ts'
import { functionsIn } from '../../cdk/deployment.ts'

const MAX_BYTES = 5_000_000
const MAX_LOAD_MS = 250
const TRIES = 5

const folder = mkdtempSync(join(tmpdir(), 'bundles-'))
afterAll(() => rmSync(folder, { recursive: true }))
const runs = functionsIn(manifest)
const bundleOf = bundleFunctions(runs, folder)

/**
 * Loads a bundle in a fresh Node, without this repository's packages.
 * @returns how long its thread computed, in ms: what it would take alone, whatever else the machine does.
 */
function load(name: string): number {
  const url = pathToFileURL(join(bundleOf(name), 'index.mjs')).href
  const code = `const before = process.threadCpuUsage(); const { handler } = await import('${url}')
    if (typeof handler !== 'function') throw new Error('no handler')
    const { user, system } = process.threadCpuUsage(before); console.log((user + system) / 1000)`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder })
  expect(stderr.toString()).toBe('')
  expect(status).toBe(0)
  return Number(stdout.toString())
}

test.each(runs)('%s: the bundle is small enough, is whole, and loads', (name) => {
  const files = readdirSync(bundleOf(name)).map((file) => statSync(join(bundleOf(name), file)).size)
  expect(files.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(MAX_BYTES)
  load(name)
})

test(`the webhook's function is loaded within ${MAX_LOAD_MS} ms`, () => {
  // The quickest of a few: caches are cold once.
  const quickestMs = Math.min(...Array.from({ length: TRIES }, () => load('receive-webhook')))
  console.log(`receive-webhook is loaded in ${Math.round(quickestMs)} ms`)
  expect(quickestMs).toBeLessThanOrEqual(MAX_LOAD_MS)
})
