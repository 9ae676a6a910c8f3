/**
 * Every shell block of the documents that asks an engine runs as written against a fresh one; only the port is another.
 * Every link to a file leads to one, and to a heading that is there.
 */
import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineProcess } from '#test/chaos/engine-process.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENTS = [
  'README.md',
  ...globSync('docs/{analyst/export,api,events,imports,live,notices,people,integrators/*}.md', { cwd: ROOT }).sort(),
]
const LINKED = globSync(['*.md', 'docs/**/*.md', '{functions,models,cdk}/**/*.md'], { cwd: ROOT }).sort()

let data = ''
let engine: EngineProcess
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-documents-'))
  engine = await EngineProcess.start(data)
}, 60_000)
afterAll(async () => {
  await engine.stop()
  rmSync(data, { recursive: true, force: true })
})

const textOf = (document: string): string => readFileSync(join(ROOT, document), 'utf8')
const blocksIn = (document: string): string[] =>
  [...textOf(document).matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .map(([, block]) => block!)
    .filter((block) =>
      /127\.0\.0\.1:4310|npx counterflow (token|connection|merchant|notices|user)|"\$FOLDER\//.test(block),
    )

it.each(DOCUMENTS)('%s', { timeout: 120_000 }, async (document) => {
  const blocks = blocksIn(document)
  expect(blocks.length).toBeGreaterThan(0)
  // One shell for all, since later blocks use what earlier ones set. An answer of 4xx or 5xx fails it.
  const script = ['set -eo pipefail', ...blocks].join('\n')
  const { port } = new URL(engine.address)
  const said = await shell(
    script
      .replaceAll('127.0.0.1:4310', `127.0.0.1:${port}`)
      .replaceAll('npx counterflow', 'node local/main.ts')
      .replaceAll('curl -sS', 'curl -sS --fail-with-body -w "\\n"'),
  )
  expect(/\{"status":"refused"/.test(said)).toBe(false)
})

describe('links', () => {
  it.each(LINKED)('%s', (document) => expect(brokenLinksIn(document, textOf(document))).toEqual([]))

  it('finds a broken one', () => {
    const text =
      '# A b, c\n[1](docs/api.md) [2](#a-b-c) [3](docs/none.md) [4](docs/api.md#none) ![5](none.png) <http://x>'
    expect(brokenLinksIn('README.md', text)).toEqual(['docs/none.md', 'docs/api.md#none', 'none.png'])
  })
})

/** Links to places of the web are not looked at: a test reaches nothing outside. */
function brokenLinksIn(document: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!)
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false
    const [path = '', heading] = link.split('#')
    const file = path === '' ? join(ROOT, document) : join(ROOT, dirname(document), decodeURI(path))
    if (!existsSync(file)) return true
    if (heading === undefined) return false
    const there = path === '' ? text : statSync(file).isFile() ? readFileSync(file, 'utf8') : ''
    return !headingsIn(there).includes(heading)
  })
}

/** As GitHub names them: small letters, hyphens for spaces, nothing else but letters, digits and hyphens. */
const headingsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )

function shell(script: string): Promise<string> {
  const path = `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH}`
  const options = { cwd: ROOT, env: { ...process.env, PATH: path, COUNTERFLOW_DATA: data }, maxBuffer: 1 << 26 }
  return new Promise((done, failed) => {
    execFile('bash', ['-c', script], options, (error, stdout, stderr) => {
      if (error === null) done(stdout)
      else failed(new Error(`${stderr}\n${stdout.slice(-2000)}`))
    })
  })
}
