/** How the command line reaches an engine: the one that runs on the data folder, or one opened for the command alone. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { systemClock } from '#adapters/embedded/system-clock.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { runningEngine } from './data-folder.ts'
import { Engine } from './engine.ts'
import { addEngineRoutes } from './engine-routes.ts'
import { createGateway } from './gateway.ts'
import { mailFromEnvironment } from './mail-settings.ts'
import { OPERATOR, OWNER, ownerOf } from './owner.ts'
import { StartError } from './start-error.ts'

export type Reply = { readonly status: number; readonly body: unknown }
export type Client = {
  /** Where the engine listens; undefined: it was opened for this command and nobody else sees it. */
  readonly address: string | undefined
  /**
   * Asks with the owner's rights. Lines of an NDJSON answer are handed on as they come; the last one is the body.
   * @throws StartError when the engine goes away before its answer is whole.
   */
  request(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    onLine?: (line: unknown) => void,
  ): Promise<Reply>
  close(): Promise<void>
}

/** A token of the owner: whoever can read the folder's secrets is the owner, of any merchant and of the engine. */
export async function ownerToken(data: string, viewer = OWNER): Promise<string> {
  const secrets = new FileSecrets(join(data, 'secrets.json'))
  const noState = {} as StateStore // sessions are signed: no row is read or written
  return new LocalIdentity(noState, secrets, systemClock).issueForMachine(viewer)
}

/** @throws StartError when there is nothing to talk to. */
export async function connect(data: string, merchantId = OWNER.merchantId): Promise<Client> {
  const running = runningEngine(data)
  if (running !== undefined) return overHttp(running.address, (viewer) => ownerToken(data, viewer), merchantId)
  if (!existsSync(join(data, 'format.json'))) {
    throw new StartError(`there is no data in ${data}: start an engine there first, or name another folder with --data`)
  }
  return inProcess(data, merchantId)
}

/** Who asks for what: the engine's own routes are for whoever runs it. */
const askerOf = (path: string, merchantId: string): Viewer =>
  path.startsWith('/engine/') ? OPERATOR : ownerOf(merchantId)

function overHttp(address: string, tokenOf: (viewer: Viewer) => Promise<string>, merchantId: string): Client {
  return {
    address,
    async request(method, path, body, onLine) {
      const headers = {
        authorization: `Bearer ${await tokenOf(askerOf(path, merchantId))}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }
      const response = await fetch(address + path, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch((error) => {
        throw goneAway(address, error)
      })
      if (response.body === null) return { status: response.status, body: undefined }
      let rest = ''
      let last: unknown
      for await (const text of textOf(response.body, address)) {
        const lines = (rest + text).split('\n')
        rest = lines.pop()!
        for (const line of lines) onLine?.((last = JSON.parse(line)))
      }
      return { status: response.status, body: rest === '' ? last : lastLine(rest, address) }
    },
    close: async () => {},
  }
}

/** What throws where the pieces are used is not caught here. */
async function* textOf(body: AsyncIterable<Uint8Array>, address: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  try {
    for await (const chunk of body) yield decoder.decode(chunk, { stream: true })
  } catch (error) {
    throw goneAway(address, error)
  }
}

function lastLine(text: string, address: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw goneAway(address, error)
  }
}

/** `fetch` says why in the cause of what it throws. */
function goneAway(address: string, error: unknown): StartError {
  const { message, cause } = error as Error
  return new StartError(
    `the engine at ${address} went away before its answer was whole (${cause instanceof Error ? cause.message : message}): start it again if it no longer runs, and repeat the command`,
  )
}

async function inProcess(data: string, merchantId: string): Promise<Client> {
  const fail = (error: unknown): never => {
    throw error
  }
  const engine = await Engine.open({ data, mail: mailFromEnvironment(), log: () => {}, onFatal: fail })
  const gateway = await createGateway({
    functions: engine.functions,
    dashboard: '',
    objects: engine.folder.objects,
    loopbackOnly: true,
  })
  addEngineRoutes(gateway, engine)
  return {
    address: undefined,
    async request(method, path, body, onLine) {
      const token = await engine.ports.identity.issueForMachine(askerOf(path, merchantId))
      const response = await gateway.inject({
        method,
        url: path,
        headers: { host: 'localhost', authorization: `Bearer ${token}` },
        ...(body !== undefined && { payload: body }),
      })
      await engine.settled()
      if (response.body === '') return { status: response.statusCode, body: undefined }
      const lines = response.body
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
      for (const line of lines) onLine?.(line)
      return { status: response.statusCode, body: lines.at(-1) }
    },
    async close() {
      await gateway.close()
      await engine.close()
    },
  }
}
