/**
 * What of a provider's document may be kept for people to look at: everything but what says who the buyer is. Names are
 * compared without case and separators, so `billing_address`, `billingAddress` and `BillingAddress` are one.
 */

/** Left out with everything in them. */
const OBJECTS = new Set(['customer', 'buyer', 'buyerinfo', 'billing', 'shipping', 'recipient', 'receiver', 'consignee'])
const ENDINGS = [
  'address',
  'email',
  'phone',
  'mobile',
  'firstname',
  'lastname',
  'fullname',
  'customername',
  'buyername',
]
const NAMES = new Set([
  'customerid',
  'customeruserid',
  'customernote',
  'browserip',
  'clientdetails',
  'customeripaddress',
  'customeruseragent',
  'note',
  'noteattributes',
])
const MAX_DEPTH = 50

/** A copy without personal fields. */
export function withoutPersonalFields(document: unknown, depth = 0): unknown {
  if (typeof document !== 'object' || document === null) return document
  if (depth >= MAX_DEPTH) return null
  if (Array.isArray(document)) return document.map((each) => withoutPersonalFields(each, depth + 1))
  return Object.fromEntries(
    Object.entries(document)
      .filter(([name]) => !isPersonal(name))
      .map(([name, value]) => [name, withoutPersonalFields(value, depth + 1)]),
  )
}

function isPersonal(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '')
  return OBJECTS.has(plain) || NAMES.has(plain) || ENDINGS.some((ending) => plain.endsWith(ending))
}
