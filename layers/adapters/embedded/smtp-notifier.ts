import { createTransport } from 'nodemailer'
import type { Notice, NoticeAnswer, Receiver } from '#core/ports.ts'

const PATIENCE_MS = 10_000
const CONNECTIONS = 3

export type SmtpNotifierOptions = {
  /** smtp://user:password@host:587 or smtps://host */
  readonly url: string
  /** The sender: `shop@example.com`, or `The shop <shop@example.com>`. */
  readonly from: string
  /** How long it waits for the server at each step. */
  readonly patienceMs?: number
}

type Email = Extract<Receiver, { channel: 'email' }>

/** Sends notices as plain text by a mail server. A notice has one Message-ID, however often it goes. */
export class SmtpNotifier {
  private readonly transport: ReturnType<typeof transportOf>
  private readonly from: string
  private readonly domain: string

  constructor(options: SmtpNotifierOptions) {
    this.transport = transportOf(options)
    this.from = options.from
    this.domain = /@([^\s>]+)/.exec(options.from)?.[1] ?? 'localhost'
  }

  refusal(_to: Email): undefined {
    return undefined
  }

  async notify({ id, subject, text }: Notice, { address }: Email): Promise<NoticeAnswer> {
    try {
      await this.transport.sendMail({
        from: this.from,
        to: { name: '', address },
        subject,
        text: `${text}\n`,
        messageId: `<${id}@${this.domain}>`,
        // RFC 3834: no holiday answers to a machine.
        headers: { 'auto-submitted': 'auto-generated', 'x-counterflow-notice': id },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      return { fate: 'taken', status: 250 }
    } catch (error) {
      return answerTo(error as SmtpError)
    }
  }

  /** Lets go of the connections to the server. */
  close(): void {
    this.transport.close()
  }
}

const transportOf = ({ url, patienceMs = PATIENCE_MS }: SmtpNotifierOptions) =>
  createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })

/** The server wants to know who we are, RFC 4954: the settings are wrong, and not the receiver. */
const NOT_LET_IN: readonly number[] = [530, 534, 535, 538]

/** As nodemailer throws it: `code` is its own, `responseCode` the server's. */
type SmtpError = Error & { readonly code?: string; readonly responseCode?: number }

/**
 * A server that refuses this receiver or message for good (5xx to the envelope or the message, RFC 5321 4.2.1) will do so
 * again; one that does not know us, or is away, may be mended. Its words are left out: they name the receiver.
 */
function answerTo({ code = 'an error', responseCode }: SmtpError): NoticeAnswer {
  const status = responseCode ?? null
  const error = `the mail server ${status === null ? `could not be used: ${code}` : `answered ${status} (${code})`}`
  const isOfMessage = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isForGood = isOfMessage && status !== null && status >= 500 && !NOT_LET_IN.includes(status)
  return { fate: isForGood ? 'never' : 'later', status, error }
}
