import { mayDo } from '#core/access/may-do.ts'
import { seenOf } from '#core/access/may-see.ts'
import type { Freshness } from '#core/api/freshness.ts'
import { SHORT_PAGE } from '#core/api/limits.ts'
import {
  type ChoicesAnswer,
  choicesAnswer,
  choicesChange,
  KINDS_TOLD,
  type NoticeLogItem,
  type NoticeWebhookItem,
  newNoticeWebhookAnswer,
  noticeLogAnswer,
  noticeLogItem,
  noticeTestRequest,
  noticeWebhookItem,
  noticeWebhookRequest,
  noticeWebhooksAnswer,
} from '#core/api/notices.ts'
import { NO_STORE } from '#core/events/envelope.ts'
import { mayReadLine, personKey, type RecipientKey, webhookKey } from '#core/notices/decide-deliveries.ts'
import type { Notice, Viewer } from '#core/ports.ts'
import { audited, type Change } from '#runtime/audit.ts'
import {
  bodyIn,
  conflict,
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  mustVersionIn,
  viewerIn,
} from '#runtime/http-handler.ts'
import { listWindow } from '#runtime/list-window.ts'
import { changeChoices, choicesOf, findPerson, type VersionedChoices } from '#runtime/notice-choices.ts'
import { deliveryAt, KEEP_NOTICES_MS, lineOf, linesOf, type NoticeLine } from '#runtime/notice-log.ts'
import {
  addWebhook,
  type NoticeWebhook,
  ownWebhook,
  removeWebhook,
  SETTING_WEBHOOK,
  webhooksOf,
} from '#runtime/notice-webhooks.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorOf, limitIn, numberCursorIn } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { redeliver, sendTest } from '#runtime/send-notices.ts'
import { refuseLimitedToken } from '#runtime/users.ts'

type Answer = (ports: Ports, viewer: Viewer, request: HttpRequest) => Promise<HttpReply>

const ANSWERS: Readonly<Record<string, Answer>> = {
  'GET /notices/choices': async (ports, viewer) => {
    const fresh = await freshnessAt(ports, ports.clock.now())
    const choices = await choicesOf(ports.state, viewer.merchantId, viewer.subject)
    return json(200, await shownChoices(ports, viewer, choices, fresh))
  },
  'POST /notices/choices': choose,
  'GET /notices/webhooks': async (ports, { merchantId }) => {
    const fresh = await freshnessAt(ports, ports.clock.now())
    const items = (await webhooksOf(ports.state, merchantId)).map(itemOf)
    return json(200, noticeWebhooksAnswer.parse({ ...fresh, items }))
  },
  'POST /notices/webhooks': add,
  'DELETE /notices/webhooks/{id}': async (ports, viewer, { params }) =>
    json(200, noticeWebhookItem.parse(itemOf(await removeWebhook(ports, viewer, params.id!)))),
  'GET /notices/deliveries': list,
  'POST /notices/deliveries/{number}/redeliver': again,
  'POST /notices/test': test,
}

/** What people want to be told, where a merchant has it posted to, and what came of it. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  // They are of all that the person may see, and go where the person says.
  if (request.route !== 'GET /notices/choices') await refuseLimitedToken(ports, viewer)
  return ANSWERS[request.route]!(ports, viewer, request)
})

async function choose(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const asked = bodyIn(request, choicesChange)
  const { version, ...change } = asked
  const fresh = await freshnessAt(ports, ports.clock.now())
  const changed = await changeChoices(ports, viewer, mustVersionIn(request, version), change)
  if (changed !== undefined) return json(200, await shownChoices(ports, viewer, changed, fresh))
  const present = await choicesOf(ports.state, viewer.merchantId, viewer.subject)
  throw conflict('They were changed since you saw them', await shownChoices(ports, viewer, present, fresh))
}

async function shownChoices(
  ports: Ports,
  viewer: Viewer,
  { version, ...choices }: VersionedChoices,
  fresh: Freshness,
): Promise<ChoicesAnswer> {
  const address = (await findPerson(ports, viewer.merchantId, viewer.subject))?.email ?? null
  const emailProblem = ports.notifier.refusal({ channel: 'email', address: address ?? '' }) ?? null
  const seen = { ...choices, stores: seenOf(viewer, choices.stores) }
  const told = { choices: seen, version, emailAddress: address, emailProblem, kinds: KINDS_TOLD }
  return choicesAnswer.parse({ ...fresh, ...told })
}

async function add(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const asked = bodyIn(request, noticeWebhookRequest)
  const { webhook, secret } = await addWebhook(ports, viewer, asked)
  return json(201, newNoticeWebhookAnswer.parse({ ...itemOf(webhook), secret }))
}

function itemOf({ id, url, label, status, createdAt, disabledAt }: NoticeWebhook): NoticeWebhookItem {
  const isOfSetting = id === SETTING_WEBHOOK
  return {
    id,
    url,
    label,
    status,
    createdAt: isOfSetting ? null : new Date(createdAt).toISOString(),
    disabledAt: disabledAt === undefined ? null : new Date(disabledAt).toISOString(),
    isSigned: !isOfSetting,
  }
}

async function list(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const [before, limit] = [numberCursorIn(request), limitIn(request, SHORT_PAGE)]
  const nowMs = ports.clock.now()
  const fresh = await freshnessAt(ports, nowMs)
  const window = await listWindow(ports.state, viewer, { fromMs: nowMs - KEEP_NOTICES_MS, toMs: nowMs })
  const { lines, next } = await linesOf(ports, await placeOf(ports, viewer, request), before, limit)
  const cursor = next === null ? null : cursorOf(String(next))
  const items = lines.filter((line) => mayReadLine(viewer, line)).map(lineItem)
  return json(200, noticeLogAnswer.parse({ ...fresh, window, items, next: cursor }))
}

/** Whose log is meant: one's own, or that of a webhook, for those who may change them. */
async function placeOf(
  { state }: Ports,
  viewer: Viewer,
  { query }: HttpRequest,
): Promise<{ readonly merchantId: string; readonly to: RecipientKey }> {
  const { merchantId, subject } = viewer
  if (query.webhook === undefined) return { merchantId, to: personKey(subject) }
  mustChangeSettings(viewer)
  const { id } = await ownWebhook(state, merchantId, query.webhook)
  return { merchantId, to: webhookKey(id) }
}

/** @throws HttpError 403 */
function mustChangeSettings(viewer: Viewer): void {
  if (!mayDo(viewer, 'settings:change'))
    throw new HttpError(403, 'Webhooks are the merchant’s: this needs the right settings:change')
}

async function again(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const place = await placeOf(ports, viewer, request)
  const { number } = request.params
  const line = /^\d{1,15}$/.test(number!) ? await lineOf(ports, place, Number(number)) : undefined
  const delivery = line && mayReadLine(viewer, line) ? await deliveryAt(ports.state, place, line) : undefined
  if (delivery === undefined) throw new HttpError(404, `There is no delivery ${number} any more`)
  const about: Change = { what: 'notice.redelivered', subject: `${request.query.webhook ?? viewer.subject} ${number}` }
  return json(200, noticeLogItem.parse(lineItem(await audited(ports, viewer, about, () => redeliver(ports, delivery)))))
}

async function test(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const asked = bodyIn(request, noticeTestRequest)
  const { channel, webhook } = asked
  const { merchantId, subject } = viewer
  const notice = testNotice(ports, merchantId)
  const told = (about: string, lane: Parameters<typeof sendTest>[1]) =>
    audited(ports, viewer, { what: 'notice.tested', subject: about }, () => sendTest(ports, lane, notice))
  if (channel !== undefined)
    return json(200, lineItem(await told(channel, { merchantId, to: personKey(subject), channel })))
  mustChangeSettings(viewer)
  const { id } = await ownWebhook(ports.state, merchantId, webhook!)
  return json(200, lineItem(await told(id, { merchantId, to: webhookKey(id), channel: 'webhook' })))
}

function testNotice({ ids, clock }: Pick<Ports, 'ids' | 'clock'>, merchantId: string): Notice {
  return {
    id: `test-${ids.next()}`,
    merchantId,
    storeId: NO_STORE,
    kind: 'test',
    severity: 'WARNING',
    at: new Date(clock.now()).toISOString(),
    subject: 'a test of Counterflow',
    text: 'This is a test: notices reach you here. There is nothing to do.',
    data: {},
  }
}

const lineItem = ({ at, nextAt, storeId: _, ...line }: NoticeLine): NoticeLogItem => ({
  ...line,
  at: new Date(at).toISOString(),
  nextAt: nextAt === null ? null : new Date(nextAt).toISOString(),
})
