import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import { TOPIC_PREFIX, type Topic, topicIn } from '#core/notices/topic-address.ts'
import type { Clock, Notice, NoticeAnswer, Receiver } from '#core/ports.ts'
import { signaturesOf, type WebhookNotifierOptions } from '../embedded/webhook-notifier.ts'

const PATIENCE_MS = 10_000
/** SNS takes no longer subject ("Publish", Amazon SNS API reference). */
const SUBJECT_LENGTH = 100

type Webhook = Extract<Receiver, { channel: 'webhook' }>
export type SnsNotifierOptions = {
  /** A topic is reached in its own region. */
  readonly clientFor: (region: string) => Pick<SNSClient, 'send'>
  readonly clock: Clock
  readonly sign: WebhookNotifierOptions['sign']
  readonly patienceMs?: number
}

/**
 * Publishes notices to a merchant's own topic: the notice as JSON for queues, functions and addresses, a text for people. What a
 * webhook would have in its headers is in the attributes, and by the others subscriptions choose.
 */
export class SnsNotifier {
  private readonly options: SnsNotifierOptions
  private readonly clients = new Map<string, Pick<SNSClient, 'send'>>()

  constructor(options: SnsNotifierOptions) {
    this.options = options
  }

  refusal({ url }: Webhook): string | undefined {
    if (topicIn(url) !== undefined) return undefined
    return `is no standard topic of SNS whose name begins with ${TOPIC_PREFIX}: arn:aws:sns:REGION:ACCOUNT:${TOPIC_PREFIX}NAME`
  }

  async notify(notice: Notice, to: Webhook): Promise<NoticeAnswer> {
    const topic = topicIn(to.url)
    if (topic === undefined) return { fate: 'never', status: null, error: `the address ${this.refusal(to)}` }
    try {
      await this.clientOf(topic).send(this.publish(topic, notice, to), {
        abortSignal: AbortSignal.timeout(this.options.patienceMs ?? PATIENCE_MS),
      })
      return { fate: 'taken', status: 200 }
    } catch (error) {
      return answerTo(error as SnsError)
    }
  }

  private publish({ arn }: Topic, notice: Notice, { secrets }: Webhook): PublishCommand {
    const { id, merchantId, storeId, kind, severity, subject, text } = notice
    const json = JSON.stringify(notice)
    const { sign, clock } = this.options
    const signatures = signaturesOf(sign, secrets, id, clock.now(), Buffer.from(json))
    const attributes = { 'webhook-id': id, ...signatures, merchantId, storeId, kind, severity }
    return new PublishCommand({
      TopicArn: arn,
      Subject: subjectLine(subject),
      MessageStructure: 'json',
      Message: JSON.stringify({ default: json, email: `${text}\n`, sms: `${subject}. ${text}` }),
      MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, textOf(value)])),
    })
  }

  private clientOf({ region }: Topic): Pick<SNSClient, 'send'> {
    const client = this.clients.get(region) ?? this.options.clientFor(region)
    this.clients.set(region, client)
    return client
  }
}

const textOf = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue })

/** A line of ASCII that begins with a letter, a digit or a mark; SNS refuses others. */
const subjectLine = (subject: string): string =>
  subject
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, SUBJECT_LENGTH) || 'Counterflow'

type SnsError = Error & { readonly $metadata?: { readonly httpStatusCode?: number } }
/** The topic is no more; or it will not take this message, now or later. All else may be mended, or pass. */
const GONE = 'NotFoundException'
const FOR_GOOD: readonly string[] = ['InvalidParameterException', 'InvalidParameterValueException']

function answerTo({ name, $metadata }: SnsError): NoticeAnswer {
  const status = $metadata?.httpStatusCode ?? null
  const error = `SNS ${status === null ? `could not be used: ${name}` : `answered ${status} (${name})`}`
  if (name === GONE) return { fate: 'gone', status, error }
  return { fate: FOR_GOOD.includes(name) ? 'never' : 'later', status, error }
}
