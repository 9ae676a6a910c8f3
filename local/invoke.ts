/** Runs the functions as AWS would: the same handlers, the same event shapes, with this engine's ports as context. */
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  APIGatewayProxyWebsocketEventV2,
  APIGatewayRequestAuthorizerEventV2,
  Context,
} from 'aws-lambda'
import { type Manifest, manifest } from '#functions/manifest.ts'
import type { AuthorizerContext } from '#runtime/http-handler.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'

type Handler = (event: unknown, context: Context) => Promise<unknown>

export class Functions {
  private readonly handlers: ReadonlyMap<string, Handler>
  private readonly contexts = new Map<string, Context>()
  private readonly ports: Ports

  private constructor(handlers: ReadonlyMap<string, Handler>, ports: Ports) {
    this.handlers = handlers
    this.ports = ports
  }

  /** Loads every function that the manifest names. */
  static async load(ports: Ports): Promise<Functions> {
    const names = namesIn(manifest)
    const modules = await Promise.all(names.map((name) => import(`../functions/${name}/handler.ts`)))
    return new Functions(new Map(names.map((name, i) => [name, modules[i].handler as Handler])), ports)
  }

  private run(name: string, event: unknown): Promise<unknown> {
    let context = this.contexts.get(name)
    if (context === undefined) {
      context = contextWith(this.ports, name)
      this.contexts.set(name, context)
    }
    return this.handlers.get(name)!(event, context)
  }

  http(name: string, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
    return this.run(name, event) as Promise<APIGatewayProxyStructuredResultV2>
  }

  /** What the authorizer hands on, or undefined when it lets nobody in. */
  async authorize(
    event: Partial<
      Pick<APIGatewayRequestAuthorizerEventV2, 'headers' | 'cookies' | 'routeKey' | 'queryStringParameters'>
    >,
  ): Promise<AuthorizerContext | undefined> {
    const decision = (await this.run(manifest.authorizer, event)) as {
      isAuthorized: boolean
      context: AuthorizerContext
    }
    return decision.isAuthorized && decision.context.viewer !== '' ? decision.context : undefined
  }

  async socket(name: string, event: Partial<APIGatewayProxyWebsocketEventV2>): Promise<number> {
    return ((await this.run(name, event)) as { statusCode: number }).statusCode
  }

  /** A Task state of a chain. */
  step(name: string, input: unknown): Promise<unknown> {
    return this.run(name, input)
  }

  async scheduled(name: string): Promise<void> {
    await this.run(name, {})
  }
}

const namesIn = ({ authorizer, routes, consumers, sockets, schedules, workflows }: Manifest): string[] => [
  ...new Set([
    authorizer,
    ...[...routes, ...consumers, ...sockets, ...schedules, ...workflows].map(({ runs }) => runs),
  ]),
]
