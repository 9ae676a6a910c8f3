import { rowKey, under } from '#core/row-key.ts'
import { forgetSecrets } from './connection-secrets.ts'
import { NOTICE_CHOICES } from './notice-choices.ts'
import { NOTICE_LOG } from './notice-log.ts'
import { DIGEST_ENTRIES, NOTICE_DELIVERIES, NOTICE_LANES, NOTICE_QUEUE } from './notice-queue.ts'
import { NOTICE_WEBHOOKS, type NoticeWebhook } from './notice-webhooks.ts'
import type { Ports } from './ports.ts'

const TABLES = [NOTICE_CHOICES, NOTICE_QUEUE, NOTICE_LANES, DIGEST_ENTRIES, NOTICE_DELIVERIES, NOTICE_LOG]
const ROWS_AT_ONCE = 100

/** Webhooks, choices, and what waits for or was said to whomever of a merchant. Cut off in the middle, it is done again. */
export async function forgetNotices(
  { state, secrets }: Pick<Ports, 'state' | 'secrets'>,
  merchantId: string,
): Promise<void> {
  for (const { row } of await state.query({ table: NOTICE_WEBHOOKS, range: under(merchantId) })) {
    const { id } = row as NoticeWebhook
    await forgetSecrets(secrets, id)
    await state.commitDurable([{ table: NOTICE_WEBHOOKS, key: rowKey(merchantId, id), row: undefined }])
  }
  for (const table of TABLES) {
    for (;;) {
      const rows = await state.query({ table, range: under(merchantId), limit: ROWS_AT_ONCE })
      await state.commitDurable(rows.map(({ key }) => ({ table, key, row: undefined })))
      if (rows.length < ROWS_AT_ONCE) break
    }
  }
}
