/**
 * That the audit of dependencies in .github/workflows/ci.yml fails where it should: its own command, against a registry on this
 * machine that answers what the real one would (https://docs.npmjs.com/cli/commands/npm-audit, "Bulk Advisory Endpoint").
 */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './fixture-tree.ts'

const ADVISORIES = '/-/npm/v1/security/advisories/bulk'
const workflow = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8')
const [, command = ''] = /^ +- run: (npm audit .*)$/m.exec(workflow) ?? []

type Advisory = { readonly name: string; readonly severity: string }
/** What is known of which package; undefined: the registry answers no audits. */
let known: readonly Advisory[] | undefined
/** Advisories are kept in npm's cache, by number: each run has one of its own. */
let runs = 0
let asked: readonly string[] = []
const registry = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    if (request.url !== ADVISORIES || known === undefined) return response.writeHead(405).end('{}')
    const body = Buffer.concat(chunks)
    asked = Object.keys(
      JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()),
    )
    const found = known.filter(({ name }) => asked.includes(name))
    const answer = found.map(({ name, severity }) => [
      name,
      [{ id: 1, url: 'https://example.com/1', title: 'planted', severity, vulnerable_versions: '*' }],
    ])
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(Object.fromEntries(answer)))
  })
})

const folder = mkdtempSync(join(tmpdir(), 'audit-'))
beforeAll(async () => {
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(root, name), join(folder, name))
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done))
})
afterAll(() => {
  registry.close()
  rmSync(folder, { recursive: true })
})

async function audit(advisories: readonly Advisory[] | undefined): Promise<number> {
  known = advisories
  const [program, ...args] = command.split(' ') as [string, ...string[]]
  const options = [
    `--registry=http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
    `--cache=${join(folder, 'cache')}-${++runs}`,
    '--fetch-retries=0',
  ]
  const run = promisify(execFile)(program, [...args, ...options], { cwd: folder })
  return run.then(
    () => 0,
    (error: { readonly code: number }) => error.code,
  )
}

test('is a step of its own, which nothing makes good', () => {
  expect(command).toMatch(/^npm audit /)
  expect(command).not.toMatch(/[|;&]/)
  expect(workflow).not.toContain('continue-on-error')
})

test.each([
  ['a weakness of the product', [{ name: 'lmdb', severity: 'high' }], 1],
  ['one of a package that a package of the product needs', [{ name: 'msgpackr', severity: 'high' }], 1],
  ['a lesser one', [{ name: 'lmdb', severity: 'moderate' }], 0],
  ['one of a tool', [{ name: 'vitest', severity: 'critical' }], 0],
])('%s', async (_what, advisories, code) => {
  expect(await audit(advisories)).toBe(code)
  expect(asked).toContain('fastify')
  expect(asked).not.toContain('vitest')
})

test('a registry that answers no audits fails it', async () => {
  expect(await audit(undefined)).not.toBe(0)
})
