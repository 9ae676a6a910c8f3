/** Answers of SES: "SendEmail", errors, Amazon SES API v2 reference. */
import type { SendEmailCommand } from '@aws-sdk/client-sesv2'
import { expect, test } from 'vitest'
import { type Behaviour, NOTICE, notifierContract } from '#test/contract/notifier.contract.ts'
import { SesNotifier } from './ses-notifier.ts'

const TO = { channel: 'email', address: 'ann@shop.example' } as const

function sesThat(error?: object) {
  const sent: SendEmailCommand[] = []
  const send = async (command: SendEmailCommand) => {
    sent.push(command)
    if (error !== undefined) throw error
    return { MessageId: 'm' }
  }
  return { sent, notifier: new SesNotifier({ client: { send } as never, from: 'shop@shop.example' }) }
}

const PATIENCE_MS = 200
const failure = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(`no mail to ${TO.address}`), { name, $metadata: { httpStatusCode } })
const ANSWERS: Readonly<Record<Exclude<Behaviour, 'takes' | 'hangs'>, Error>> = {
  refuses: failure('TooManyRequestsException', 429),
  never: failure('MessageRejected', 400),
  absent: failure('ENOTFOUND'),
}
let sent: SendEmailCommand[] = []
let behaves: Behaviour
const client = {
  send: (command: SendEmailCommand, { abortSignal }: { readonly abortSignal: AbortSignal }) =>
    new Promise((done, fail) => {
      abortSignal.addEventListener('abort', () => fail(abortSignal.reason))
      if (behaves === 'takes') {
        sent.push(command)
        done({ MessageId: 'm' })
      } else if (behaves !== 'hangs') fail(ANSWERS[behaves])
    }),
}
notifierContract({
  name: 'SesNotifier',
  behaviours: ['takes', 'refuses', 'never', 'hangs', 'absent'],
  patienceMs: PATIENCE_MS,
  open: async () => {
    const notifier = new SesNotifier({ client: client as never, from: 'shop@shop.example', patienceMs: PATIENCE_MS })
    return { notify: (notice, to) => notifier.notify(notice, to as typeof TO) }
  },
  receiver: async (behaviour) => {
    sent = []
    behaves = behaviour
    return {
      to: TO,
      secrets: [TO.address],
      received: () =>
        sent.map(({ input: { Content } }) => ({
          id: Content!.Simple!.Headers!.find(({ Name }) => Name === 'X-Counterflow-Notice')!.Value!,
          text: Content!.Simple!.Body!.Text!.Data!,
        })),
    }
  },
})

test('a notice goes as plain text, with the id that it has each time', async () => {
  const { sent, notifier } = sesThat()
  expect(await notifier.notify(NOTICE, TO)).toEqual({ fate: 'taken', status: 200 })
  const { Content, ...rest } = sent[0]!.input
  expect(rest).toEqual({ FromEmailAddress: 'shop@shop.example', Destination: { ToAddresses: [TO.address] } })
  expect(Content!.Simple!.Subject!.Data).toBe(NOTICE.subject)
  expect(Content!.Simple!.Headers).toContainEqual({ Name: 'X-Counterflow-Notice', Value: NOTICE.id })
})

test.each([
  ['MessageRejected', 400, 'never'],
  ['BadRequestException', 400, 'never'],
  ['TooManyRequestsException', 429, 'later'],
  ['SendingPausedException', 400, 'later'],
  ['MailFromDomainNotVerifiedException', 400, 'later'],
  ['TimeoutError', undefined, 'later'],
])('%s: so %s, %s, and nobody is named', async (name, httpStatusCode, fate) => {
  const error = Object.assign(new Error(`no mail to ${TO.address}`), { name, $metadata: { httpStatusCode } })
  const answer = await sesThat(error).notifier.notify(NOTICE, TO)
  expect(answer).toMatchObject({ fate, status: httpStatusCode ?? null })
  expect(JSON.stringify(answer)).not.toContain(TO.address)
})
