/** The way in for an import: the API of the engine that runs on the data folder, or of one opened for the import alone. */

import { ownerToken } from '../client.ts'
import { runningEngine } from '../data-folder.ts'
import { Engine } from '../engine.ts'
import { createGateway } from '../gateway.ts'
import { OWNER } from '../owner.ts'

export type Answer = {
  readonly status: number
  /** When the engine says to come back. */
  readonly retryAfterMs: number | undefined
  readonly body: unknown
}

export type Door = {
  /** Where the engine listens; undefined: it was opened for the import alone. */
  readonly address: string | undefined
  /** How long nobody may answer before there is nobody. */
  readonly awayMs: number
  /** Asks with the owner's rights. Rejects when nobody answers. */
  ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer>
  close(): Promise<void>
}

/** An engine that is started again is back within this time. */
const RESTART_MS = 15_000

/** @throws StartError when another process has the data folder and does not listen, or the folder cannot be used. */
export async function openDoor(data: string): Promise<Door> {
  const running = runningEngine(data)
  return running === undefined ? inProcess(data) : overHttp(data, running.address)
}

function overHttp(data: string, address: string): Door {
  let token: Promise<string> | undefined
  const ask: Door['ask'] = async (method, path, body) => {
    token ??= ownerToken(data)
    // An engine that was started again may listen elsewhere.
    const response = await fetch((runningEngine(data)?.address ?? address) + path, {
      method,
      headers: { authorization: `Bearer ${await token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (response.status === 401) token = undefined
    return answerOf(response.status, response.headers.get('retry-after'), await response.text())
  }
  return { address, awayMs: RESTART_MS, ask, close: async () => {} }
}

async function inProcess(data: string): Promise<Door> {
  const onFatal = (error: unknown): never => {
    throw error
  }
  const engine = await Engine.open({ data, log: () => {}, onFatal })
  const gateway = await createGateway({
    functions: engine.functions,
    dashboard: '',
    objects: engine.folder.objects,
    loopbackOnly: true,
  })
  const token = await engine.ports.identity.issueForMachine(OWNER)
  return {
    address: undefined,
    awayMs: 0,
    async ask(method, path, body) {
      const headers = { host: 'localhost', authorization: `Bearer ${token}` }
      const reply = await gateway.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) })
      return answerOf(reply.statusCode, reply.headers['retry-after'], reply.body)
    },
    async close() {
      await gateway.close()
      await engine.close()
    },
  }
}

const answerOf = (status: number, retryAfter: unknown, body: string): Answer => ({
  status,
  retryAfterMs: typeof retryAfter === 'string' ? Number(retryAfter) * 1000 : undefined,
  body: body === '' ? undefined : JSON.parse(body),
})
