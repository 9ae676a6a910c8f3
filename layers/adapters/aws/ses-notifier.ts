import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Notice, NoticeAnswer, Receiver } from '#core/ports.ts'

const PATIENCE_MS = 10_000

type Email = Extract<Receiver, { channel: 'email' }>
export type SesNotifierOptions = {
  readonly client: Pick<SESv2Client, 'send'>
  /** The sender: an address, or `The shop <shop@example.com>`, of a verified domain. */
  readonly from: string
  readonly patienceMs?: number
}

/** Sends notices as plain text by SES. The notice's id goes along in a header, the same however often it goes. */
export class SesNotifier {
  private readonly options: Required<SesNotifierOptions>

  constructor(options: SesNotifierOptions) {
    this.options = { patienceMs: PATIENCE_MS, ...options }
  }

  refusal(_to: Email): undefined {
    return undefined
  }

  async notify({ id, subject, text }: Notice, { address }: Email): Promise<NoticeAnswer> {
    const { client, from, patienceMs } = this.options
    const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' })
    const message = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [address] },
      Content: {
        Simple: {
          Subject: utf8(subject),
          Body: { Text: utf8(`${text}\n`) },
          Headers: [
            // RFC 3834: no holiday answers to a machine.
            { Name: 'Auto-Submitted', Value: 'auto-generated' },
            { Name: 'X-Counterflow-Notice', Value: id },
          ],
        },
      },
    })
    try {
      await client.send(message, { abortSignal: AbortSignal.timeout(patienceMs) })
      return { fate: 'taken', status: 200 }
    } catch (error) {
      return answerTo(error as SesError)
    }
  }
}

type SesError = Error & { readonly $metadata?: { readonly httpStatusCode?: number } }
/** SES will not send this message to this receiver, now or later; all else may be mended, or pass. Its words name people. */
const FOR_GOOD: readonly string[] = ['MessageRejected', 'BadRequestException']

function answerTo({ name, $metadata }: SesError): NoticeAnswer {
  const status = $metadata?.httpStatusCode ?? null
  const error = `SES ${status === null ? `could not be used: ${name}` : `answered ${status} (${name})`}`
  return { fate: FOR_GOOD.includes(name) ? 'never' : 'later', status, error }
}
