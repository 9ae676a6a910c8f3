import { isArn } from '#core/notices/topic-address.ts'
import type { Notice, NoticeAnswer, Notifier, Receiver } from '#core/ports.ts'

/** What carries the notices of one channel. */
type Carrier<C extends Receiver['channel']> = {
  notify(notice: Notice, to: Extract<Receiver, { channel: C }>): Promise<NoticeAnswer>
  refusal(to: Extract<Receiver, { channel: C }>): string | undefined
}

export type ChannelNotifierOptions = {
  /** undefined: no mail server is known. */
  readonly email: Carrier<'email'> | undefined
  readonly webhook: Carrier<'webhook'>
  /** Of webhooks that are topics of SNS; absent: none are reached from here. */
  readonly topics?: Carrier<'webhook'>
  readonly log: Carrier<'log'>
  /** Hears once that an e-mail could not be sent for want of a server. */
  readonly warn: (line: object) => void
}

export const NO_MAIL_SERVER =
  'no mail server is known: start the engine with COUNTERFLOW_SMTP_URL and COUNTERFLOW_MAIL_FROM'

export const NO_TOPICS = 'is a topic of SNS, which is reached from AWS alone'
const noTopics: Carrier<'webhook'> = {
  refusal: () => NO_TOPICS,
  notify: async () => ({ fate: 'never', status: null, error: `the address ${NO_TOPICS}` }),
}

/** Hands each notice to what carries its channel. */
export class ChannelNotifier implements Notifier {
  private readonly options: ChannelNotifierOptions
  private hasWarned = false

  constructor(options: ChannelNotifierOptions) {
    this.options = options
  }

  refusal(to: Receiver): string | undefined {
    const { email, log } = this.options
    if (to.channel === 'webhook') return this.carrierOf(to).refusal(to)
    if (to.channel === 'log') return log.refusal(to)
    return email === undefined ? NO_MAIL_SERVER : email.refusal(to)
  }

  async notify(notice: Notice, to: Receiver): Promise<NoticeAnswer> {
    const { email, log } = this.options
    if (to.channel === 'webhook') return this.carrierOf(to).notify(notice, to)
    if (to.channel === 'log') return log.notify(notice, to)
    if (email !== undefined) return email.notify(notice, to)
    this.warnOnce()
    return { fate: 'never', status: null, error: NO_MAIL_SERVER }
  }

  private carrierOf({ url }: { readonly url: string }): Carrier<'webhook'> {
    const { webhook, topics = noTopics } = this.options
    return isArn(url) ? topics : webhook
  }

  private warnOnce(): void {
    if (this.hasWarned) return
    this.hasWarned = true
    this.options.warn({ level: 'error', message: `an e-mail was not sent: ${NO_MAIL_SERVER}` })
  }
}
