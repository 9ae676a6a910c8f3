/**
 * What of a provider's document may be kept for people to look at: everything but what says who the buyer is. Names are
 * compared without case and separators, so `billing_address`, `billingAddress` and `BillingAddress` are one.
 *
 * Documents are of any shape, so this leaves out too much rather than too little: whatever sounds like a person, lists of
 * free fields, free text, and any text with an e-mail address or a telephone number in it.
 */
import { withoutPerson } from './names-person.ts'

/** Anywhere in a name. */
const PARTS =
  /address|email|phone|mobile|contact|firstname|lastname|fullname|surname|customer|buyer|recipient|receiver|consignee|payer|payee|shipto|billto|postcode|postalcode|zipcode|pincode|landmark|latitude|longitude|birth|gender|passport|gstin|aadhaar|creditcard|cardholder|ipaddress|useragent|clientdetails|browserip|password|secret|token|statusurl|landingsite|referringsite/
/** The whole name. */
const NAMES = new Set([
  'billing',
  'shipping',
  'destination',
  'destinationlocation',
  'zip',
  'note',
  'notes',
  'noteattributes',
  'metadata',
  'properties',
  'attributes',
  'customattributes',
  'receipt',
  'paymentdetails',
  'comment',
  'comments',
  'message',
])
const PERSONAL_TEXT = /[^\s@]@[^\s@]|\+\d[\d\s().-]{6,}/
const CONTACT = /[^\s@]+@[^\s@]+|\+\d[\d\s().-]{6,}/g
const MAX_DEPTH = 50

/** Free words without the e-mail addresses and telephone numbers in them, and without what this person is called by. */
export function withoutContacts(words: string, person: string | undefined): string {
  const left = words.replaceAll(CONTACT, '\u2026')
  return person === undefined ? left : withoutPerson(left, person)
}

/** A copy without personal fields. Text that is JSON is looked into. */
export function withoutPersonalFields(document: unknown, depth = 0): unknown {
  if (typeof document === 'string') return impersonal(document, depth)
  if (typeof document !== 'object' || document === null) return document
  if (depth >= MAX_DEPTH) return null
  if (Array.isArray(document)) return document.map((each) => withoutPersonalFields(each, depth + 1))
  return Object.fromEntries(
    Object.entries(document).flatMap(([name, value]) => {
      if (isPersonal(name, value)) return []
      const kept = withoutPersonalFields(value, depth + 1)
      return kept === undefined ? [] : [[name, kept]]
    }),
  )
}

function isPersonal(name: string, value: unknown): boolean {
  let is = known.get(name)
  if (is === undefined) {
    const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '')
    is = NAMES.has(plain) || PARTS.test(plain)
    if (known.size < MOST_KNOWN) known.set(name, is)
  }
  // A document may lie in another as text; free words do not.
  return is && !(typeof value === 'string' && JSON_TEXT.test(value) && name.toLowerCase() === 'message')
}
/** Names that were looked at before: a provider has few. HOT */
const known = new Map<string, boolean>()
const MOST_KNOWN = 10_000
const JSON_TEXT = /^\s*[{[]/

function impersonal(text: string, depth: number): string | undefined {
  if (JSON_TEXT.test(text)) {
    try {
      return JSON.stringify(withoutPersonalFields(JSON.parse(text), depth + 1))
    } catch {
      // It only looks like JSON.
    }
  }
  return PERSONAL_TEXT.test(text) ? undefined : text
}
