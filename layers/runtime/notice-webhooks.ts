/** Where a merchant has notices posted to. Secrets are kept as those of connections are. */

import type { By } from '#core/access/by.ts'
import { MAX_WEBHOOKS } from '#core/api/limits.ts'
import { topicIn } from '#core/notices/topic-address.ts'
import { conditionsHold, type StateStore } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import { auditRow, type Change } from './audit.ts'
import { forgetSecrets, keepSecret } from './connection-secrets.ts'
import { HttpError } from './http-handler.ts'
import { nextTurn } from './list-turns.ts'
import type { Ports } from './ports.ts'
import { readSettings } from './read-catalogue.ts'

/** Key: merchant, webhook's id. */
export const NOTICE_WEBHOOKS = 'notice-webhooks'

export type NoticeWebhook = {
  readonly id: string
  readonly merchantId: string
  readonly url: string
  readonly label: string
  /** disabled: its receiver said that it is gone; it is told nothing any more. */
  readonly status: 'active' | 'disabled'
  /** Epoch ms. */
  readonly createdAt: number
  readonly disabledAt?: number
}

/** The one of the setting `noticeWebhookUrl`, which was there before the others. It has no secret. */
export const SETTING_WEBHOOK = 'setting'

/** A merchant's webhooks, oldest first. */
export async function webhooksOf(state: StateStore, merchantId: string): Promise<readonly NoticeWebhook[]> {
  const rows = await state.query({ table: NOTICE_WEBHOOKS, range: under(merchantId) })
  const all = rows.map(({ row }) => row as NoticeWebhook)
  const own = all.filter(({ id }) => id !== SETTING_WEBHOOK).sort((a, b) => a.createdAt - b.createdAt)
  const url = settingOf('noticeWebhookUrl', await readSettings(state, merchantId))
  if (url === '') return own
  const known = all.find((each) => each.id === SETTING_WEBHOOK && each.url === url)
  const label = 'the setting noticeWebhookUrl'
  return [known ?? { id: SETTING_WEBHOOK, merchantId, url, label, status: 'active', createdAt: 0 }, ...own]
}

export async function findWebhook(
  state: StateStore,
  merchantId: string,
  id: string,
): Promise<NoticeWebhook | undefined> {
  return (await webhooksOf(state, merchantId)).find((each) => each.id === id)
}

/** @throws HttpError 404 where the merchant has no such webhook. */
export async function ownWebhook(state: StateStore, merchantId: string, id: string): Promise<NoticeWebhook> {
  const found = await findWebhook(state, merchantId, id)
  if (found === undefined)
    throw new HttpError(404, `There is no webhook ${id}: \`counterflow notices webhook list\` names them`)
  return found
}

type WebhookPorts = Pick<Ports, 'state' | 'secrets' | 'clock' | 'ids' | 'notifier'>

/** Without its path, which is often the receiver's key. */
const told = ({ label, url }: NoticeWebhook): object => ({ label, host: nameOf(url) })
const nameOf = (url: string): string => topicIn(url)?.name ?? new URL(url).host

/**
 * A new webhook and its secret, which nobody can ask for again. @throws HttpError 409 where there are too many, 422
 * where the address makes no sense.
 */
export async function addWebhook(
  ports: WebhookPorts,
  by: By,
  { url, label }: { readonly url: string; readonly label?: string | undefined },
): Promise<{ readonly webhook: NoticeWebhook; readonly secret: string }> {
  const { state, secrets, clock, ids, notifier } = ports
  const { merchantId } = by
  const refusal = notifier.refusal({ channel: 'webhook', url, secrets: [] })
  if (refusal !== undefined)
    throw new HttpError(422, 'The address cannot be used: see its problem', [{ field: 'url', message: refusal }])
  for (;;) {
    const turn = await nextTurn(state, merchantId, NOTICE_WEBHOOKS)
    const present = (await webhooksOf(state, merchantId)).filter(({ id }) => id !== SETTING_WEBHOOK)
    if (present.length >= MAX_WEBHOOKS)
      throw new HttpError(409, `A merchant may have ${MAX_WEBHOOKS} webhooks: remove one first`)
    const name = label ?? nameOf(url)
    const webhook: NoticeWebhook = {
      id: ids.next(),
      merchantId,
      url,
      label: name,
      status: 'active',
      createdAt: clock.now(),
    }
    const secret = await keepSecret(secrets, { id: webhook.id, proof: 'standard-webhooks' }, undefined)
    const change: Change = { what: 'notice-webhook.added', subject: webhook.id, after: told(webhook) }
    const writes = [rowOf(webhook), auditRow(ports, by, change), ...turn.writes]
    if (await conditionsHold(() => state.commitDurable(writes, turn.conditions))) return { webhook, secret }
    await forgetSecrets(secrets, webhook.id)
  }
}

/** @throws HttpError 404; 409 for the one of the setting. */
export async function removeWebhook(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'ids'>,
  by: By,
  id: string,
): Promise<NoticeWebhook> {
  const { state, secrets } = ports
  const { merchantId } = by
  const webhook = await ownWebhook(state, merchantId, id)
  if (id === SETTING_WEBHOOK)
    throw new HttpError(409, 'It is there because of the setting noticeWebhookUrl: empty that one')
  const change: Change = { what: 'notice-webhook.removed', subject: id, before: told(webhook) }
  const gone = { ...rowOf(webhook), row: undefined }
  await state.commitDurable([gone, auditRow(ports, by, change)])
  await forgetSecrets(secrets, id)
  return webhook
}

/** Its receiver wants nothing any more. Where it was removed meanwhile, that stands. */
export async function disableWebhook(state: StateStore, webhook: NoticeWebhook, nowMs: number): Promise<void> {
  const disabled = rowOf({ ...webhook, status: 'disabled', disabledAt: nowMs })
  const { table, key } = disabled
  const isThere = { table, key, field: 'url', equals: webhook.url } as const
  await conditionsHold(() => state.commitDurable([disabled], webhook.id === SETTING_WEBHOOK ? [] : [isThere]))
}

const rowOf = (webhook: NoticeWebhook) => ({
  table: NOTICE_WEBHOOKS,
  key: rowKey(webhook.merchantId, webhook.id),
  row: webhook,
})
