import type { Role } from '#core/access/rights.ts'

type RoleWords = { readonly role: Role; readonly name: string; readonly may: string }

/** What each role is called and what it is for, the widest first. What it may do is decided by the engine. */
export const ROLE_WORDS: readonly RoleWords[] = [
  { role: 'owner', name: 'Owner', may: 'Sees and changes everything, and decides who else gets in.' },
  { role: 'executive', name: 'Executive', may: 'Sees all figures and who changed what, and acknowledges alerts.' },
  {
    role: 'store-manager',
    name: 'Store manager',
    may: 'Sees figures and alerts of the stores chosen, and acknowledges those alerts.',
  },
  { role: 'analyst', name: 'Analyst', may: 'Sees all figures, the quality of the data and who changed what.' },
  { role: 'integrator', name: 'Integrator', may: 'Connects shops and mends what they send. Sees no figures.' },
]

const byRole = new Map(ROLE_WORDS.map((words) => [words.role, words]))
export const wordsOfRole = (role: Role): RoleWords => byRole.get(role)!

/** null: somebody of this role sees every store. */
export type StoreRule = 'all' | 'some' | 'either'
/** Which stores go with a role: an owner sees all, a store manager looks after some. */
export const storeRuleOf = (role: Role): StoreRule =>
  role === 'owner' ? 'all' : role === 'store-manager' ? 'some' : 'either'
