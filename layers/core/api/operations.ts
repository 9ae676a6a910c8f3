/** Every route of the API with what it takes and answers: the API's page is made from this. */
import { z } from 'zod'
import { LocalDate } from '#core/events/envelope.ts'
import { REORDER_STATES } from '#core/reorders/reorder-row.ts'
import { OWN_DOCUMENTS } from '#core/sources/own-events.ts'
import { posInventory, posRefund, posTransaction } from '#core/sources/point-of-sale.ts'
import { simpleForm } from '#core/sources/simple-form.ts'
import { acknowledgeAnswer, acknowledgeRequest, alertsAnswer, MAX_ACKNOWLEDGED } from './alerts.ts'
import {
  activityAnswer,
  connectionItem,
  connectionPatch,
  connectionRequest,
  connectionsAnswer,
  deliveriesAnswer,
  deliveryAnswer,
  newConnectionAnswer,
  redeliveryAnswer,
  rotateAnswer,
  rotateRequest,
} from './connections.ts'
import {
  ACCURACY_DAYS,
  accuracyAnswer,
  demandModelsAnswer,
  driftAnswer,
  promoteRequest,
  servingAnswer,
} from './demand-models.ts'
import { eventAnswer } from './events.ts'
import { PARQUET } from './export.ts'
import { forecastAnswer, forecastProductsAnswer, whyAnswer } from './forecasts.ts'
import { forgetReceipt, forgetRequest } from './forget.ts'
import { freshness } from './freshness.ts'
import { importAnswer, importPreviewAnswer, importPreviewRequest, importRequest, importsAnswer } from './imports.ts'
import { accepted, collectAnswer, MAX_COLLECTED } from './intake.ts'
import { itemAnswer } from './item.ts'
import { MAX_IMPORTS, MAX_PAGE, MAX_SETTING_CATEGORIES, MAX_WEBHOOKS } from './limits.ts'
import { artefactsAnswer, lineageAnswer, lineageInputsAnswer } from './lineage.ts'
import { productsAnswer, storesAnswer } from './listings.ts'
import { liveTicket } from './live.ts'
import { merchantAnswer, merchantChange } from './merchant.ts'
import { COUNT_MEASURES, MONEY_MEASURES, metricsAnswer, SERIES_BY, SERIES_WINDOWS, seriesAnswer } from './metrics.ts'
import {
  choicesAnswer,
  choicesChange,
  newNoticeWebhookAnswer,
  noticeLogAnswer,
  noticeLogItem,
  noticeTestRequest,
  noticeWebhookItem,
  noticeWebhookRequest,
  noticeWebhooksAnswer,
} from './notices.ts'
import { CURRENCY, FROM, LIMIT, LONG_LIMIT, NEXT, named, SHORT_LIMIT, SINCE, TO, UNTIL } from './parameters.ts'
import {
  accountAnswer,
  accountChange,
  auditAnswer,
  invitationAnswer,
  invitationRequest,
  joinAnswer,
  joinRequest,
  linkAnswer,
  newTokenAnswer,
  passwordChange,
  peopleAnswer,
  personChange,
  personItem,
  sessionsAnswer,
  signInRequest,
  tokenRequest,
  tokensAnswer,
  totpAnswer,
  totpRemoval,
  totpRequest,
} from './people.ts'
import { productFiguresAnswer } from './product-figures.ts'
import { qualityAnswer } from './quality.ts'
import { discardRequest, heldDocument, quarantineAnswer, replayRequest } from './quarantine.ts'
import { refundStatisticsAnswer, refundsAnswer } from './refunds.ts'
import {
  reorderAcceptance,
  reorderAcceptedAnswer,
  reorderAnswer,
  reorderDismissal,
  reorderItem,
  reorderReasonsAnswer,
  reorderSnooze,
  reordersAnswer,
} from './reorders.ts'
import { checkHistoryAnswer, runAnswer, runChecksAnswer, runRequest, runsAnswer } from './runs.ts'
import {
  PREVIEWED_ROWS,
  previewAnswer,
  previewRequest,
  productSettingsAnswer,
  settingChange,
  settingsAnswer,
} from './settings.ts'
import { STOCK_RISKS, stockAnswer } from './stock.ts'
import { stockChange, stockChangeAnswer } from './stock-changes.ts'
import { TRANSACTION_KINDS } from './transaction-kinds.ts'
import { transactionsAnswer } from './transactions.ts'

export type Operation = {
  readonly about: string
  /** Query parameters; each schema says what it means. */
  readonly query?: Readonly<Record<string, z.ZodType>>
  /** Those of them without which the question is refused. */
  readonly needs?: readonly string[]
  readonly body?: z.ZodType
  /** Of its good answers, where they are no JSON. */
  readonly type?: 'text/html' | 'text/css' | 'text/javascript' | typeof PARQUET
  /** By status. */
  readonly answers: Readonly<Record<number, z.ZodType | undefined>>
}

const PAGE = { limit: LIMIT, next: NEXT }
/** Of lists that have a row by product. */
const LONG_PAGE = { limit: LONG_LIMIT, next: NEXT }
/** Of lists whose newest rows are looked at most. */
const NEWEST_PAGE = { limit: SHORT_LIMIT, next: NEXT }
const SPAN = { from: FROM, to: TO }
const REFUNDED = {
  from: FROM.describe('Begin of the span, RFC 3339; 30 business days, the last one still filling, if absent.'),
  to: TO,
}
const STORE = named('One store.')
/** What a figure is about: one of these at a time. */
const SCOPE = {
  store: STORE,
  region: named('Stores of one region.'),
  category: named('Products of one category.'),
  brand: named('Products of one brand.'),
  product: named('One product.'),
}
/** A document that is the same until another release: the tag that one has may come back as `if-none-match`. */
const described = { 200: z.looseObject({}), 304: undefined }
const written = { 200: z.string(), 304: undefined }
const done = { 202: accepted }
const taken = { ...done, 200: accepted }
const one = { 200: connectionItem }
const collected = z.object({
  events: z
    .array(z.union([...OWN_DOCUMENTS.values(), posTransaction, posRefund, posInventory]))
    .min(1)
    .max(MAX_COLLECTED)
    .describe('Documents, each answered by itself, in this order.'),
})

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /integrations/{marketplace}/webhook': {
    about: 'Takes one document of a marketplace. 202: taken. 200: it had been taken before, the answer is the same.',
    body: simpleForm,
    answers: taken,
  },
  'POST /integrations/{marketplace}/webhook/{connectionId}': {
    about:
      'Takes one delivery of a provider, proved over its raw bytes. 202: taken. 200: taken before, or nothing of it is booked. 401: the connection or the proof is not known.',
    answers: taken,
  },
  'POST /collect': {
    about: 'Takes up to 500 events, our own types or the documents of a point of sale, and answers each by itself.',
    body: collected,
    answers: { 202: collectAnswer, 200: collectAnswer, 422: collectAnswer },
  },
  'POST /imports/preview': {
    about:
      'Says what a file may be, where in it our fields are, and how its first rows will be understood. Takes nothing.',
    body: importPreviewRequest,
    answers: { 200: importPreviewAnswer },
  },
  'POST /imports/{kind}': {
    about: 'Takes a part of a file. Rows that were taken before are repeats: the same file again changes nothing.',
    body: importRequest,
    answers: { 200: importAnswer },
  },
  'GET /imports': {
    about: `The newest ${MAX_IMPORTS} imports, newest first.`,
    query: PAGE,
    answers: { 200: importsAnswer },
  },
  'GET /metrics': {
    about: 'Every measure of a span, beside the same span a day and a week earlier.',
    query: {
      ...SPAN,
      ...SCOPE,
      currency: CURRENCY.describe('All money in this one as well, each day at its imported rate. ISO 4217.'),
    },
    answers: { 200: metricsAnswer },
  },
  'GET /metrics/series': {
    about:
      'One measure over time: of everything, split as `by` says, or of one store, region, category, brand or product.',
    query: {
      measure: z.enum([...COUNT_MEASURES, ...MONEY_MEASURES]).describe('Which measure; `netRevenue` if absent.'),
      by: z.enum(SERIES_BY).describe('What it is split by; `total` if absent.'),
      window: z.enum(SERIES_WINDOWS).describe('Width of a bucket; `minute` if absent.'),
      limit: LIMIT.describe(`How many groups by themselves, the largest first, 1 to ${MAX_PAGE}; 8 if absent.`),
      ...SCOPE,
      currency: CURRENCY.describe(
        'For money: amounts in others are converted, each day at its imported rate. ISO 4217.',
      ),
      ...SPAN,
    },
    answers: { 200: seriesAnswer },
  },
  'GET /metrics/products': {
    about: 'What was booked of each product in a span, beside an earlier one.',
    query: {
      ...SPAN,
      earlierFrom: FROM.describe('Begin of the earlier span, RFC 3339.'),
      earlierTo: TO.describe('End of the earlier span, RFC 3339.'),
      ...SCOPE,
      ...LONG_PAGE,
    },
    answers: { 200: productFiguresAnswer },
  },
  'GET /stock': {
    about:
      'Stock with velocity, cover and risk: by store and product; what is at `risk` most urgent first; a `category` by product and store.',
    query: {
      store: STORE,
      product: named('One product.'),
      category: named('Products of one category.'),
      risk: z.enum(STOCK_RISKS).describe('What its open alert says: `any`, or one of them.'),
      ...LONG_PAGE,
    },
    answers: { 200: stockAnswer },
  },
  'POST /stock/changes': {
    about: 'Goods came in, were counted, or moved for a reason other than trade: an event of the store.',
    body: stockChange,
    answers: { 202: stockChangeAnswer },
  },
  'GET /alerts': {
    about: 'Alerts that are open, most severe first, then newest; or those that are over, newest first.',
    query: {
      state: z.enum(['open', 'resolved']).describe('`open` if absent.'),
      store: STORE,
      ...PAGE,
    },
    answers: { 200: alertsAnswer },
  },
  'POST /alerts/{id}/acknowledge': { about: 'A person has seen the alert and deals with it.', answers: taken },
  'POST /alerts/acknowledge': {
    about: `The same for up to ${MAX_ACKNOWLEDGED} at once, each by itself. 200: nothing was left to do.`,
    body: acknowledgeRequest,
    answers: { 202: acknowledgeAnswer, 200: acknowledgeAnswer },
  },
  'GET /reorders': {
    about: 'What to order: proposals, most likely to run out first, and their totals by supplier.',
    query: {
      state: z.enum(REORDER_STATES).describe('`open` if absent.'),
      store: STORE,
      supplier: named('Of one supplier.'),
      ...PAGE,
    },
    answers: { 200: reordersAnswer },
  },
  'GET /reorders/reasons': {
    about: 'Why nothing is proposed of a product, store by store, with the sum behind it.',
    query: { product: named('The product.') },
    needs: ['product'],
    answers: { 200: reorderReasonsAnswer },
  },
  'GET /reorders/{id}': { about: 'One of them with the sum behind it, line by line.', answers: { 200: reorderAnswer } },
  'POST /reorders/{id}/accept': {
    about:
      'Orders it: a purchase order of the store, on its way from then on. 200: the same was accepted before. 409, with the present one: it was changed since `version` was seen.',
    body: reorderAcceptance,
    answers: { 202: reorderAcceptedAnswer, 200: reorderAcceptedAnswer },
  },
  'POST /reorders/{id}/snooze': {
    about: 'Puts it off until a day. 409 as above.',
    body: reorderSnooze,
    answers: { 200: reorderItem },
  },
  'POST /reorders/{id}/dismiss': {
    about: 'It is not wanted today; the next morning may propose it anew. 409 as above.',
    body: reorderDismissal,
    answers: { 200: reorderItem },
  },
  'GET /transactions': {
    about:
      'The newest lines of trade: sales, refunds, cancellations, charges; all of them, or those that are searched for. A search looks at so many lines and says how far back that was: `next` goes on from there.',
    query: {
      id: named('Of the event, or of the order.'),
      customer: z.string().min(1).max(320).describe('As the shop knows them, or their token. Nothing of it is kept.'),
      product: named('One product.'),
      category: named('Products of one category.'),
      kind: z.enum(TRANSACTION_KINDS).describe('Lines of this kind.'),
      store: STORE,
      region: named('Stores of one region.'),
      from: FROM.describe('Begin of the span, RFC 3339; everything that is kept if absent.'),
      to: TO,
      ...NEWEST_PAGE,
    },
    answers: { 200: transactionsAnswer },
  },
  'GET /events/{id}': {
    about:
      'One event: what it says, where it is on its way, and what it moved. Without `store` and `at` it is looked for among the newest of the log.',
    query: {
      store: named('The store that it happened in.'),
      at: FROM.describe('When it happened, RFC 3339.'),
    },
    answers: { 200: eventAnswer },
  },
  'GET /refunds': {
    about: 'Refunds of a span, newest first, and their sums by reason.',
    query: {
      ...SCOPE,
      ...REFUNDED,
      ...NEWEST_PAGE,
    },
    answers: { 200: refundsAnswer },
  },
  'GET /refunds/statistics': {
    about: 'How long after their sales goods came back, in all and by reason.',
    query: { ...SCOPE, ...REFUNDED },
    answers: { 200: refundStatisticsAnswer },
  },
  'GET /item/{id}': { about: 'Everything that is known of one product.', answers: { 200: itemAnswer } },
  'GET /products': {
    about: 'The catalogue: products by id, as their last listings say.',
    query: {
      query: z
        .string()
        .min(1)
        .max(200)
        .describe('Words that each stand in its id, title, brand, category or another name.'),
      ...PAGE,
    },
    answers: { 200: productsAnswer, 304: undefined },
  },
  'GET /stores': {
    about: 'Stores by id, as their last listings say.',
    query: PAGE,
    answers: { 200: storesAnswer, 304: undefined },
  },
  'GET /quality': { about: 'The ledger by shard, and what somebody should look at.', answers: { 200: qualityAnswer } },
  'GET /quality/checks': {
    about: 'What each check of lake and warehouse found, run after run, the newest date first.',
    query: NEWEST_PAGE,
    answers: { 200: checkHistoryAnswer },
  },
  'GET /forecasts': {
    about:
      'What sold, and what the next seven days will bring: of a product in a store, of a product over stores, of a store, or of all.',
    query: { product: named('One product.'), store: STORE },
    answers: { 200: forecastAnswer },
  },
  'GET /forecasts/products': {
    about: 'Expected units of the next seven days by product, the largest first.',
    query: { store: STORE, limit: LIMIT },
    answers: { 200: forecastProductsAnswer },
  },
  'GET /forecasts/why': {
    about: 'What one forecast is made of: contributions of the trees’ features, and of methods without any.',
    query: {
      product: named('One product.'),
      store: named('One store.'),
      day: LocalDate.describe('One of the seven days; the first if absent.'),
    },
    needs: ['product', 'store'],
    answers: { 200: whyAnswer },
  },
  'GET /models/demand': {
    about: 'Versions of the demand model, which one serves, and why the last one does or does not.',
    answers: { 200: demandModelsAnswer },
  },
  'GET /models/demand/accuracy': {
    about: 'Published forecasts against what was sold, day by day, beside the simplest methods, and what errors cost.',
    query: {
      days: z
        .int()
        .min(1)
        .max(ACCURACY_DAYS.most)
        .describe(`How many of the newest days; ${ACCURACY_DAYS.usual} if absent.`),
      ahead: z.int().min(1).max(7).describe('How many days ahead they were forecast; 1 if absent.'),
    },
    answers: { 200: accuracyAnswer },
  },
  'GET /models/demand/drift': {
    about:
      'Whether the model still fits: how features have shifted since training, and its error against its own past.',
    answers: { 200: driftAnswer },
  },
  'POST /models/demand/promote': {
    about:
      'Has this version serve from the next forecasts on, whatever it was compared with; or none, but the simple method. With `If-Match`, only where the `version` of `GET /models/demand` is that one: else 409 with `present`.',
    body: promoteRequest,
    answers: { 200: servingAnswer },
  },
  'POST /models/demand/rollback': {
    about:
      'Has the version serve that served before; where none did, the simple method. Where that serves already nothing changes. 409 as above.',
    answers: { 200: servingAnswer },
  },
  'GET /runs': {
    about: 'What has run at night, newest first.',
    query: NEWEST_PAGE,
    answers: { 200: runsAnswer },
  },
  'GET /runs/{id}': {
    about: 'One of them: what each state did and when, and what its checks found.',
    answers: { 200: runAnswer },
  },
  'GET /runs/{id}/checks': {
    about: 'What each check of a run measured, table by table.',
    query: NEWEST_PAGE,
    answers: { 200: runChecksAnswer },
  },
  'GET /lineage': {
    about: 'Parts of the warehouse that are published, the newest days first.',
    query: { table: z.string().describe('Of this table alone.'), ...PAGE },
    answers: { 200: artefactsAnswer },
  },
  'GET /lineage/{artefact}': {
    about: 'What a part of the warehouse, or a model, was made of, level by level up to the raw objects.',
    query: { depth: z.int().min(1).max(8).describe('Steps upwards; 4 if absent.') },
    answers: { 200: lineageAnswer },
  },
  'GET /lineage/{artefact}/inputs': {
    about: 'Each of its inputs, by name and version; of raw objects, the objects that lie there.',
    query: PAGE,
    answers: { 200: lineageInputsAnswer },
  },
  'POST /runs': {
    about:
      'Has a chain run now, and answers the run: where it was asked for before and is not over, that one and no second.',
    body: runRequest,
    answers: { 202: runAnswer },
  },
  'GET /quarantine': {
    about: 'Documents that were set aside.',
    query: { status: z.enum(['held', 'replayed', 'discarded']).describe('`held` if absent.'), ...PAGE },
    answers: { 200: quarantineAnswer },
  },
  'GET /quarantine/{id}': { about: 'One of them, whole.', answers: { 200: heldDocument } },
  'POST /quarantine/{id}/replay': {
    about: 'Tries it again, mended or as it is.',
    body: replayRequest.optional(),
    answers: done,
  },
  'POST /quarantine/{id}/discard': { about: 'Gives it up.', body: discardRequest.optional(), answers: done },
  'GET /settings': { about: 'What the merchant decided.', answers: { 200: settingsAnswer, 304: undefined } },
  'GET /settings/products': {
    about: 'What is decided of single products, by their ids.',
    query: PAGE,
    answers: { 200: productSettingsAnswer },
  },
  'POST /settings/preview': {
    about: `Which alerts a threshold would open, change and close, if it were changed now: of the next ${PREVIEWED_ROWS.toLocaleString('en')} rows of stock. Nothing is changed.`,
    body: previewRequest,
    answers: { 200: previewAnswer },
  },
  'POST /settings': {
    about: `Changes a setting from now on: of all, of a category (${MAX_SETTING_CATEGORIES} at the most) or of a product.`,
    body: settingChange,
    answers: done,
  },
  'PATCH /merchant': {
    about: 'What the merchant is called.',
    body: merchantChange,
    answers: { 200: merchantAnswer },
  },
  'GET /export/{file}': {
    about:
      'A table of the warehouse as Parquet, as it was published last: the rows of the stores that one may see. Where objects have links, as on AWS, 303 leads to it.',
    type: PARQUET,
    answers: written,
  },
  'POST /customers/forget': {
    about:
      'Has a customer forgotten: deletes what says which token stands for them, and documents that name them. The receipt names nobody.',
    body: forgetRequest,
    answers: { 200: forgetReceipt },
  },
  'GET /integrations': {
    about: 'The ways in of the merchant’s providers, oldest first.',
    query: PAGE,
    answers: { 200: connectionsAnswer },
  },
  'POST /integrations': {
    about: 'Opens one. Its secret is shown this once.',
    body: connectionRequest,
    answers: { 201: newConnectionAnswer },
  },
  'PATCH /integrations/{id}': {
    about:
      'Pauses or resumes it, or changes what is named. With `version`, or with `If-Match`, only where it is at that version: else 409 with `present`.',
    body: connectionPatch,
    answers: one,
  },
  'DELETE /integrations/{id}': { about: 'Closes it for good.', answers: one },
  'POST /integrations/{id}/rotate': {
    about: 'A new secret, shown this once; the one before counts for a while.',
    body: rotateRequest.optional(),
    answers: { 200: rotateAnswer },
  },
  'POST /integrations/{id}/test': {
    about: 'Sends a test through it, signed with its secret and checked like any delivery. Nothing of it is booked.',
    answers: { 200: redeliveryAnswer },
  },
  'GET /integrations/{id}/deliveries': {
    about: 'What came through it in the last 7 days, the newest 1,000, newest first.',
    query: PAGE,
    answers: { 200: deliveriesAnswer },
  },
  'GET /integrations/{id}/activity': {
    about: 'What came through it, by the hour, in the last 7 days.',
    answers: { 200: activityAnswer },
  },
  'GET /integrations/{id}/deliveries/{number}': {
    about: 'One of them with its body, without personal fields.',
    answers: { 200: deliveryAnswer },
  },
  'POST /integrations/{id}/deliveries/{number}/redeliver': {
    about: 'Takes it once more by the same path. Nothing is booked twice.',
    answers: { 200: redeliveryAnswer },
  },
  'GET /notices/choices': {
    about: 'What the person who asks wants to be told of, how and when.',
    answers: { 200: choicesAnswer },
  },
  'POST /notices/choices': {
    about: 'Changes what is named of it. 409, with the present state: it was changed since `version` was seen.',
    body: choicesChange,
    answers: { 200: choicesAnswer },
  },
  'GET /notices/webhooks': {
    about: `Where the merchant has notices posted to: ${MAX_WEBHOOKS} at the most, and that of the setting.`,
    answers: { 200: noticeWebhooksAnswer },
  },
  'POST /notices/webhooks': {
    about: 'Adds one. Its secret is shown this once.',
    body: noticeWebhookRequest,
    answers: { 201: newNoticeWebhookAnswer },
  },
  'DELETE /notices/webhooks/{id}': { about: 'Removes it for good.', answers: { 200: noticeWebhookItem } },
  'GET /notices/deliveries': {
    about: 'What was sent to oneself, or to a webhook, in the last 7 days, the newest 1,000, newest first.',
    query: { webhook: named('Id of a webhook: its log in place of one’s own.'), ...NEWEST_PAGE },
    answers: { 200: noticeLogAnswer },
  },
  'POST /notices/deliveries/{number}/redeliver': {
    about: 'Sends its notice once more, at once and under its id.',
    query: { webhook: named('Id of the webhook whose log it is in.') },
    answers: { 200: noticeLogItem },
  },
  'POST /notices/test': {
    about: 'Sends a test at once, and says what came of it.',
    body: noticeTestRequest,
    answers: { 200: noticeLogItem },
  },
  'POST /live/tickets': {
    about: 'A ticket for one connection of the socket, `/ws?ticket=…`, within 60 seconds.',
    answers: { 201: liveTicket },
  },
  'GET /sign-in': {
    about: 'Changes a one-use code for a browser’s session.',
    query: { code: z.string().describe('From the link that the terminal printed.') },
    needs: ['code'],
    answers: { 303: undefined },
  },
  'POST /sign-in': {
    about:
      'Opens a browser’s session for an address and a password, and a code of the authenticator app where one is set up.',
    body: signInRequest,
    answers: { 204: undefined },
  },
  'POST /sign-in/codes': { about: 'A new one-use code.', answers: { 201: z.object({ code: z.string() }) } },
  'GET /join': {
    about: 'Who a link is for that lets somebody choose a password.',
    query: { code: z.string().describe('From the link.') },
    needs: ['code'],
    answers: { 200: joinAnswer },
  },
  'POST /join': {
    about:
      'Chooses a password by such a link, once, and opens a session. Earlier sessions and the authenticator app end.',
    body: joinRequest,
    answers: { 204: undefined },
  },
  'POST /sign-out': { about: 'Ends the browser’s session.', answers: { 204: undefined } },
  'GET /account': { about: 'Who asks, and what they may do.', answers: { 200: accountAnswer } },
  'PATCH /account': { about: 'One’s own name and address.', body: accountChange, answers: { 200: accountAnswer } },
  'POST /account/password': {
    about: 'Another password. Every other session of the person ends.',
    body: passwordChange,
    answers: { 204: undefined },
  },
  'GET /account/sessions': {
    about: 'Where one is signed in, newest first.',
    query: PAGE,
    answers: { 200: sessionsAnswer },
  },
  'DELETE /account/sessions': { about: 'Signs out everywhere.', answers: { 204: undefined } },
  'DELETE /account/sessions/{id}': { about: 'Signs out there.', answers: { 204: undefined } },
  'POST /account/totp': {
    about: 'A secret for an authenticator app, which counts when it is confirmed.',
    answers: { 201: totpAnswer },
  },
  'POST /account/totp/confirm': {
    about: 'From now on a code is asked for.',
    body: totpRequest,
    answers: { 204: undefined },
  },
  'DELETE /account/totp': {
    about: 'No code is asked for any more. Whoever has a password says it.',
    body: totpRemoval,
    answers: { 204: undefined },
  },
  'GET /users': {
    about: 'Who works here, as what and in which stores, those who have been here longest first.',
    query: PAGE,
    answers: { 200: peopleAnswer },
  },
  'POST /users': {
    about: 'Invites somebody. The link is shown this once.',
    body: invitationRequest,
    answers: { 201: invitationAnswer },
  },
  'PATCH /users/{id}': {
    about: 'Another role, other stores, another name.',
    body: personChange,
    answers: { 200: personItem },
  },
  'DELETE /users/{id}': {
    about: 'Lets them go: their sessions and tokens end at once.',
    answers: { 204: undefined },
  },
  'POST /users/{id}/link': {
    about: 'A new link to choose a password by: for who was invited, or who lost theirs.',
    answers: { 201: linkAnswer },
  },
  'GET /tokens': {
    about: 'Tokens, newest first: one’s own, or everybody’s for who manages people.',
    query: PAGE,
    answers: { 200: tokensAnswer },
  },
  'POST /tokens': {
    about: 'A token for a script, shown this once. It may do no more than its person.',
    body: tokenRequest.optional(),
    answers: { 201: newTokenAnswer },
  },
  'DELETE /tokens/{id}': { about: 'Revokes it, at once.', answers: { 204: undefined } },
  'GET /audit': {
    about: 'Who changed what and when, newest first.',
    query: {
      who: named('Who changed it, by their id.'),
      what: named('A kind of change, `settings.changed`, or all of one thing, `settings`.'),
      from: SINCE,
      to: UNTIL,
      ...NEWEST_PAGE,
    },
    answers: { 200: auditAnswer },
  },
  'GET /healthz': {
    about: 'Whether the engine answers, and how far it is behind.',
    answers: { 200: z.object({ ...freshness, status: z.literal('ok') }) },
  },
  'GET /openapi.json': { about: 'This description, in OpenAPI 3.1.', answers: described },
  'GET /asyncapi.json': { about: 'The messages of the socket `/ws`, in AsyncAPI 3.0.', answers: described },
  'GET /docs': { about: 'Both, for people to read.', type: 'text/html', answers: written },
  'GET /docs/page.css': { about: 'How that page looks.', type: 'text/css', answers: written },
  'GET /docs/page.js': { about: 'What that page can do beside being read.', type: 'text/javascript', answers: written },
}
