import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import type { Clock, Secrets } from '#core/ports.ts'

/** What one function has read it takes for true for so long: another one may have set it anew meanwhile. */
const KNOWN_MS = 60_000
const MOST_TRIES = 5

/**
 * Each secret is one of Secrets Manager, as `{"value": "..."}`: a deployment can have it made at random in that form
 * before any function asks for it.
 */
export class SecretsManagerSecrets implements Secrets {
  private readonly client: Pick<SecretsManagerClient, 'send'>
  private readonly prefix: string
  private readonly clock: Clock
  private readonly known = new Map<string, { readonly value: string; readonly readAtMs: number }>()

  constructor(client: Pick<SecretsManagerClient, 'send'>, prefix: string, clock: Clock) {
    this.client = client
    this.prefix = prefix
    this.clock = clock
  }

  async get(name: string): Promise<string | undefined> {
    const known = this.known.get(name)
    if (known !== undefined && this.clock.now() - known.readAtMs < KNOWN_MS) return known.value
    const value = await this.read(name)
    if (value === undefined) this.known.delete(name)
    else this.remember(name, value)
    return value
  }

  private async read(name: string): Promise<string | undefined> {
    try {
      const { SecretString } = await this.client.send(new GetSecretValueCommand({ SecretId: this.idOf(name) }))
      return (JSON.parse(SecretString!) as { value: string }).value
    } catch (error) {
      if (isMissing(error as Error)) return undefined
      throw error
    }
  }

  async set(name: string, value: string): Promise<void> {
    const id = this.idOf(name)
    const SecretString = JSON.stringify({ value })
    for (let tries = 1; ; tries++) {
      try {
        await this.client.send(new PutSecretValueCommand({ SecretId: id, SecretString }))
        break
      } catch (error) {
        if (!isMissing(error as Error)) throw error
      }
      try {
        await this.client.send(new CreateSecretCommand({ Name: id, SecretString }))
        break
      } catch (error) {
        // Somebody else has made it meanwhile.
        if ((error as Error).name !== 'ResourceExistsException' || tries === MOST_TRIES) throw error
      }
    }
    this.remember(name, value)
  }

  async delete(name: string): Promise<void> {
    this.known.delete(name)
    try {
      await this.client.send(new DeleteSecretCommand({ SecretId: this.idOf(name), ForceDeleteWithoutRecovery: true }))
    } catch (error) {
      if (!isMissing(error as Error)) throw error
    }
  }

  private remember(name: string, value: string): void {
    this.known.set(name, { value, readAtMs: this.clock.now() })
  }

  /** Names hold letters, digits and `/_.@-`; anything else stands as `=` and its code in hexadecimal. */
  private idOf(name: string): string {
    return this.prefix + name.replace(/[^\w/.@-]/g, (character) => `=${character.charCodeAt(0).toString(16)}=`)
  }
}

const isMissing = ({ name, message }: Error): boolean =>
  name === 'ResourceNotFoundException' || (name === 'InvalidRequestException' && /deletion/.test(message))
