/**
 * A person is forgotten: what documents say of them is deleted, then the row that says which token stands for them. Their
 * events stay, under a token that nobody can trace; when they buy again they are somebody new.
 */

import type { ForgetReceipt } from '#core/api/forget.ts'
import { personFinder } from '#core/events/names-person.ts'
import type { Viewer } from '#core/ports.ts'
import { auditRow, type Change } from './audit.ts'
import { forgetDeliveries, forgetHeld } from './forget-documents.ts'
import { giveBackPerson, isToken, mappingOf, PEOPLE_TABLE } from './people.ts'
import type { Ports } from './ports.ts'

/** Since when rows of people were deleted whose bytes may still lie in a file's free space. Key: merchant. */
export const FORGOTTEN = 'forgotten'
export type ForgottenRow = { readonly at: number }

type ForgetPorts = Pick<Ports, 'state' | 'secrets' | 'objects' | 'log' | 'clock' | 'ids'>

/**
 * `customer`: as the shop knows them, or their token. The receipt, which is in the audit too, is made with the mapping's
 * deletion; cut off before that, all of it is done again.
 */
export async function forgetCustomer(ports: ForgetPorts, viewer: Viewer, customer: string): Promise<ForgetReceipt> {
  const { state, clock, ids } = ports
  const { merchantId, subject } = viewer
  // A token names nobody in a text: documents that bear it are as those that were applied.
  const names = isToken(customer) ? undefined : personFinder(customer)
  const deliveries = names === undefined ? 0 : await forgetDeliveries(ports, merchantId, names)
  const heldDocuments = names === undefined ? 0 : await forgetHeld(ports, viewer, names)
  const key = await mappingOf(ports, merchantId, customer)
  const at = clock.now()
  const receipt: ForgetReceipt = {
    id: ids.next(),
    at: new Date(at).toISOString(),
    by: subject,
    deleted: { mappings: key === undefined ? 0 : 1, deliveries, heldDocuments },
    areDocumentsSearched: names !== undefined,
  }
  const { deleted, areDocumentsSearched } = receipt
  const change: Change = { what: 'customer.forgotten', subject: receipt.id, after: { deleted, areDocumentsSearched } }
  const audit = auditRow(ports, viewer, change)
  if (key === undefined) {
    await state.commitDurable([audit])
    return receipt
  }
  const gone = { table: PEOPLE_TABLE, key, row: undefined }
  const forgotten = { table: FORGOTTEN, key: merchantId, row: { at } satisfies ForgottenRow }
  await state.commitDurable([audit, gone, forgotten])
  await giveBackPerson(state, merchantId)
  return receipt
}
