/** People of a merchant, their accounts, sessions and tokens, and what was changed by whom. */
import { z } from 'zod'
import { RIGHTS, type Right, ROLES } from '../access/rights.ts'
import { Id } from '../events/envelope.ts'
import { freshness, listSpan } from './freshness.ts'

const RIGHT_NAMES = Object.keys(RIGHTS) as [Right, ...Right[]]
const Name = z.string().trim().min(1).max(100)
/** Addresses are compared in lower case. */
const Email = z.email().max(254).toLowerCase()
const Stores = z.array(Id).min(1).max(500)
/** Long enough for any phrase, and no longer than it takes to hash at once. */
const Password = z.string().min(1).max(200)
/** Six digits of an authenticator app. */
const TotpCode = z.string().regex(/^\d{6}$/, 'must be six digits')
const Origin = z.string().refine((text) => URL.parse(text)?.origin === text, 'must be like https://shop.example')
/** The one that was seen; `If-Match` may say it in its place. */
const Version = z.int().min(0).optional()

export const personItem = z.object({
  id: z.string(),
  /** null: the owner of a machine has not said. */
  email: z.string().nullable(),
  name: z.string(),
  role: z.enum(ROLES),
  /** null: all. */
  stores: z.array(z.string()).nullable(),
  status: z.enum(['invited', 'active']),
  /** RFC 3339; null: the owner was always there. */
  createdAt: z.string().nullable(),
  version: z.number(),
})
export type PersonItem = z.infer<typeof personItem>
export const peopleAnswer = z.object({ ...freshness, items: z.array(personItem), next: z.string().nullable() })

export const invitationRequest = z.strictObject({
  email: Email,
  /** What people call them; they may say it themselves. */
  name: Name.optional(),
  /** As what they work here. */
  role: z.enum(ROLES),
  /** Those that they see; all if absent. */
  stores: Stores.optional(),
})
/** The link's path: whoever has it lets themselves in, once. */
export const invitationAnswer = personItem.extend({ path: z.string() })
export const personChange = z.strictObject({
  /** As what they work here. */
  role: z.enum(ROLES).optional(),
  /** Those that they see; null: all. */
  stores: Stores.nullable().optional(),
  /** What people call them. */
  name: Name.optional(),
  version: Version,
})
export const linkAnswer = z.object({ path: z.string() })

export const signInRequest = z.strictObject({ email: Email, password: Password, code: TotpCode.optional() })
export const joinRequest = z.strictObject({
  /** From the link. */
  code: z.string().max(200),
  password: Password,
  /** What people call them; as the invitation says if absent. */
  name: Name.optional(),
})
export const joinAnswer = z.object({
  ...freshness,
  email: z.string(),
  name: z.string(),
  merchant: z.string(),
  role: z.enum(ROLES),
  for: z.enum(['invitation', 'reset']),
})
export type JoinAnswer = z.infer<typeof joinAnswer>

export const accountAnswer = z.object({
  ...freshness,
  ...personItem.shape,
  merchantId: z.string(),
  merchant: z.string(),
  rights: z.array(z.enum(RIGHT_NAMES)),
  hasPassword: z.boolean(),
  /** Whether a code of an authenticator app is asked for. */
  hasTotp: z.boolean(),
})
export type AccountAnswer = z.infer<typeof accountAnswer>
export const accountChange = z.strictObject({
  /** What people call them. */
  name: Name.optional(),
  email: Email.optional(),
  version: Version,
})
export const passwordChange = z.strictObject({ current: Password.optional(), next: Password })
export const totpAnswer = z.object({ secret: z.string(), uri: z.string() })
export type TotpAnswer = z.infer<typeof totpAnswer>
/** `current`: the present password, of those who have one. */
export const totpRemoval = z.strictObject({ current: Password.optional() })
export const totpRequest = z.strictObject({ code: TotpCode })

export const sessionsAnswer = z.object({
  ...freshness,
  items: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      createdAt: z.string(),
      /** Within some minutes. */
      usedAt: z.string(),
      expiresAt: z.string(),
      /** The one that asks. */
      current: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
})
export type SessionsAnswer = z.infer<typeof sessionsAnswer>

export const tokenRequest = z.strictObject({
  /** What people call it. */
  label: Name.optional(),
  /** What it may do, of what its person may; all of that if absent. */
  scopes: z.array(z.enum(RIGHT_NAMES)).min(1).optional(),
  /** Those that it is for, of its person’s; all of them if absent. */
  stores: Stores.optional(),
  /** A key for a storefront, which everybody may read: for pages of these origins, and `storefront:send` alone. */
  origins: z.array(Origin).min(1).max(20).optional(),
  /** Until when it is good, RFC 3339; as long as the token that asks, or until it is revoked, if absent. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})
const tokenItem = z.object({
  id: z.string(),
  label: z.string(),
  /** Whose it is. */
  person: z.string(),
  /** null: everything that the person may. */
  scopes: z.array(z.string()).nullable(),
  stores: z.array(z.string()).nullable(),
  origins: z.array(z.string()).nullable(),
  createdAt: z.string(),
  usedAt: z.string(),
  expiresAt: z.string().nullable(),
})
export type TokenItem = z.infer<typeof tokenItem>
export const tokensAnswer = z.object({ ...freshness, items: z.array(tokenItem), next: z.string().nullable() })
export const newTokenAnswer = tokenItem.extend({ token: z.string() })

export const auditAnswer = z.object({
  ...freshness,
  /** Changes that were made in it. */
  window: listSpan,
  items: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      /**
       * Their name and id; the name is null where nobody knows it any more. `by`: what they got in with, `session` or `token`; `password`
       * or `link` of whoever is on their way in, `machine` of whoever runs the engine.
       */
      who: z.object({ id: z.string(), name: z.string().nullable(), by: z.string() }),
      /** What kind of change: `settings.changed`. */
      what: z.string(),
      /** What was changed. */
      subject: z.string(),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
  next: z.string().nullable(),
})
export type AuditAnswer = z.infer<typeof auditAnswer>
