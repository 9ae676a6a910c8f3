import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import type { LiveChannel } from '#core/ports.ts'

const FIRST_WAIT_MS = 50
const MOST_TRIES = 6

export type ApiGatewayLiveChannelOptions = {
  readonly client: Pick<ApiGatewayManagementApiClient, 'send'>
  readonly sleep?: (ms: number) => Promise<void>
}

/** Pushes through API Gateway's WebSocket API, which says nothing of what its clients have not read yet. */
export class ApiGatewayLiveChannel implements LiveChannel {
  readonly isHeldElsewhere = true
  private readonly client: Pick<ApiGatewayManagementApiClient, 'send'>
  private readonly sleep: (ms: number) => Promise<void>

  constructor({ client, sleep = (ms) => new Promise((done) => setTimeout(done, ms)) }: ApiGatewayLiveChannelOptions) {
    this.client = client
    this.sleep = sleep
  }

  async send(connectionId: string, message: string): Promise<boolean> {
    const Data = Buffer.from(message)
    for (let tries = 1; ; tries++) {
      try {
        await this.client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }))
        return true
      } catch (error) {
        if (isGone(error as Answered)) return false
        if (!isBusy(error as Answered)) throw error
        if (tries === MOST_TRIES) {
          // Who cannot be told the newest must not believe to know it: closed, they come back and ask for it.
          await this.close(connectionId)
          return false
        }
        await this.sleep(FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2))
      }
    }
  }

  backlog(): number {
    return 0
  }

  async close(connectionId: string): Promise<void> {
    await this.client.send(new DeleteConnectionCommand({ ConnectionId: connectionId })).catch((error) => {
      if (!isGone(error as Answered) && !isBusy(error as Answered)) throw error
    })
  }
}

type Answered = Error & { readonly $metadata?: { readonly httpStatusCode?: number } }
/** 410; an id that never was one is a bad request. */
const isGone = ({ name, message, $metadata }: Answered): boolean =>
  name === 'GoneException' ||
  $metadata?.httpStatusCode === 410 ||
  (name === 'BadRequestException' && /connectionid/i.test(message))
const isBusy = ({ name, $metadata }: Answered): boolean =>
  name === 'LimitExceededException' || name === 'ThrottlingException' || $metadata?.httpStatusCode === 429
