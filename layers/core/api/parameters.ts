/** What stands in paths and queries: a schema and a meaning each. */
import { z } from 'zod'
import { Id } from '#core/events/envelope.ts'
import { PROVIDERS, senderOf } from '#core/sources/registry.ts'
import { exportFile } from './export.ts'
import { IMPORT_KINDS } from './imports.ts'
import { MAX_LONG_PAGE, MAX_PAGE, SHORT_PAGE, USUAL_PAGE } from './limits.ts'

const instant = z.string().meta({ format: 'date-time' })

/** A name that somebody gave to a thing, in a query. */
export const named = (about: string) => Id.describe(about)
export const FROM = instant.describe('Begin of the span, RFC 3339; the start of the business day if absent.')
export const TO = instant.describe('End of the span, RFC 3339; now if absent.')
export const SINCE = instant.describe('Of this time and later, RFC 3339; all times if absent.')
export const UNTIL = instant.describe('Before this time, RFC 3339; now if absent.')
const rowsOr = (usual: number, most = MAX_PAGE) =>
  z.int().min(1).max(most).describe(`How many rows at most, 1 to ${most}; ${usual} if absent.`)
export const LIMIT = rowsOr(USUAL_PAGE)
export const LONG_LIMIT = rowsOr(USUAL_PAGE, MAX_LONG_PAGE)
export const SHORT_LIMIT = rowsOr(SHORT_PAGE)
export const NEXT = z.string().min(1).describe('Where to go on: the `next` of the answer before.')
export const CURRENCY = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217, for a measure of money.')

const PROVIDER_NAMES = PROVIDERS.map(({ name }) => name)
const CONNECTION = Id.describe('Id of the way in, as it was answered when it was opened.')
const DELIVERY = z.int().min(1).describe('Number of the delivery, from 1 for each way in.')
const HELD = z
  .string()
  .regex(/^\d+-\w+$/)
  .describe('Id of the held document: shard and sequence.')

/** Each `{name}` of a path, by the path up to it. */
const IN_PATHS: Readonly<Record<string, z.ZodType>> = {
  '/integrations/{marketplace}': z
    .enum([...PROVIDER_NAMES, 'simulator'].filter((name) => senderOf(name) !== undefined))
    .describe('Who sends.'),
  '/integrations/{marketplace}/webhook/{connectionId}': CONNECTION,
  '/imports/{kind}': z.enum(IMPORT_KINDS).describe('What the rows are.'),
  '/alerts/{id}': Id.describe('Id of the alert.'),
  '/reorders/{id}': Id.describe('Id of the proposal.'),
  '/item/{id}': Id.describe('Id of the product.'),
  '/events/{id}': Id.describe('Id of the event, or of a line that was booked of it.'),
  '/export/{file}': exportFile.describe('Which table.'),
  '/quarantine/{id}': HELD,
  '/lineage/{artefact}': z
    .string()
    .describe(
      'What it is: `part:fact_sales:2026-03-04`, with `:` and a version behind it or the one that is published; `model:demand:2026-03-05`; `raw:booked_line:2026-03-04`.',
    ),
  '/runs/{id}': Id.describe('Id of the run: its chain and date.'),
  '/integrations/{id}': CONNECTION,
  '/integrations/{id}/deliveries/{number}': DELIVERY,
  '/notices/webhooks/{id}': Id.describe('Id of the webhook.'),
  '/notices/deliveries/{number}': DELIVERY.describe('Number of the delivery, from 1 for each person and webhook.'),
  '/account/sessions/{id}': Id.describe('Id of the session.'),
  '/users/{id}': Id.describe('Id of the person.'),
  '/tokens/{id}': Id.describe('Id of the token.'),
}

/** The parameters in a path, in order; undefined: nobody has said what it means. */
export const parametersIn = (path: string): { readonly name: string; readonly schema: z.ZodType | undefined }[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(({ 0: place, 1: name, index }) => ({
    name: name!,
    schema: IN_PATHS[path.slice(0, index + place.length)],
  }))

/** Headers of requests, by the statuses and routes that need them: `notes.ts` and `headersOf` say which. */
export const HEADERS: Readonly<Record<string, z.ZodType>> = {
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .describe('Any text of your own: the same request under it is done once, and answered the same for a day.'),
  'if-match': z.string().describe('The version that the change rests on, in double quotes, in place of the body’s.'),
  'if-none-match': z.string().describe('The `etag` of the answer before: 304 if it is still the same.'),
  'x-webhook-token': z.string().describe('The secret of the way in, where its proof is `token`.'),
}
