import type { z } from 'zod'
import { RIGHTS } from '#core/access/rights.ts'
import { MAX_MESSAGE_BYTES } from './limits.ts'
import * as live from './live.ts'
import { liveExamples } from './live-examples.ts'
import { NamedSchemas } from './named-schemas.ts'
import type { Described } from './recorded-examples.ts'

const CHANNEL = 'live'
const DESCRIPTION = [
  'Changes within a second, of the stores that the listener may see.',
  'A slow reader is sent less often, and always the newest.',
  'After a break the `sequence` of the last frame goes on from there, without a gap or a repeat, for five minutes and on one machine; else a snapshot comes, and `resumed: false` says so.',
  `A message of a client is at most ${live.MAX_CLIENT_MESSAGE} characters;`,
  `one of more than ${MAX_MESSAGE_BYTES / 1024} KiB ends the connection.`,
  'A browser opens the socket by a one-use ticket (`POST /live/tickets`), a script by its token.',
].join(' ')
const HOW = [
  'A script opens `ws://127.0.0.1:4310/ws` with the header `authorization: Bearer TOKEN`, as it asks everything else;',
  'a page opens `/ws?ticket=TICKET`, with what `POST /live/tickets` has answered a moment ago.',
  'Then it says what it wants to hear, and leaves aside what comes before the answer `subscribed`.',
].join(' ')
const RIGHT = 'catalogue:read'

const SECURITY = {
  ticket: { type: 'httpApiKey', in: 'query', name: 'ticket', description: 'From `POST /live/tickets`, once.' },
  token: { type: 'http', scheme: 'bearer', description: 'For scripts: `counterflow token create`.' },
  session: { type: 'httpApiKey', in: 'cookie', name: 'counterflow-session', description: 'A browser’s.' },
}

type Message = { readonly name: string; readonly about: string; readonly schema: z.ZodType }

/** What the engine sends. */
const HEARD: readonly Message[] = [
  {
    name: 'LiveFrame',
    about:
      'Everything that changed since the frame before, the newest state of each thing. A single change is sent at once, a stream at most ten times a second.',
    schema: live.liveFrame,
  },
  { name: 'Subscribed', about: 'What is heard from now on.', schema: live.subscribed },
  {
    name: 'LiveProblem',
    about: 'The last message was not understood, or asked for too much: nothing has changed by it.',
    schema: live.liveProblem,
  },
]
/** What a client may say. */
const SAID: readonly Message[] = [
  {
    name: 'Subscribe',
    about: 'To hear less than everything, to begin with a snapshot, or to go on after a break. The last one counts.',
    schema: live.subscribe,
  },
]

/** The socket `/ws` in AsyncAPI 3.0, from the schemas that its messages pass. */
export function asyncApi({ examples: recorded, meanings }: Described): object {
  const schemas = new NamedSchemas(meanings)
  const examples = liveExamples(recorded)
  const messages = Object.fromEntries(
    [...HEARD, ...SAID].map(({ name, about, schema }) => [
      name,
      {
        name,
        summary: about,
        contentType: 'application/json',
        payload: schemas.referTo(schema, name),
        examples: (examples[name] ?? []).map(([summary, payload]) => ({
          name: summary.replaceAll(' ', '-'),
          summary,
          payload,
        })),
      },
    ]),
  )
  const operationOf = (action: 'send' | 'receive', described: readonly Message[], summary: string) =>
    described.length === 0
      ? {}
      : {
          [action === 'send' ? 'hear' : 'say']: {
            action,
            channel: { $ref: `#/channels/${CHANNEL}` },
            summary,
            messages: described.map(({ name }) => ({ $ref: `#/channels/${CHANNEL}/messages/${name}` })),
          },
        }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Counterflow, as it happens',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      engine: {
        host: '127.0.0.1:4310',
        protocol: 'ws',
        description: 'Where the API is.',
        security: Object.keys(SECURITY).map((name) => ({ $ref: `#/components/securitySchemes/${name}` })),
      },
    },
    channels: {
      [CHANNEL]: {
        address: '/ws',
        title: 'WS /ws',
        summary: 'Changes as they happen.',
        description: `${HOW} Needs the right \`${RIGHT}\`: ${RIGHTS[RIGHT]}.`,
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
        'x-right': RIGHT,
      },
    },
    operations: {
      ...operationOf('send', HEARD, 'What the engine sends.'),
      ...operationOf('receive', SAID, 'What a client may say.'),
    },
    components: { messages, schemas: schemas.all('draft-7'), securitySchemes: SECURITY },
  }
}
