import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const { whichEmulator } = (await import(pathToFileURL(join(import.meta.dirname, 'which-emulator.mjs')).href)) as {
  whichEmulator: (endpoint: string) => Promise<string | undefined>
}

async function answering(...paths: string[]): Promise<string> {
  const server = createServer(({ url }, response) => response.writeHead(paths.includes(url!) ? 200 : 404).end('{}'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  ['localstack', ['/_localstack/health']],
  ['ministack', ['/_ministack/health', '/_localstack/health']],
  [undefined, []],
] as const)('it is %s that answers at %j', async (name, paths) => {
  const endpoint = await answering(...paths)
  for (const said of [endpoint, `${endpoint}/`]) expect(await whichEmulator(said)).toBe(name)
})

test.each(['http://127.0.0.1:1', 'localhost:4566', 'nonsense'])(
  'where nobody answers it is none: %s',
  async (endpoint) => {
    expect(await whichEmulator(endpoint)).toBeUndefined()
  },
)
