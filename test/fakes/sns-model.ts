/**
 * SNS as far as our notifier branches on it, from "Publish" of the Amazon SNS API reference
 * (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html):
 * - a message of structure `json` has a text for each protocol, and `default` for the others;
 * - a subject is ASCII, begins with a letter, digit or mark, holds no line break, and is shorter than 100 characters or as long;
 * - `NotFound` (404): there is no such topic; `AuthorizationError` (403): its policy lets nobody of ours in; `InvalidParameter`
 *   (400); `Throttled` (429).
 */
type Input = {
  readonly TopicArn: string
  readonly Subject: string
  readonly Message: string
  readonly MessageStructure: string
  readonly MessageAttributes: Readonly<Record<string, { readonly StringValue: string }>>
}

export type Published = {
  readonly attributes: Readonly<Record<string, string>>
  readonly texts: Readonly<Record<string, string>>
  readonly subject: string
}
/** What becomes of what is published. hangs: nothing is heard; absent: nobody can be reached. */
export type TopicState = 'takes' | 'throttled' | 'forbidden' | 'invalid' | 'gone' | 'hangs' | 'absent'

const failure = (name: string, httpStatusCode: number, message: string): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } })

export class SnsModel {
  state: TopicState = 'takes'
  readonly published: Published[] = []

  /** For the SDK's client; its overloads are nothing that a model can say. */
  readonly client = {
    send: (command: unknown, options?: { abortSignal?: AbortSignal }) =>
      this.publish((command as { readonly input: Input }).input, options?.abortSignal),
  } as never

  private async publish(input: Input, signal: AbortSignal | undefined): Promise<object> {
    const { TopicArn, Subject, Message, MessageStructure, MessageAttributes } = input
    switch (this.state) {
      case 'throttled':
        throw failure('ThrottledException', 429, `too much for ${TopicArn}`)
      case 'forbidden':
        throw failure('AuthorizationErrorException', 403, `not to ${TopicArn}`)
      case 'gone':
        throw failure('NotFoundException', 404, `no ${TopicArn}`)
      case 'invalid':
        throw failure('InvalidParameterException', 400, `not for ${TopicArn}`)
      case 'absent':
        throw Object.assign(new Error(`connect ECONNREFUSED ${TopicArn}`), { name: 'TimeoutError' })
      case 'hangs':
        await new Promise((_, failed) => signal?.addEventListener('abort', () => failed(signal.reason)))
    }
    if (!/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(Subject) || MessageStructure !== 'json')
      throw failure('InvalidParameterException', 400, 'Subject')
    this.published.push({
      subject: Subject,
      texts: JSON.parse(Message),
      attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, it]) => [name, it.StringValue])),
    })
    return { MessageId: 'm' }
  }
}
