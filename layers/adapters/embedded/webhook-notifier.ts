import { webhookAddressProblem } from '#core/notices/webhook-address.ts'
import type { Clock, Notice, NoticeAnswer, Receiver } from '#core/ports.ts'

/** The least that Standard Webhooks recommends ("Request timeouts"). */
const TIMEOUT_MS = 15_000

export type WebhookNotifierOptions = {
  readonly clock: Clock
  /** What a sender by Standard Webhooks says beside the body. */
  readonly sign: (
    secret: string,
    id: string,
    nowMs: number,
    body: Uint8Array,
  ) => Readonly<Record<string, string | undefined>>
  /** Whether it may post into private networks (`webhook-address.ts`). */
  readonly privateAllowed: boolean
  readonly timeoutMs?: number
}

type Webhook = Extract<Receiver, { channel: 'webhook' }>

/** Posts notices as JSON, signed by Standard Webhooks where there is a secret. */
export class WebhookNotifier {
  private readonly options: WebhookNotifierOptions

  constructor(options: WebhookNotifierOptions) {
    this.options = options
  }

  refusal({ url }: Webhook): string | undefined {
    return webhookAddressProblem(url, this.options.privateAllowed)
  }

  /** What goes wrong is told without the address: its path is often the receiver's key. */
  async notify(notice: Notice, to: Webhook): Promise<NoticeAnswer> {
    const refusal = this.refusal(to)
    if (refusal !== undefined) return { fate: 'never', status: null, error: `the address ${refusal}` }
    const body = new TextEncoder().encode(JSON.stringify(notice))
    const signatures = signaturesOf(this.options.sign, to.secrets, notice.id, this.options.clock.now(), body)
    let response: Response
    try {
      response = await fetch(to.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'webhook-id': notice.id, ...signatures },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.options.timeoutMs ?? TIMEOUT_MS),
      })
      await response.body?.cancel() // a body that nobody reads keeps its connection
    } catch (error) {
      return { fate: 'later', status: null, error: whyOf(error) }
    }
    return answerOf(response, this.options.clock.now())
  }
}

/** What a message says beside its id to prove itself; nothing without a secret. */
export function signaturesOf(
  sign: WebhookNotifierOptions['sign'],
  secrets: readonly string[],
  id: string,
  nowMs: number,
  body: Uint8Array,
): Record<string, string> {
  const signed = secrets.map((secret) => sign(secret, id, nowMs, body))
  if (signed.length === 0) return {}
  return {
    'webhook-timestamp': signed[0]!['webhook-timestamp']!,
    // Several while a secret is rotated.
    'webhook-signature': signed.map((each) => each['webhook-signature']!).join(' '),
  }
}

/** `fetch` says why in the cause of what it throws. */
function whyOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  if (name === 'TimeoutError') return 'it did not answer in time'
  const code = cause?.code ?? cause?.message ?? message
  return `it could not be reached: ${code}`
}

function answerOf({ ok, status, headers }: Response, nowMs: number): NoticeAnswer {
  if (ok) return { fate: 'taken', status }
  if (status === 410) return { fate: 'gone', status, error: 'it answered 410: it wants no more' }
  if (status >= 300 && status < 400)
    return { fate: 'later', status, error: `it answered ${status}: redirects are not followed, change the address` }
  return { fate: 'later', status, error: `it answered ${status}`, retryAfterMs: retryAfterOf(headers, nowMs) }
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3), as ms from now. */
function retryAfterOf(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get('retry-after')
  if (text === null) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
