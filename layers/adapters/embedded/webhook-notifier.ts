import type { Notice, Notifier } from '#core/ports.ts'

const TIMEOUT_MS = 5_000

export type WebhookNotifierOptions = {
  /** Where the merchant wants to hear; undefined or '': nowhere. */
  readonly addressOf: (merchantId: string) => Promise<string | undefined>
}

/** Posts each notice to the merchant's address, where there is one. */
export class WebhookNotifier implements Notifier {
  private readonly options: WebhookNotifierOptions

  constructor(options: WebhookNotifierOptions) {
    this.options = options
  }

  /** Rejects when the address does not answer with 2xx in time; the same notice then comes again under the same id. */
  async notify(notice: Notice): Promise<void> {
    const address = await this.options.addressOf(notice.merchantId)
    if (address !== undefined && address !== '') await post(address, notice)
  }
}

/** What goes wrong is told without the address: its path is often the receiver's key. */
async function post(address: string, notice: Notice): Promise<void> {
  const host = new URL(address).host
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'webhook-id': notice.id },
    body: JSON.stringify(notice),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error) => {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new Error(`${host} could not be reached with notice ${notice.id}: ${why}`)
  })
  await response.body?.cancel() // a body that nobody reads keeps its connection
  if (!response.ok) throw new Error(`${host} answered ${response.status} to notice ${notice.id}`)
}
