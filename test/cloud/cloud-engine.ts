/** The engine as it was deployed: its addresses from the outputs of the stacks, its owner by its own secret. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { WebSocket } from 'ws'
import { SecretsManagerSecrets } from '#adapters/aws/secrets-manager-secrets.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { systemClock } from '#adapters/embedded/system-clock.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { OWNER } from '#local/owner.ts'
import { EngineApi, Listener } from '../e2e/engine-api.ts'

/** What `npm run test:cloud` deployed: every output of every stack, by name. */
export function outputsOfDeployment(): Readonly<Record<string, string>> {
  const path = process.env.COUNTERFLOW_CLOUD
  if (path === undefined) throw new Error('run these tests by `npm run test:cloud`')
  const stacks = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>
  return Object.assign({}, ...Object.values(stacks))
}

export class CloudEngine extends EngineApi {
  private readonly socketAddress: string

  private constructor(address: string, socketAddress: string) {
    super(address)
    this.socketAddress = socketAddress
  }

  static async enter(viewer: Viewer = OWNER): Promise<CloudEngine> {
    const { ApiUrl, SocketUrl, SecretPrefix } = outputsOfDeployment()
    const engine = new CloudEngine(ApiUrl!, SocketUrl!)
    const secrets = new SecretsManagerSecrets(new SecretsManagerClient({}), SecretPrefix!, systemClock)
    engine.token = await new LocalIdentity({} as StateStore, secrets, systemClock).issueForMachine(viewer)
    return engine
  }

  override async listen(): Promise<Listener> {
    const { body } = await this.post('/live/tickets')
    const socket = new WebSocket(`${this.socketAddress}?ticket=${encodeURIComponent(body.ticket)}`)
    const listener = new Listener(socket)
    await once(socket, 'open')
    return listener
  }
}
